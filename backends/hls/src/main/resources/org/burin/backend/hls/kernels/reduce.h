// Sums, largest numbers and their positions along axes.
#ifndef BURIN_REDUCE_H
#define BURIN_REDUCE_H

#include "arrays.h"

namespace burin {

// y[o] = sum over i of x[o_at(o) + i_at(i)]
template <class CONFIG, class X, class Y>
void reduce_sum(const X x[], Y y[]) {
  // @unroll
  for (unsigned o = 0; o < CONFIG::n_out; o++) {
    typename CONFIG::accum_type sum = 0;
    // @unroll
    for (unsigned i = 0; i < CONFIG::n_in; i++) {
      sum += element<typename CONFIG::x_type>(x[CONFIG::o_at::at(o) + CONFIG::i_at::at(i)]);
    }
    y[o] = Y(sum);
  }
}

// y[o] = the largest of x[o_at(o) + i_at(i)] over i
template <class CONFIG, class X, class Y>
void reduce_max(const X x[], Y y[]) {
  // @unroll
  for (unsigned o = 0; o < CONFIG::n_out; o++) {
    typename CONFIG::x_type best = element<typename CONFIG::x_type>(x[CONFIG::o_at::at(o) + CONFIG::i_at::at(0)]);
    // @unroll
    for (unsigned i = 1; i < CONFIG::n_in; i++) {
      const typename CONFIG::x_type v = element<typename CONFIG::x_type>(x[CONFIG::o_at::at(o) + CONFIG::i_at::at(i)]);
      if (v > best) {
        best = v;
      }
    }
    y[o] = Y(best);
  }
}

// y[o] = the first i with the largest of x[o_at(o) + i_at(i)]
template <class CONFIG, class X, class Y>
void arg_max(const X x[], Y y[]) {
  // @unroll
  for (unsigned o = 0; o < CONFIG::n_out; o++) {
    typename CONFIG::x_type best = element<typename CONFIG::x_type>(x[CONFIG::o_at::at(o) + CONFIG::i_at::at(0)]);
    unsigned position = 0;
    // @unroll
    for (unsigned i = 1; i < CONFIG::n_in; i++) {
      const typename CONFIG::x_type v = element<typename CONFIG::x_type>(x[CONFIG::o_at::at(o) + CONFIG::i_at::at(i)]);
      if (v > best) {
        best = v;
        position = i;
      }
    }
    y[o] = Y(position);
  }
}

}  // namespace burin

#endif
