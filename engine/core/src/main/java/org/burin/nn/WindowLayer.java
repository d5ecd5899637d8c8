package org.burin.nn;

/// A layer whose window walks over images or sequences, with the options of [Geometry].
///
/// @param <L> the layer's own type
public interface WindowLayer<L extends WindowLayer<L>> extends Layer {
  /// The window and its way.
  Geometry geometry();

  /// The same layer with another window.
  L withGeometry(Geometry geometry);

  /// The same layer with a step between windows, along every axis.
  default L withStride(int stride) {
    return withGeometry(geometry().withStride(geometry().axes() == 1 ? 1 : stride, stride));
  }

  /// The same layer with steps between windows along height and width of images.
  default L withStride(int height, int width) {
    return withGeometry(geometry().withStride(height, width));
  }

  /// The same layer with another padding.
  default L withPadding(Padding padding) {
    return withGeometry(geometry().withPadding(padding));
  }
}
