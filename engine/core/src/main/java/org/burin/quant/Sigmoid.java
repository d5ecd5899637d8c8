package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// The sigmoid inside a quantizer. QKeras chooses it globally (`set_internal_sigmoid`), here it is an option.
public enum Sigmoid {
  /// `clip(x / 2 + 1/2, 0, 1)`: QKeras' default, not Keras' hard sigmoid
  HARD,
  /// `clip(3x / 16 + 1/2, 0, 1)`
  SMOOTH,
  /// `1 / (1 + e^-x)`
  REAL;

  /// The sigmoid of numbers. At the ends of the linear part the gradient is that of the linear part.
  public Value of(GraphBuilder b, Value x) {
    return switch (this) {
      case HARD -> linear(b, x, 0.5f);
      case SMOOTH -> linear(b, x, 0.1875f);
      case REAL -> b.unary(UnaryFn.SIGMOID, x);
    };
  }

  private static Value linear(GraphBuilder b, Value x, float slope) {
    return Surrogates.clip(b, b.add(b.scale(x, slope), b.constant(0.5f)), 0f, 1f);
  }
}
