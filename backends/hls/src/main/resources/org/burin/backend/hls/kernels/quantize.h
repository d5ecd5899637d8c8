// Where information is lost: quantizers, divisions, tables.
#ifndef BURIN_QUANTIZE_H
#define BURIN_QUANTIZE_H

#include "arrays.h"

namespace burin {

// y = x, rounded and fitted to one type for all elements
template <class CONFIG, class X, class Y>
void quantize(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[i] = Y(typename CONFIG::quantized_type(element<typename CONFIG::x_type>(x[i])));
  }
}

// The type of an element, from tables with an entry for each position of the types.
template <class TYPES>
grid grid_of(unsigned i) {
  const grid to = {TYPES::shift(i), TYPES::width(i), TYPES::is_signed(i) != 0, TYPES::rounding(i), TYPES::overflow(i)};
  return to;
}

// y = x, rounded and fitted to a type for each element
template <class CONFIG, class X, class Y>
void quantize_each(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    const unsigned t = CONFIG::grid_at::at(i);
    const typename CONFIG::word_type raw = raw_integer(element<typename CONFIG::x_type>(x[i]));
    typename CONFIG::word_type n = requantize<typename CONFIG::word_type>(raw, grid_of<CONFIG>(t));
    const int align = CONFIG::align(t);
    n = align < 0 ? typename CONFIG::word_type(n >> -align) : typename CONFIG::word_type(n << align);
    y[i] = from_raw<Y>(n);
  }
}

// y = x / divisor, rounded and fitted to a type for each element
template <class CONFIG, class X, class Y>
void divide(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    const unsigned t = CONFIG::grid_at::at(i);
    ratio<typename CONFIG::word_type> q;
    q.dividend = raw_integer(element<typename CONFIG::x_type>(x[i]));
    q.divisor = static_cast<long long>(CONFIG::divisors()[CONFIG::divisor_at::at(i)]);
    typename CONFIG::word_type n = quotient<typename CONFIG::word_type>(q, grid_of<CONFIG>(t));
    const int align = CONFIG::align(t);
    n = align < 0 ? typename CONFIG::word_type(n >> -align) : typename CONFIG::word_type(n << align);
    y[i] = from_raw<Y>(n);
  }
}

// y = table[which](x), where the entries of table t begin at first(t)
template <class CONFIG, class X, class Y>
void lookup(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    const long long raw = to_long(element<typename CONFIG::x_type>(x[i]));
    y[i] = from_long<Y>(CONFIG::entries()[CONFIG::first(CONFIG::which(CONFIG::which_at::at(i))) + raw]);
  }
}

}  // namespace burin

#endif
