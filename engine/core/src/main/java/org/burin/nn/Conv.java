package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Convolution of images `[N,H,W,C]` or sequences `[N,T,C]`: `activation(x * kernel + bias)`.
///
/// The kernel is `[kernelH,kernelW,C/groups,filters]`, for sequences `[kernel,C/groups,filters]`.
///
/// @param filters channels of the result, at least 1
/// @param geometry window, stride, padding, dilation
/// @param groups number of groups of channels that do not see each other
/// @param affine kernel, bias and activation
/// @param name its name, or empty for an automatic one
public record Conv(int filters, Geometry geometry, int groups, Affine affine, String name)
    implements AffineLayer<Conv>, WindowLayer<Conv> {
  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException when filters or groups are below 1 or groups do not divide the filters
  public Conv {
    Options.atLeast(1, filters, "Conv", name, "filters");
    Options.atLeast(1, groups, "Conv", name, "groups");
    if (filters % groups != 0) {
      throw Options.invalid("Conv", name, "groups must divide the filters, found " + groups + " and " + filters);
    }
  }

  /// A convolution of sequences: stride 1, no padding.
  public static Conv of1D(int filters, int kernel) {
    return new Conv(filters, Geometry.over1D(kernel), 1, Affine.DEFAULT, "");
  }

  /// A convolution of images with a square window: stride 1, no padding.
  public static Conv of2D(int filters, int kernel) {
    return of2D(filters, kernel, kernel);
  }

  /// A convolution of images: stride 1, no padding.
  public static Conv of2D(int filters, int kernelH, int kernelW) {
    return new Conv(filters, Geometry.over2D(kernelH, kernelW), 1, Affine.DEFAULT, "");
  }

  /// The same layer with channels in groups.
  public Conv withGroups(int newGroups) {
    return new Conv(filters, geometry, newGroups, affine, name);
  }

  /// The same layer with a distance between the window's taps, along every axis.
  public Conv withDilation(int dilation) {
    return withGeometry(geometry.withDilation(geometry.axes() == 1 ? 1 : dilation, dilation));
  }

  /// The same layer under a chosen name.
  public Conv named(String newName) {
    return new Conv(filters, geometry, groups, affine, newName);
  }

  @Override
  public Conv withAffine(Affine newAffine) {
    return new Conv(filters, geometry, groups, newAffine, name);
  }

  @Override
  public Conv withGeometry(Geometry newGeometry) {
    return new Conv(filters, newGeometry, groups, affine, name);
  }

  @Override
  public String stem() {
    return "conv" + geometry.axes() + "d";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value images = geometry.images(net, x);
    int channels = x.shape().dim(-1);
    if (channels % groups != 0) {
      throw net.problem("groups must divide the channels, found " + groups + " and " + channels + " of shape "
          + x.shape());
    }
    Value kernel = affine.kernel(net, geometry.kernel(channels / groups, filters));
    Value w = b.reshape(kernel, Shape.of(geometry.kernelH(), geometry.kernelW(), channels / groups, filters));
    Value y = b.conv2d(images, w, geometry.window(images), groups);
    return affine.finish(net, geometry.unpack(b, y));
  }
}
