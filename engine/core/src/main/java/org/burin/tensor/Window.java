package org.burin.tensor;

/// How a convolution or pooling window walks over the two spatial axes of an image `[N,H,W,C]`.
///
/// @param strideH step between windows along the height, at least 1
/// @param strideW step between windows along the width, at least 1
/// @param top rows of padding above the image
/// @param bottom rows of padding below the image
/// @param left columns of padding left of the image
/// @param right columns of padding right of the image
/// @param dilationH distance between taps along the height, at least 1
/// @param dilationW distance between taps along the width, at least 1
public record Window(
    int strideH, int strideW, int top, int bottom, int left, int right, int dilationH, int dilationW) {
  /// Stride 1, no padding, no dilation.
  public static final Window VALID = new Window(1, 1, 0, 0, 0, 0, 1, 1);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when a stride or dilation is below 1 or a padding is negative
  public Window {
    if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1) {
      throw new IllegalArgumentException("strides " + strideH + "x" + strideW + " and dilations " + dilationH + "x"
          + dilationW + " must be at least 1");
    }
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "padding " + top + "," + bottom + "," + left + "," + right + " (top,bottom,left,right) must not be negative");
    }
  }

  /// No padding: the window stays inside the image.
  public static Window valid(int strideH, int strideW, int dilationH, int dilationW) {
    return new Window(strideH, strideW, 0, 0, 0, 0, dilationH, dilationW);
  }

  /// The padding that TensorFlow calls SAME: output extent = ceil(input / stride), an odd row or column of padding goes to
  /// the bottom and the right.
  public static Window same(
      int height, int width, int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW) {
    int padH = samePadding(height, kernelH, strideH, dilationH);
    int padW = samePadding(width, kernelW, strideW, dilationW);
    return new Window(
        strideH, strideW, padH / 2, padH - padH / 2, padW / 2, padW - padW / 2, dilationH, dilationW);
  }

  private static int samePadding(int extent, int kernel, int stride, int dilation) {
    int out = (extent + stride - 1) / stride;
    return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - extent);
  }

  /// The output height for an image of this height and a kernel of this height; 0 when the window does not fit.
  public int outHeight(int height, int kernelH) {
    return extent(height + top + bottom, kernelH, strideH, dilationH);
  }

  /// The output width for an image of this width and a kernel of this width; 0 when the window does not fit.
  public int outWidth(int width, int kernelW) {
    return extent(width + left + right, kernelW, strideW, dilationW);
  }

  private static int extent(int padded, int kernel, int stride, int dilation) {
    int span = (kernel - 1) * dilation + 1;
    return padded < span ? 0 : (padded - span) / stride + 1;
  }
}
