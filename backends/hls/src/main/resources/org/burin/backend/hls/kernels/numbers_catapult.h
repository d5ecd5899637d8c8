// The number types of the tool, and their raw integers.
#ifndef BURIN_NUMBERS_H
#define BURIN_NUMBERS_H

#include <ac_fixed.h>
#include <ac_int.h>

#include "rounding.h"

namespace burin {

template <int W>
using whole = ac_int<W, true>;

#ifdef BURIN_NUMBER_H

// The raw integer of a number.
template <int W, int I, bool S, int Q, int O>
whole<W + 1> raw_integer(const number<W, I, S, Q, O> &x) {
  return whole<W + 1>::from_raw(x.raw);
}

template <int W, int I, bool S, int Q, int O>
long long to_long(const number<W, I, S, Q, O> &x) {
  return static_cast<long long>(x.raw);
}

template <class T>
T from_long(long long raw) {
  return T::from_raw(raw);
}

template <class T, class WORD>
T from_raw(const WORD &raw) {
  return T::from_raw(raw.raw);
}

#else

// The raw integer of a number.
template <int W, int I, bool S, ac_q_mode Q, ac_o_mode O>
whole<W + 1> raw_integer(const ac_fixed<W, I, S, Q, O> &x) {
  ac_int<W, S> raw = x.template slc<W>(0);
  return raw;
}

template <int W, int I, bool S, ac_q_mode Q, ac_o_mode O>
long long to_long(const ac_fixed<W, I, S, Q, O> &x) {
  return raw_integer(x).to_int64();
}

template <int W, bool S>
long long to_long(const ac_int<W, S> &x) {
  return x.to_int64();
}

template <class T, class WORD>
T from_raw(const WORD &raw) {
  T x = 0;
  x.set_slc(0, ac_int<T::width, false>(raw));
  return x;
}

template <class T>
T from_long(long long raw) {
  return from_raw<T>(ac_int<64, true>(raw));
}

#endif

}  // namespace burin

#endif
