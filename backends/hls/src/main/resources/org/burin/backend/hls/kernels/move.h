// Elements that change their places.
#ifndef BURIN_MOVE_H
#define BURIN_MOVE_H

#include "arrays.h"

namespace burin {

// y[i] = x[x_at(i)]: transpositions, slices, repetitions
template <class CONFIG, class X, class Y>
void rearrange(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[i] = Y(element<typename CONFIG::x_type>(x[CONFIG::x_at::at(i)]));
  }
}

// y = a and b side by side: n_a elements of a, n_b of b, and so on
template <class CONFIG, class A, class B, class Y>
void concatenate(const A a[], const B b[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n_outer; i++) {
    // @unroll
    for (unsigned j = 0; j < CONFIG::n_a; j++) {
      y[i * (CONFIG::n_a + CONFIG::n_b) + j] = Y(element<typename CONFIG::a_type>(a[i * CONFIG::n_a + j]));
    }
    // @unroll
    for (unsigned j = 0; j < CONFIG::n_b; j++) {
      y[i * (CONFIG::n_a + CONFIG::n_b) + CONFIG::n_a + j] = Y(element<typename CONFIG::b_type>(b[i * CONFIG::n_b + j]));
    }
  }
}

// y[y_at(i)] = x[i], and the value of padding everywhere else
template <class CONFIG, class X, class Y>
void pad(const X x[], Y y[]) {
  // @unroll
  for (unsigned i = 0; i < CONFIG::n_out; i++) {
    y[i] = from_long<Y>(CONFIG::value());
  }
  // @unroll
  for (unsigned i = 0; i < CONFIG::n; i++) {
    y[CONFIG::y_at::at(i)] = Y(element<typename CONFIG::x_type>(x[i]));
  }
}

// y[o][j][i] = x[o][index[j]][i]
template <class CONFIG, class X, class N, class Y>
void gather(const X x[], const N index[], Y y[]) {
  // @unroll
  for (unsigned o = 0; o < CONFIG::n_outer; o++) {
    // @unroll
    for (unsigned j = 0; j < CONFIG::n_index; j++) {
      const long long at = to_long(element<typename CONFIG::index_type>(index[j])) << CONFIG::index_shift;
      // @unroll
      for (unsigned i = 0; i < CONFIG::n_inner; i++) {
        const unsigned from = (o * CONFIG::n_axis + static_cast<unsigned>(at)) * CONFIG::n_inner + i;
        y[(o * CONFIG::n_index + j) * CONFIG::n_inner + i] = Y(element<typename CONFIG::x_type>(x[from]));
      }
    }
  }
}

}  // namespace burin

#endif
