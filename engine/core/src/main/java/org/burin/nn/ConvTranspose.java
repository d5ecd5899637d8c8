package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Transposed convolution, which enlarges images `[N,H,W,C]` or sequences `[N,T,C]` by its stride:
/// `activation(adjoint of a convolution + bias)`.
///
/// Extents are TensorFlow's: `H * stride` with [Padding#SAME], `H * stride + max(kernel - stride, 0)` with
/// [Padding#VALID]; `(H - 1) * stride + kernel - top - bottom` with explicit padding. The kernel is
/// `[kernelH,kernelW,filters,C]`, for sequences `[kernel,filters,C]`.
///
/// @param filters channels of the result, at least 1
/// @param geometry window, stride, padding of the convolution from the result to the input
/// @param affine kernel, bias and activation
/// @param name its name, or empty for an automatic one
public record ConvTranspose(int filters, Geometry geometry, Affine affine, String name)
    implements AffineLayer<ConvTranspose>, WindowLayer<ConvTranspose> {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException when filters are below 1 or padding is causal
  public ConvTranspose {
    Options.atLeast(1, filters, "ConvTranspose", name, "filters");
    if (geometry.padding().rule() == Padding.Rule.CAUSAL) {
      throw Options.invalid("ConvTranspose", name, "there is no causal padding here");
    }
  }

  /// A transposed convolution of sequences: stride 1, no padding.
  public static ConvTranspose of1D(int filters, int kernel) {
    return new ConvTranspose(filters, Geometry.over1D(kernel), Affine.DEFAULT, "");
  }

  /// A transposed convolution of images with a square window: stride 1, no padding.
  public static ConvTranspose of2D(int filters, int kernel) {
    return of2D(filters, kernel, kernel);
  }

  /// A transposed convolution of images: stride 1, no padding.
  public static ConvTranspose of2D(int filters, int kernelH, int kernelW) {
    return new ConvTranspose(filters, Geometry.over2D(kernelH, kernelW), Affine.DEFAULT, "");
  }

  /// The same layer under a chosen name.
  public ConvTranspose named(String newName) {
    return new ConvTranspose(filters, geometry, affine, newName);
  }

  @Override
  public ConvTranspose withAffine(Affine newAffine) {
    return new ConvTranspose(filters, geometry, newAffine, name);
  }

  @Override
  public ConvTranspose withGeometry(Geometry newGeometry) {
    return new ConvTranspose(filters, newGeometry, affine, name);
  }

  @Override
  public String stem() {
    return "conv" + geometry.axes() + "d_transpose";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value images = geometry.images(net, x);
    int channels = x.shape().dim(-1);
    int height = geometry.transposedHeight(images.shape().dim(1));
    int width = geometry.transposedWidth(images.shape().dim(2));
    Value kernel = affine.kernel(net, geometry.kernel(filters, channels));
    Value w = b.reshape(kernel, Shape.of(geometry.kernelH(), geometry.kernelW(), filters, channels));
    Value y = b.conv2dTranspose(images, w, geometry.padding().window(geometry, height, width), 1, height, width);
    return affine.finish(net, geometry.unpack(b, y));
  }
}
