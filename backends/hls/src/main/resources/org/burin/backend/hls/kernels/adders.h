// Products with constant matrices by additions, subtractions and shifts alone.
#ifndef BURIN_ADDERS_H
#define BURIN_ADDERS_H

#include "arrays.h"

namespace burin {

// node = a * 2^shift_a + b * 2^shift_b, or their difference
struct adder {
  int a;
  int shift_a;
  int b;
  int shift_b;
  bool subtract;
};

// y = node * 2^shift, or its negative; 0 if there is no such node
struct sum_at {
  int node;
  int shift;
  bool negated;
};

// Computes all nodes behind the first, which are the inputs; they may wrap, as all results fit.
template <class CONFIG>
void compute_nodes(typename CONFIG::word_type node[]) {
  // @unroll
  for (int k = 0; k < CONFIG::n_adders; k++) {
    const adder g = CONFIG::adders()[k];
    const typename CONFIG::word_type a = node[g.a] << g.shift_a;
    const typename CONFIG::word_type b = node[g.b] << g.shift_b;
    node[CONFIG::n_inputs + k] = g.subtract ? typename CONFIG::word_type(a - b) : typename CONFIG::word_type(a + b);
  }
}

template <class CONFIG, class Y>
Y result_of(const typename CONFIG::word_type node[], int o) {
  const sum_at s = CONFIG::sums()[o];
  typename CONFIG::word_type sum = 0;
  if (s.node >= 0) {
    sum = node[s.node] << s.shift;
  }
  if (s.negated) {
    sum = typename CONFIG::word_type(-sum);
  }
  return from_raw<Y>(typename CONFIG::word_type(sum >> CONFIG::dropped));
}

// y[row] = a[row] * matrix
template <class CONFIG, class A, class Y>
void dense_adders(const A a[], Y y[]) {
  // @unroll
  for (unsigned row = 0; row < CONFIG::n_rows; row++) {
    typename CONFIG::word_type node[CONFIG::n_inputs + CONFIG::n_adders];
    // @partition node
    // @unroll
    for (unsigned i = 0; i < CONFIG::n_in; i++) {
      node[i] = raw_integer(element<typename CONFIG::a_type>(a[CONFIG::a_at::at(row) + i * CONFIG::a_step]));
    }
    compute_nodes<CONFIG>(node);
    // @unroll
    for (unsigned o = 0; o < CONFIG::n_out; o++) {
      y[row * CONFIG::n_out + o] = result_of<CONFIG, Y>(node, static_cast<int>(o));
    }
  }
}

// y[pixel] = window of x * matrix
template <class CONFIG, class X, class Y>
void conv2d_adders(const X x[], Y y[]) {
  // @pipeline
  for (unsigned pixel = 0; pixel < CONFIG::n_pixels; pixel++) {
    const int top = static_cast<int>(pixel / CONFIG::out_width * CONFIG::stride_h) - CONFIG::top;
    const int left = static_cast<int>(pixel % CONFIG::out_width * CONFIG::stride_w) - CONFIG::left;
    typename CONFIG::word_type node[CONFIG::n_inputs + CONFIG::n_adders];
    // @partition node
    // @unroll
    for (unsigned tap = 0; tap < CONFIG::n_taps; tap++) {
      const int at = static_cast<int>(tap / CONFIG::channels);
      const int h = top + at / CONFIG::kernel_w * CONFIG::dilation_h;
      const int v = left + at % CONFIG::kernel_w * CONFIG::dilation_w;
      node[tap] = 0;
      if (h >= 0 && h < CONFIG::height && v >= 0 && v < CONFIG::width) {
        const unsigned in_x = static_cast<unsigned>(h * CONFIG::width + v) * CONFIG::channels;
        node[tap] = raw_integer(element<typename CONFIG::x_type>(x[in_x + tap % CONFIG::channels]));
      }
    }
    compute_nodes<CONFIG>(node);
    // @unroll
    for (unsigned f = 0; f < CONFIG::filters; f++) {
      y[pixel * CONFIG::filters + f] = result_of<CONFIG, Y>(node, static_cast<int>(f));
    }
  }
}

}  // namespace burin

#endif
