package org.burin.tensor;

/// Sets the loops of a tile to walk over the taps of a convolution that do not fall on padding.
final class VectorTaps {
  private VectorTaps() {}

  /// The first tap along one axis that lies inside the image, for a window that starts at `start`.
  private static int firstTap(int start, int dilation) {
    return start >= 0 ? 0 : (dilation - 1 - start) / dilation;
  }

  /// One past the last tap along one axis that lies inside the image; at least `first`.
  private static int endTap(int start, int dilation, int kernel, int extent, int first) {
    int end = start >= extent ? 0 : (extent - 1 - start) / dilation + 1;
    return Math.max(first, Math.min(kernel, end));
  }

  /// How many output columns from ow on see the same taps along the width.
  static int forwardRun(ConvSpec spec, int ow) {
    int n = 1;
    while (ow + n < spec.outWidth() && sameTaps(spec, ow, ow + n)) {
      n++;
    }
    return n;
  }

  private static boolean sameTaps(ConvSpec spec, int ow, int other) {
    Window window = spec.window();
    int dilation = window.dilationW();
    int start = ow * window.strideW() - window.left();
    int start2 = other * window.strideW() - window.left();
    int first = firstTap(start, dilation);
    return first == firstTap(start2, dilation)
        && endTap(start, dilation, spec.kernelW(), spec.width(), first)
            == endTap(start2, dilation, spec.kernelW(), spec.width(), first);
  }

  /// The products of output (oh, ow) in the order (kh, kw, ci).
  static void forward(ConvSpec spec, VectorTile t, int oh, int ow, int xFirst, int wFirst) {
    Window window = spec.window();
    int channels = spec.channels() / spec.groups();
    int top = oh * window.strideH() - window.top();
    int left = ow * window.strideW() - window.left();
    int dilationH = window.dilationH();
    int dilationW = window.dilationW();
    int kh = firstTap(top, dilationH);
    int kw = firstTap(left, dilationW);
    int countH = endTap(top, dilationH, spec.kernelH(), spec.height(), kh) - kh;
    int countW = endTap(left, dilationW, spec.kernelW(), spec.width(), kw) - kw;
    int rowSize = spec.width() * spec.channels();
    boolean dense = dilationW == 1 && spec.groups() == 1;
    t.aStep = 1;
    t.inner = dense ? countW * channels : channels;
    t.middle = dense ? Math.min(1, countW) : countW;
    t.aMiddle = dense ? 0 : dilationW * spec.channels() - channels;
    t.bMiddle = 0;
    t.outer = countH;
    t.aOuter = dilationH * rowSize - countW * dilationW * spec.channels();
    t.bOuter = (spec.kernelW() - countW) * channels * t.bStep;
    t.aIndex = xFirst + (top + kh * dilationH) * rowSize + (left + kw * dilationW) * spec.channels();
    t.bIndex = wFirst + (kh * spec.kernelW() + kw) * channels * t.bStep;
  }

  /// How many image columns from iw on are reached by the same taps, each from the output next to the previous one's.
  static int transposeRun(ConvSpec spec, int iw) {
    if (spec.window().strideW() > 1) {
      return 1;
    }
    int n = 1;
    while (iw + n < spec.width() && sameSources(spec, iw, iw + n)) {
      n++;
    }
    return n;
  }

  private static boolean sameSources(ConvSpec spec, int iw, int other) {
    Window window = spec.window();
    for (int kw = 0; kw < spec.kernelW(); kw++) {
      int shift = window.left() - kw * window.dilationW();
      boolean here = ScalarConv.source(iw + shift, 1, spec.outWidth()) >= 0;
      if (here != ScalarConv.source(other + shift, 1, spec.outWidth()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /// The products of image element (ih, iw) in the order (kh, kw, f). The taps that reach it are evenly spaced.
  static void transpose(ConvSpec spec, VectorTile t, int ih, int iw, int yFirst, int wFirst) {
    Window window = spec.window();
    int filters = spec.filters() / spec.groups();
    int outWidth = spec.outWidth();
    int stepH = window.strideH() / gcd(window.strideH(), window.dilationH());
    int stepW = window.strideW() / gcd(window.strideW(), window.dilationW());
    int startH = ih + window.top();
    int startW = iw + window.left();
    int kh = firstSource(startH, window.strideH(), window.dilationH(), spec.kernelH(), spec.outHeight());
    int kw = firstSource(startW, window.strideW(), window.dilationW(), spec.kernelW(), outWidth);
    int countH = countSources(startH, window.strideH(), window.dilationH(), spec.kernelH(), spec.outHeight(), kh, stepH);
    int countW = countSources(startW, window.strideW(), window.dilationW(), spec.kernelW(), outWidth, kw, stepW);
    int backH = stepH * window.dilationH() / window.strideH() * outWidth * spec.filters();
    int backW = stepW * window.dilationW() / window.strideW() * spec.filters();
    t.aStep = 1;
    t.inner = filters;
    t.middle = countW;
    t.aMiddle = -backW - filters;
    t.bMiddle = (stepW - 1) * filters * t.bStep;
    t.outer = countH;
    t.aOuter = countW * backW - backH;
    t.bOuter = (stepH * spec.kernelW() - countW * stepW) * filters * t.bStep;
    int oh = countH == 0 ? 0 : (startH - kh * window.dilationH()) / window.strideH();
    int ow = countW == 0 ? 0 : (startW - kw * window.dilationW()) / window.strideW();
    t.aIndex = yFirst + (oh * outWidth + ow) * spec.filters();
    t.bIndex = wFirst + (kh * spec.kernelW() + kw) * filters * t.bStep;
  }

  private static int firstSource(int start, int stride, int dilation, int kernel, int extent) {
    int k = 0;
    while (k < kernel && ScalarConv.source(start - k * dilation, stride, extent) < 0) {
      k++;
    }
    return k;
  }

  private static int countSources(int start, int stride, int dilation, int kernel, int extent, int first, int step) {
    int n = 0;
    int k = first;
    while (k < kernel && ScalarConv.source(start - k * dilation, stride, extent) >= 0) {
      n++;
      k += step;
    }
    return n;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /// The products of the kernel element at tap (kh, kw) in the order (image, oh, ow).
  static void kernel(ConvSpec spec, VectorTile t, int images, int kh, int kw, int xFirst, int yFirst) {
    Window window = spec.window();
    int shiftH = kh * window.dilationH() - window.top();
    int shiftW = kw * window.dilationW() - window.left();
    int oh = firstTap(shiftH, window.strideH());
    int ow = firstTap(shiftW, window.strideW());
    int countH = endTap(shiftH, window.strideH(), spec.outHeight(), spec.height(), oh) - oh;
    int countW = endTap(shiftW, window.strideW(), spec.outWidth(), spec.width(), ow) - ow;
    int xRow = spec.width() * spec.channels();
    int yRow = spec.outWidth() * spec.filters();
    t.inner = countW;
    t.aStep = window.strideW() * spec.channels();
    t.bStep = spec.filters();
    t.middle = countH;
    t.aMiddle = window.strideH() * xRow - countW * t.aStep;
    t.bMiddle = yRow - countW * t.bStep;
    t.outer = images;
    t.aOuter = spec.height() * xRow - countH * window.strideH() * xRow;
    t.bOuter = spec.outHeight() * yRow - countH * yRow;
    t.aIndex = xFirst + (oh * window.strideH() + shiftH) * xRow + (ow * window.strideW() + shiftW) * spec.channels();
    t.bIndex = yFirst + oh * yRow + ow * spec.filters();
  }
}
