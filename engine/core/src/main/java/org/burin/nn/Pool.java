package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;

/// Pooling: the largest element, or the mean, of each window, channel by channel. The mean does not count padding.
///
/// @param kind which of the two
/// @param geometry window, stride and padding
/// @param name its name, or empty for an automatic one
public record Pool(Kind kind, Geometry geometry, String name) implements WindowLayer<Pool> {
  /// What becomes of a window.
  public enum Kind {
    /// its largest element
    MAX,
    /// its mean
    AVERAGE
  }

  /// Checks the options.
  ///
  /// @throws IllegalArgumentException when the window is dilated
  public Pool {
    if (geometry.dilationH() != 1 || geometry.dilationW() != 1) {
      throw Options.invalid("Pool", name, "windows are not dilated, found " + geometry);
    }
  }

  /// The largest of each window of a sequence; windows side by side, no padding.
  public static Pool max1D(int size) {
    return new Pool(Kind.MAX, Geometry.over1D(size).withStride(1, size), "");
  }

  /// The largest of each square window of an image; windows side by side, no padding.
  public static Pool max2D(int size) {
    return max2D(size, size);
  }

  /// The largest of each window of an image; windows side by side, no padding.
  public static Pool max2D(int height, int width) {
    return new Pool(Kind.MAX, Geometry.over2D(height, width).withStride(height, width), "");
  }

  /// The mean of each window of a sequence; windows side by side, no padding.
  public static Pool average1D(int size) {
    return new Pool(Kind.AVERAGE, Geometry.over1D(size).withStride(1, size), "");
  }

  /// The mean of each square window of an image; windows side by side, no padding.
  public static Pool average2D(int size) {
    return average2D(size, size);
  }

  /// The mean of each window of an image; windows side by side, no padding.
  public static Pool average2D(int height, int width) {
    return new Pool(Kind.AVERAGE, Geometry.over2D(height, width).withStride(height, width), "");
  }

  /// The same layer under a chosen name.
  public Pool named(String newName) {
    return new Pool(kind, geometry, newName);
  }

  @Override
  public Pool withGeometry(Geometry newGeometry) {
    return new Pool(kind, newGeometry, name);
  }

  @Override
  public String stem() {
    return switch (kind) {
      case MAX -> "max_pooling" + geometry.axes() + "d";
      case AVERAGE -> "average_pooling" + geometry.axes() + "d";
    };
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value images = geometry.images(net, x);
    Value y = switch (kind) {
      case MAX -> b.maxPool2d(images, geometry.kernelH(), geometry.kernelW(), geometry.window(images));
      case AVERAGE -> b.averagePool2d(images, geometry.kernelH(), geometry.kernelW(), geometry.window(images));
    };
    return geometry.unpack(b, y);
  }
}
