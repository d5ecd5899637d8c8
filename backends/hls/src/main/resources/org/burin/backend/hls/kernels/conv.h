// Convolutions of images [height][width][channels] with kernels [kernel_h][kernel_w][group_channels][filters], and the
// reverse. One row of height 1 is a convolution in one dimension; as many groups as channels are a depthwise one.
#ifndef BURIN_CONV_H
#define BURIN_CONV_H

#include "arrays.h"

namespace burin {

// A result of a convolution.
struct place {
  unsigned pixel;
  unsigned filter;
};

// One sum of products over the part of a window that lies inside of the image.
template <class CONFIG, class X, class W>
typename CONFIG::accum_type conv_window(const X x[], const W w[], const place &at) {
  const int top = static_cast<int>(at.pixel / CONFIG::out_width * CONFIG::stride_h) - CONFIG::top;
  const int left = static_cast<int>(at.pixel % CONFIG::out_width * CONFIG::stride_w) - CONFIG::left;
  const unsigned first = at.filter / (CONFIG::filters / CONFIG::groups) * CONFIG::group_channels;
  typename CONFIG::accum_type sum = 0;
  // @unroll
  for (int kh = 0; kh < CONFIG::kernel_h; kh++) {
    // @unroll
    for (int kw = 0; kw < CONFIG::kernel_w; kw++) {
      const int h = top + kh * CONFIG::dilation_h;
      const int v = left + kw * CONFIG::dilation_w;
      if (h >= 0 && h < CONFIG::height && v >= 0 && v < CONFIG::width) {
        const unsigned in_x = static_cast<unsigned>(h * CONFIG::width + v) * CONFIG::channels + first;
        const unsigned in_w = static_cast<unsigned>(kh * CONFIG::kernel_w + kw) * CONFIG::group_channels;
        // @unroll
        for (unsigned c = 0; c < CONFIG::group_channels; c++) {
          sum += element<typename CONFIG::x_type>(x[in_x + c]) *
                 element<typename CONFIG::w_type>(w[(in_w + c) * CONFIG::filters + at.filter]);
        }
      }
    }
  }
  return sum;
}

// y[pixel][filter] = sum over the window of x * w, a pixel in each cycle
template <class CONFIG, class X, class W, class Y>
void conv2d_latency(const X x[], const W w[], Y y[]) {
  // @pipeline
  for (unsigned pixel = 0; pixel < CONFIG::n_pixels; pixel++) {
    // @unroll
    for (unsigned f = 0; f < CONFIG::filters; f++) {
      const place at = {pixel, f};
      y[pixel * CONFIG::filters + f] = Y(conv_window<CONFIG>(x, w, at));
    }
  }
}

// The same with n_taps * filters / reuse multipliers, each of which is used `reuse` times for a pixel.
//
// Product k is that of filter k / n_taps and tap k % n_taps; multiplier m computes products m * reuse and following.
template <class CONFIG, class X, class W, class Y>
void conv2d_resource(const X x[], const W w[], Y y[]) {
  // @loop
  for (unsigned pixel = 0; pixel < CONFIG::n_pixels; pixel++) {
    const int top = static_cast<int>(pixel / CONFIG::out_width * CONFIG::stride_h) - CONFIG::top;
    const int left = static_cast<int>(pixel % CONFIG::out_width * CONFIG::stride_w) - CONFIG::left;
    typename CONFIG::accum_type sum[CONFIG::filters];
    // @partition sum
    // @unroll
    for (unsigned f = 0; f < CONFIG::filters; f++) {
      sum[f] = 0;
    }
    // @pipeline
    for (unsigned turn = 0; turn < CONFIG::reuse; turn++) {
      // @unroll
      for (unsigned m = 0; m < CONFIG::n_multipliers; m++) {
        const unsigned f = (m * CONFIG::reuse + turn) / CONFIG::n_taps;
        const unsigned tap = (m * CONFIG::reuse + turn) % CONFIG::n_taps;
        const unsigned c = tap % CONFIG::group_channels;
        const int at = static_cast<int>(tap / CONFIG::group_channels);
        const int h = top + at / CONFIG::kernel_w * CONFIG::dilation_h;
        const int v = left + at % CONFIG::kernel_w * CONFIG::dilation_w;
        if (h >= 0 && h < CONFIG::height && v >= 0 && v < CONFIG::width) {
          const unsigned first = f / (CONFIG::filters / CONFIG::groups) * CONFIG::group_channels;
          const unsigned in_x = static_cast<unsigned>(h * CONFIG::width + v) * CONFIG::channels + first;
          sum[f] += element<typename CONFIG::x_type>(x[in_x + c]) *
                    element<typename CONFIG::w_type>(w[tap * CONFIG::filters + f]);
        }
      }
    }
    // @unroll
    for (unsigned f = 0; f < CONFIG::filters; f++) {
      y[pixel * CONFIG::filters + f] = Y(sum[f]);
    }
  }
}

// Every product of that convolution with image and result changing places: x [out_height][out_width][filters] to
// y [height][width][channels].
template <class CONFIG, class X, class W, class Y>
void conv2d_transpose(const X x[], const W w[], Y y[]) {
  // @pipeline
  for (unsigned e = 0; e < CONFIG::n_pixels * CONFIG::channels; e++) {
    const unsigned c = e % CONFIG::channels;
    const int h = static_cast<int>(e / CONFIG::channels / CONFIG::width) + CONFIG::top;
    const int v = static_cast<int>(e / CONFIG::channels % CONFIG::width) + CONFIG::left;
    const unsigned per_group = CONFIG::filters / CONFIG::groups;
    const unsigned first = c / CONFIG::group_channels * per_group;
    typename CONFIG::accum_type sum = 0;
    // @unroll
    for (int kh = 0; kh < CONFIG::kernel_h; kh++) {
      // @unroll
      for (int kw = 0; kw < CONFIG::kernel_w; kw++) {
        const int from_h = h - kh * CONFIG::dilation_h;
        const int from_v = v - kw * CONFIG::dilation_w;
        if (from_h >= 0 && from_v >= 0 && from_h % CONFIG::stride_h == 0 && from_v % CONFIG::stride_w == 0 &&
            from_h / CONFIG::stride_h < CONFIG::out_height && from_v / CONFIG::stride_w < CONFIG::out_width) {
          const int pixel = from_h / CONFIG::stride_h * CONFIG::out_width + from_v / CONFIG::stride_w;
          const unsigned in_x = static_cast<unsigned>(pixel) * CONFIG::filters + first;
          const unsigned in_w = static_cast<unsigned>(kh * CONFIG::kernel_w + kw) * CONFIG::group_channels +
                                c % CONFIG::group_channels;
          // @unroll
          for (unsigned f = 0; f < per_group; f++) {
            sum += element<typename CONFIG::x_type>(x[in_x + f]) *
                   element<typename CONFIG::w_type>(w[in_w * CONFIG::filters + first + f]);
          }
        }
      }
    }
    y[e] = Y(sum);
  }
}

}  // namespace burin

#endif
