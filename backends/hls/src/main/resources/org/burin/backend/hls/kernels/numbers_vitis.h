// The number types of the tool, and their raw integers.
#ifndef BURIN_NUMBERS_H
#define BURIN_NUMBERS_H

#include "ap_fixed.h"
#include "ap_int.h"
#include "rounding.h"

namespace burin {

template <int W>
using whole = ap_int<W>;

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

template <class T>
struct traits;

template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct traits<ap_fixed<W, I, Q, O, N> > {
  typedef ap_int<W> raw_t;
};

template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
struct traits<ap_ufixed<W, I, Q, O, N> > {
  typedef ap_uint<W> raw_t;
};

// The raw integer of a number.
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
whole<W + 1> raw_integer(const ap_fixed<W, I, Q, O, N> &x) {
  ap_int<W> raw = 0;
  raw.range(W - 1, 0) = x.range(W - 1, 0);
  return raw;
}

template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
whole<W + 1> raw_integer(const ap_ufixed<W, I, Q, O, N> &x) {
  ap_uint<W> raw = 0;
  raw.range(W - 1, 0) = x.range(W - 1, 0);
  return raw;
}

template <class T>
long long to_long(const T &x) {
  return raw_integer(x).to_int64();
}

template <int W>
long long to_long(const ap_int<W> &x) {
  return x.to_int64();
}

template <class T, class WORD>
T from_raw(const WORD &raw) {
  typename traits<T>::raw_t low = raw;
  T x = 0;
  x.range(T::width - 1, 0) = low.range(T::width - 1, 0);
  return x;
}

template <class T>
T from_long(long long raw) {
  return from_raw<T>(ap_int<64>(raw));
}

#endif

}  // namespace burin

#endif
