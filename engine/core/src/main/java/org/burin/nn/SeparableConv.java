package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// A [DepthwiseConv] followed by a convolution with a window of 1 that mixes the channels:
/// `activation(x * depthwise_kernel * pointwise_kernel + bias)`.
///
/// The kernels are `[kernelH,kernelW,C,multiplier]` and `[1,1,C*multiplier,filters]`, for sequences one extent less
/// each.
///
/// @param filters channels of the result, at least 1
/// @param multiplier channels of the depthwise result per channel of the input, at least 1
/// @param geometry window, stride, padding, dilation of the depthwise convolution
/// @param affine both kernels, bias and activation
/// @param name its name, or empty for an automatic one
public record SeparableConv(int filters, int multiplier, Geometry geometry, Affine affine, String name)
    implements AffineLayer<SeparableConv>, WindowLayer<SeparableConv> {
  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException when one is below 1
  public SeparableConv {
    Options.atLeast(1, filters, "SeparableConv", name, "filters");
    Options.atLeast(1, multiplier, "SeparableConv", name, "multiplier");
  }

  /// A separable convolution of sequences: multiplier 1, stride 1, no padding.
  public static SeparableConv of1D(int filters, int kernel) {
    return new SeparableConv(filters, 1, Geometry.over1D(kernel), Affine.DEFAULT, "");
  }

  /// A separable convolution of images with a square window: multiplier 1, stride 1, no padding.
  public static SeparableConv of2D(int filters, int kernel) {
    return of2D(filters, kernel, kernel);
  }

  /// A separable convolution of images: multiplier 1, stride 1, no padding.
  public static SeparableConv of2D(int filters, int kernelH, int kernelW) {
    return new SeparableConv(filters, 1, Geometry.over2D(kernelH, kernelW), Affine.DEFAULT, "");
  }

  /// The same layer with another multiplier.
  public SeparableConv withMultiplier(int newMultiplier) {
    return new SeparableConv(filters, newMultiplier, geometry, affine, name);
  }

  /// The same layer with a distance between the window's taps, along every axis.
  public SeparableConv withDilation(int dilation) {
    return withGeometry(geometry.withDilation(geometry.axes() == 1 ? 1 : dilation, dilation));
  }

  /// The same layer under a chosen name.
  public SeparableConv named(String newName) {
    return new SeparableConv(filters, multiplier, geometry, affine, newName);
  }

  @Override
  public SeparableConv withAffine(Affine newAffine) {
    return new SeparableConv(filters, multiplier, geometry, newAffine, name);
  }

  @Override
  public SeparableConv withGeometry(Geometry newGeometry) {
    return new SeparableConv(filters, multiplier, newGeometry, affine, name);
  }

  @Override
  public String stem() {
    return "separable_conv" + geometry.axes() + "d";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value images = geometry.images(net, x);
    int channels = x.shape().dim(-1);
    Value spatial = affine.kernel(net, "depthwise_kernel", geometry.kernel(channels, multiplier));
    Geometry one = geometry.axes() == 1 ? Geometry.over1D(1) : Geometry.over2D(1, 1);
    Value mixing = affine.kernel(net, "pointwise_kernel", one.kernel(channels * multiplier, filters));
    Value middle = DepthwiseConv.depthwise(b, geometry, images, spatial, multiplier);
    Value w = b.reshape(mixing, Shape.of(1, 1, channels * multiplier, filters));
    return affine.finish(net, geometry.unpack(b, b.conv2d(middle, w, one.window(middle), 1)));
  }
}
