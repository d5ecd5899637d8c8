package org.burin.tensor;

import java.util.Arrays;

/// Convolutions in plain Java. Taps that fall on padding are left out.
final class ScalarConv {
  private ScalarConv() {}

  /// The sums of [Kernels#conv2d], without bias and activation.
  static void forward(
      ConvSpec spec, float[] x, int xOffset, float[] w, int wOffset, float[] y, int yOffset, int from, int to) {
    int outHeight = spec.outHeight();
    int outWidth = spec.outWidth();
    int filters = spec.filters();
    Window window = spec.window();
    for (int image = from; image < to; image++) {
      int xi = xOffset + image * spec.height() * spec.width() * spec.channels();
      int yo = yOffset + image * outHeight * outWidth * filters;
      Arrays.fill(y, yo, yo + outHeight * outWidth * filters, 0f);
      for (int oh = 0; oh < outHeight; oh++) {
        for (int ow = 0; ow < outWidth; ow++) {
          int top = oh * window.strideH() - window.top();
          int left = ow * window.strideW() - window.left();
          pixel(spec, x, xi, top, left, w, wOffset, y, yo + (oh * outWidth + ow) * filters);
        }
      }
    }
  }

  private static void pixel(
      ConvSpec spec, float[] x, int image, int top, int left, float[] w, int wOffset, float[] y, int yOffset) {
    int perGroup = spec.channels() / spec.groups();
    for (int kh = 0; kh < spec.kernelH(); kh++) {
      int ih = top + kh * spec.window().dilationH();
      for (int kw = 0; kw < spec.kernelW(); kw++) {
        int iw = left + kw * spec.window().dilationW();
        if (ih >= 0 && ih < spec.height() && iw >= 0 && iw < spec.width()) {
          int xp = image + (ih * spec.width() + iw) * spec.channels();
          int wp = wOffset + (kh * spec.kernelW() + kw) * perGroup * spec.filters();
          tap(spec, x, xp, w, wp, y, yOffset);
        }
      }
    }
  }

  private static void tap(ConvSpec spec, float[] x, int xOffset, float[] w, int wOffset, float[] y, int yOffset) {
    int groups = spec.groups();
    int perGroup = spec.channels() / groups;
    int filters = spec.filters();
    int filtersPerGroup = filters / groups;
    if (perGroup == 1 && filtersPerGroup == 1) {
      multiplyAdd(x, xOffset, w, wOffset, y, yOffset, filters);
      return;
    }
    for (int g = 0; g < groups; g++) {
      int xg = xOffset + g * perGroup;
      int wg = wOffset + g * filtersPerGroup;
      int yg = yOffset + g * filtersPerGroup;
      int ci = 0;
      for (; ci + 4 <= perGroup; ci += 4) {
        ScalarGemm.axpy4(
            x[xg + ci], x[xg + ci + 1], x[xg + ci + 2], x[xg + ci + 3],
            w, wg + ci * filters, filters, y, yg, filtersPerGroup);
      }
      for (; ci < perGroup; ci++) {
        ScalarGemm.axpy(x[xg + ci], w, wg + ci * filters, y, yg, filtersPerGroup);
      }
    }
  }

  private static void multiplyAdd(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i++) {
      c[cOffset + i] = Math.fma(a[aOffset + i], b[bOffset + i], c[cOffset + i]);
    }
  }

  /// [Kernels#conv2dTranspose]. The kernel is first brought into the order (kh, kw, f, ci).
  static void transpose(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset, int from, int to,
      float[] scratch, int scratchOffset) {
    int perGroup = spec.channels() / spec.groups();
    int taps = spec.kernelH() * spec.kernelW();
    int perTap = perGroup * spec.filters();
    for (int t = 0; t < taps; t++) {
      ScalarRows.transpose(
          perGroup, spec.filters(), w, wOffset + t * perTap, scratch, scratchOffset + t * perTap, 0, perGroup);
    }
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    for (int image = from; image < to; image++) {
      int xi = xOffset + image * imageSize;
      Arrays.fill(x, xi, xi + imageSize, 0f);
      for (int ih = 0; ih < spec.height(); ih++) {
        for (int iw = 0; iw < spec.width(); iw++) {
          int xp = xi + (ih * spec.width() + iw) * spec.channels();
          backPixel(spec, y, yOffset + image * outSize, ih, iw, scratch, scratchOffset, x, xp);
        }
      }
    }
  }

  private static void backPixel(
      ConvSpec spec, float[] y, int yImage, int ih, int iw, float[] w, int wOffset, float[] x, int xOffset) {
    Window window = spec.window();
    int perTap = spec.channels() / spec.groups() * spec.filters();
    int outHeight = spec.outHeight();
    int outWidth = spec.outWidth();
    for (int kh = 0; kh < spec.kernelH(); kh++) {
      int oh = source(ih + window.top() - kh * window.dilationH(), window.strideH(), outHeight);
      for (int kw = 0; kw < spec.kernelW(); kw++) {
        int ow = source(iw + window.left() - kw * window.dilationW(), window.strideW(), outWidth);
        if (oh >= 0 && ow >= 0) {
          int yp = yImage + (oh * outWidth + ow) * spec.filters();
          backTap(spec, y, yp, w, wOffset + (kh * spec.kernelW() + kw) * perTap, x, xOffset);
        }
      }
    }
  }

  /// The output position whose window starts at `start`, or -1 when there is none.
  static int source(int start, int stride, int extent) {
    return start >= 0 && start % stride == 0 && start / stride < extent ? start / stride : -1;
  }

  private static void backTap(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset) {
    int groups = spec.groups();
    int perGroup = spec.channels() / groups;
    int filtersPerGroup = spec.filters() / groups;
    if (perGroup == 1 && filtersPerGroup == 1) {
      multiplyAdd(y, yOffset, w, wOffset, x, xOffset, groups);
      return;
    }
    for (int g = 0; g < groups; g++) {
      int first = g * filtersPerGroup;
      int xg = xOffset + g * perGroup;
      int f = first;
      for (; f + 4 <= first + filtersPerGroup; f += 4) {
        ScalarGemm.axpy4(
            y[yOffset + f], y[yOffset + f + 1], y[yOffset + f + 2], y[yOffset + f + 3],
            w, wOffset + f * perGroup, perGroup, x, xg, perGroup);
      }
      for (; f < first + filtersPerGroup; f++) {
        ScalarGemm.axpy(y[yOffset + f], w, wOffset + f * perGroup, x, xg, perGroup);
      }
    }
  }

  /// Images from `from` on of [Kernels#conv2dKernel]; sums go on from what w holds unless `from` is 0.
  static void kernelGradient(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int rowFrom, int rowTo,
      int from) {
    int outHeight = spec.outHeight();
    int outWidth = spec.outWidth();
    int filters = spec.filters();
    Window window = spec.window();
    if (from == 0) {
      Arrays.fill(w, wOffset + rowFrom * filters, wOffset + rowTo * filters, 0f);
    }
    for (int image = from; image < spec.batch(); image++) {
      int xi = xOffset + image * spec.height() * spec.width() * spec.channels();
      int yi = yOffset + image * outHeight * outWidth * filters;
      for (int oh = 0; oh < outHeight; oh++) {
        for (int ow = 0; ow < outWidth; ow++) {
          int top = oh * window.strideH() - window.top();
          int left = ow * window.strideW() - window.left();
          addPixel(spec, x, xi, top, left, y, yi + (oh * outWidth + ow) * filters, w, wOffset, rowFrom, rowTo);
        }
      }
    }
  }

  private static void addPixel(
      ConvSpec spec, float[] x, int image, int top, int left, float[] y, int yOffset, float[] w, int wOffset,
      int rowFrom, int rowTo) {
    int perGroup = spec.channels() / spec.groups();
    for (int tap = rowFrom / perGroup; tap * perGroup < rowTo; tap++) {
      int ih = top + tap / spec.kernelW() * spec.window().dilationH();
      int iw = left + tap % spec.kernelW() * spec.window().dilationW();
      if (ih >= 0 && ih < spec.height() && iw >= 0 && iw < spec.width()) {
        int ciFrom = Math.max(0, rowFrom - tap * perGroup);
        int ciTo = Math.min(perGroup, rowTo - tap * perGroup);
        int xp = image + (ih * spec.width() + iw) * spec.channels();
        addTap(spec, x, xp, y, yOffset, w, wOffset + tap * perGroup * spec.filters(), ciFrom, ciTo);
      }
    }
  }

  private static void addTap(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int ciFrom, int ciTo) {
    int groups = spec.groups();
    int perGroup = spec.channels() / groups;
    int filters = spec.filters();
    int filtersPerGroup = filters / groups;
    if (perGroup == 1 && filtersPerGroup == 1) {
      multiplyAdd(x, xOffset, y, yOffset, w, wOffset, filters);
      return;
    }
    for (int g = 0; g < groups; g++) {
      int first = g * filtersPerGroup;
      for (int ci = ciFrom; ci < ciTo; ci++) {
        ScalarGemm.axpy(
            x[xOffset + g * perGroup + ci], y, yOffset + first, w, wOffset + ci * filters + first, filtersPerGroup);
      }
    }
  }
}
