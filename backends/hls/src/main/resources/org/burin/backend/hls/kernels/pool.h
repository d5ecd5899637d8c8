// Pooling of images [height][width][channels]: the largest number or the sum of the part of each window that lies inside
// of the image. A mean is a sum and a division.
#ifndef BURIN_POOL_H
#define BURIN_POOL_H

#include "arrays.h"

namespace burin {

// Whether element v takes the place of the largest so far.
struct pool_max {
  template <class ACCUM, class X>
  static ACCUM join(const ACCUM &all, const X &v, bool first) {
    return first || v > all ? ACCUM(v) : all;
  }
};

struct pool_sum {
  template <class ACCUM, class X>
  static ACCUM join(const ACCUM &all, const X &v, bool first) {
    return first ? ACCUM(v) : ACCUM(all + v);
  }
};

template <class CONFIG, class X, class Y>
void pool2d(const X x[], Y y[]) {
  // @pipeline
  for (unsigned e = 0; e < static_cast<unsigned>(CONFIG::out_height * CONFIG::out_width) * CONFIG::channels; e++) {
    const unsigned pixel = e / CONFIG::channels;
    const int top = static_cast<int>(pixel / CONFIG::out_width * CONFIG::stride_h) - CONFIG::top;
    const int left = static_cast<int>(pixel % CONFIG::out_width * CONFIG::stride_w) - CONFIG::left;
    typename CONFIG::accum_type all = 0;
    bool first = true;
    // @unroll
    for (int kh = 0; kh < CONFIG::kernel_h; kh++) {
      // @unroll
      for (int kw = 0; kw < CONFIG::kernel_w; kw++) {
        const int h = top + kh * CONFIG::dilation_h;
        const int v = left + kw * CONFIG::dilation_w;
        if (h >= 0 && h < CONFIG::height && v >= 0 && v < CONFIG::width) {
          const unsigned at = static_cast<unsigned>(h * CONFIG::width + v) * CONFIG::channels + e % CONFIG::channels;
          all = CONFIG::function::join(all, element<typename CONFIG::x_type>(x[at]), first);
          first = false;
        }
      }
    }
    y[e] = Y(all);
  }
}

}  // namespace burin

#endif
