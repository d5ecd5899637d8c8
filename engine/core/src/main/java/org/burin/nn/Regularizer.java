package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// A penalty on the size of weights, `l1 * sum(|w|) + l2 * sum(w^2)`, added to the loss while training.
///
/// @param l1 factor of the sum of absolute values, at least 0
/// @param l2 factor of the sum of squares, at least 0
public record Regularizer(float l1, float l2) {
  /// No penalty.
  public static final Regularizer NONE = new Regularizer(0f, 0f);

  /// Checks the factors.
  ///
  /// @throws IllegalArgumentException when one is negative or not finite
  public Regularizer {
    if (!(l1 >= 0f && l2 >= 0f && l1 + l2 < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "regularizer factors must be finite and not negative, found l1=" + l1 + ", l2=" + l2);
    }
  }

  /// `factor * sum(|w|)`.
  public static Regularizer l1(float factor) {
    return new Regularizer(factor, 0f);
  }

  /// `factor * sum(w^2)`.
  public static Regularizer l2(float factor) {
    return new Regularizer(0f, factor);
  }

  /// The penalty for these weights, a scalar.
  Value of(GraphBuilder b, Value w) {
    if (l2 == 0f) {
      return b.scale(b.sum(b.unary(UnaryFn.ABS, w)), l1);
    }
    Value square = b.scale(b.sum(b.unary(UnaryFn.SQUARE, w)), l2);
    return l1 == 0f ? square : b.add(b.scale(b.sum(b.unary(UnaryFn.ABS, w)), l1), square);
  }
}
