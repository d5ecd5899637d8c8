package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// How the window of a convolution or pooling layer walks over images `[N,H,W,C]` (two axes) or sequences `[N,T,C]`
/// (one axis, treated as images of height 1).
///
/// @param axes 1 for sequences, 2 for images
/// @param kernelH window height; 1 for sequences
/// @param kernelW window width, or length in time steps
/// @param strideH step along the height; 1 for sequences
/// @param strideW step along the width, or along time
/// @param padding what surrounds the image or sequence
/// @param dilationH distance between taps along the height; 1 for sequences
/// @param dilationW distance between taps along the width, or along time
public record Geometry(
    int axes,
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    Padding padding,
    int dilationH,
    int dilationW) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when one is below 1, or the height of sequences is not 1
  public Geometry {
    if (axes < 1 || axes > 2) {
      throw new IllegalArgumentException("a window walks over 1 or 2 axes, found " + axes);
    }
    require(kernelH, kernelW, "kernel");
    require(strideH, strideW, "stride");
    require(dilationH, dilationW, "dilation");
    if (axes == 1 && (kernelH != 1 || strideH != 1 || dilationH != 1 || padding.top() + padding.bottom() != 0)) {
      throw new IllegalArgumentException("sequences have no height: kernel, stride and dilation must be 1 there, and "
          + "padding 0");
    }
    if (axes == 2 && padding.rule() == Padding.Rule.CAUSAL) {
      throw new IllegalArgumentException("causal padding is for sequences, found it for images");
    }
  }

  private static void require(int h, int w, String what) {
    if (h < 1 || w < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, found " + h + "x" + w);
    }
  }

  /// A window over sequences: stride 1, no padding.
  static Geometry over1D(int kernel) {
    return new Geometry(1, 1, kernel, 1, 1, Padding.VALID, 1, 1);
  }

  /// A window over images: stride 1, no padding.
  static Geometry over2D(int kernelH, int kernelW) {
    return new Geometry(2, kernelH, kernelW, 1, 1, Padding.VALID, 1, 1);
  }

  Geometry withStride(int h, int w) {
    return new Geometry(axes, kernelH, kernelW, h, w, padding, dilationH, dilationW);
  }

  Geometry withPadding(Padding newPadding) {
    return new Geometry(axes, kernelH, kernelW, strideH, strideW, newPadding, dilationH, dilationW);
  }

  Geometry withDilation(int h, int w) {
    return new Geometry(axes, kernelH, kernelW, strideH, strideW, padding, h, w);
  }

  /// The input as images, after a check of its shape.
  Value images(Net net, Value x) {
    Shape s = x.shape();
    if (s.rank() != axes + 2 || s.batchAxis() > 0) {
      String expected = axes == 1 ? "sequences [N,T,C]" : "images [N,H,W,C]";
      throw net.problem("expected " + expected + ", found shape " + s);
    }
    return axes == 2 ? x : net.graph().reshape(x, Shape.of(s.dim(0), 1, s.dim(1), s.dim(2)));
  }

  /// Images as what the layer gives out: undoes [#images].
  Value unpack(GraphBuilder b, Value y) {
    Shape s = y.shape();
    return axes == 2 ? y : b.reshape(y, Shape.of(s.dim(0), s.dim(2), s.dim(3)));
  }

  /// The shape of a kernel parameter: the window's extents and two more.
  Shape kernel(int first, int second) {
    return axes == 1 ? Shape.of(kernelW, first, second) : Shape.of(kernelH, kernelW, first, second);
  }

  /// The window over these images.
  Window window(Value images) {
    return padding.window(this, images.shape().dim(1), images.shape().dim(2));
  }

  /// The height of images that this window, walking over them, brings to height `h`: what a transposed convolution
  /// gives.
  int transposedHeight(int h) {
    return transposed(h, kernelH, strideH, dilationH, padding.top() + padding.bottom());
  }

  /// The width of images that this window, walking over them, brings to width `w`.
  int transposedWidth(int w) {
    return transposed(w, kernelW, strideW, dilationW, padding.left() + padding.right());
  }

  private int transposed(int extent, int kernel, int stride, int dilation, int pads) {
    int span = (kernel - 1) * dilation + 1;
    return switch (padding.rule()) {
      case SAME -> extent * stride;
      case VALID -> extent * stride + Math.max(span - stride, 0);
      case EXPLICIT -> (extent - 1) * stride + span - pads;
      case CAUSAL -> throw new IllegalArgumentException("a transposed convolution has no causal padding");
    };
  }
}
