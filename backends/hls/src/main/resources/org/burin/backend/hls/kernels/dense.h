// Products of matrices: fully connected layers, and products of two computed matrices.
#ifndef BURIN_DENSE_H
#define BURIN_DENSE_H

#include "arrays.h"

namespace burin {

// y[row][o] = sum over i of a[row][i] * b[i][o]
//
// CONFIG says where a row of a and a matrix of b begin (a_at, b_at), and how far the elements of both are apart. Sums
// may wrap on their way: accum_t holds every final sum, and the low bits of a sum depend on low bits only.
template <class CONFIG, class A, class B, class Y>
void dense_latency(const A a[], const B b[], Y y[]) {
  // @unroll
  for (unsigned row = 0; row < CONFIG::n_rows; row++) {
    // @unroll
    for (unsigned o = 0; o < CONFIG::n_out; o++) {
      typename CONFIG::accum_type sum = 0;
      // @unroll
      for (unsigned i = 0; i < CONFIG::n_in; i++) {
        sum += element<typename CONFIG::a_type>(a[CONFIG::a_at::at(row) + i * CONFIG::a_step]) *
               element<typename CONFIG::b_type>(b[CONFIG::b_at::at(row) + o * CONFIG::b_column + i * CONFIG::b_step]);
      }
      y[row * CONFIG::n_out + o] = Y(sum);
    }
  }
}

// The same with n_in * n_out / reuse multipliers, each of which is used `reuse` times.
//
// Product k of a row is that of output k / n_in and input k % n_in; multiplier m computes products m * reuse and
// following, so that it adds to one output at a time.
template <class CONFIG, class A, class B, class Y>
void dense_resource(const A a[], const B b[], Y y[]) {
  // @loop
  for (unsigned row = 0; row < CONFIG::n_rows; row++) {
    typename CONFIG::accum_type sum[CONFIG::n_out];
    // @partition sum
    // @unroll
    for (unsigned o = 0; o < CONFIG::n_out; o++) {
      sum[o] = 0;
    }
    // @pipeline
    for (unsigned turn = 0; turn < CONFIG::reuse; turn++) {
      // @unroll
      for (unsigned m = 0; m < CONFIG::n_multipliers; m++) {
        const unsigned k = m * CONFIG::reuse + turn;
        const unsigned o = k / CONFIG::n_in;
        const unsigned i = k % CONFIG::n_in;
        sum[o] += element<typename CONFIG::a_type>(a[CONFIG::a_at::at(row) + i * CONFIG::a_step]) *
                  element<typename CONFIG::b_type>(b[CONFIG::b_at::at(row) + o * CONFIG::b_column + i * CONFIG::b_step]);
      }
    }
    // @unroll
    for (unsigned o = 0; o < CONFIG::n_out; o++) {
      y[row * CONFIG::n_out + o] = Y(sum[o]);
    }
  }
}

}  // namespace burin

#endif
