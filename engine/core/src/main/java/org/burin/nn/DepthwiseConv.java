package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Convolution of every channel on its own, each giving `multiplier` channels: `activation(x * kernel + bias)`.
///
/// The kernel is `[kernelH,kernelW,C,multiplier]`, for sequences `[kernel,C,multiplier]`; channel `c` gives the
/// channels `c * multiplier` to `(c + 1) * multiplier - 1`.
///
/// @param multiplier channels of the result per channel of the input, at least 1
/// @param geometry window, stride, padding, dilation
/// @param affine kernel, bias and activation
/// @param name its name, or empty for an automatic one
public record DepthwiseConv(int multiplier, Geometry geometry, Affine affine, String name)
    implements AffineLayer<DepthwiseConv>, WindowLayer<DepthwiseConv> {
  /// Checks the multiplier.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public DepthwiseConv {
    Options.atLeast(1, multiplier, "DepthwiseConv", name, "multiplier");
  }

  /// A depthwise convolution of sequences: multiplier 1, stride 1, no padding.
  public static DepthwiseConv of1D(int kernel) {
    return new DepthwiseConv(1, Geometry.over1D(kernel), Affine.DEFAULT, "");
  }

  /// A depthwise convolution of images with a square window: multiplier 1, stride 1, no padding.
  public static DepthwiseConv of2D(int kernel) {
    return of2D(kernel, kernel);
  }

  /// A depthwise convolution of images: multiplier 1, stride 1, no padding.
  public static DepthwiseConv of2D(int kernelH, int kernelW) {
    return new DepthwiseConv(1, Geometry.over2D(kernelH, kernelW), Affine.DEFAULT, "");
  }

  /// The same layer with another multiplier.
  public DepthwiseConv withMultiplier(int newMultiplier) {
    return new DepthwiseConv(newMultiplier, geometry, affine, name);
  }

  /// The same layer with a distance between the window's taps, along every axis.
  public DepthwiseConv withDilation(int dilation) {
    return withGeometry(geometry.withDilation(geometry.axes() == 1 ? 1 : dilation, dilation));
  }

  /// The same layer under a chosen name.
  public DepthwiseConv named(String newName) {
    return new DepthwiseConv(multiplier, geometry, affine, newName);
  }

  @Override
  public DepthwiseConv withAffine(Affine newAffine) {
    return new DepthwiseConv(multiplier, geometry, newAffine, name);
  }

  @Override
  public DepthwiseConv withGeometry(Geometry newGeometry) {
    return new DepthwiseConv(multiplier, newGeometry, affine, name);
  }

  @Override
  public String stem() {
    return "depthwise_conv" + geometry.axes() + "d";
  }

  @Override
  public Value build(Net net, Value x) {
    Value images = geometry.images(net, x);
    Value kernel = affine.kernel(net, geometry.kernel(x.shape().dim(-1), multiplier));
    Value y = depthwise(net.graph(), geometry, images, kernel, multiplier);
    return affine.finish(net, geometry.unpack(net.graph(), y));
  }

  /// Convolution of images in as many groups as they have channels.
  static Value depthwise(GraphBuilder b, Geometry geometry, Value images, Value kernel, int multiplier) {
    int channels = images.shape().dim(-1);
    Value w = b.reshape(kernel, Shape.of(geometry.kernelH(), geometry.kernelW(), 1, channels * multiplier));
    return b.conv2d(images, w, geometry.window(images), channels);
  }
}
