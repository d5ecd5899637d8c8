package org.burin.ir;

import org.burin.tensor.Shape;

/// What is known of a value before anything runs: float32 numbers of a shape. Printed `f32[N,16]`.
///
/// @param shape the extents; one may be the open batch size
public record TensorType(Shape shape) {
  /// Reads the printed form.
  ///
  /// @throws IllegalArgumentException when the text has another form
  public static TensorType parse(String text) {
    if (!text.startsWith("f32[")) {
      throw new IllegalArgumentException("expected a type such as f32[N,16], found '" + text + "'");
    }
    return new TensorType(Shape.parse(text.substring(3)));
  }

  @Override
  public String toString() {
    return "f32" + shape;
  }
}
