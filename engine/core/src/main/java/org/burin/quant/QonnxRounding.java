package org.burin.quant;

import java.util.Arrays;
import java.util.Locale;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// The rounding modes of QONNX operators.
public enum QonnxRounding {
  /// to nearest, halves to even; also called `HALF_EVEN`
  ROUND,
  /// to nearest, halves **away from zero** (`rnd_inf`, not `rnd`)
  HALF_UP,
  /// to nearest, halves toward zero
  HALF_DOWN,
  /// toward positive infinity
  CEIL,
  /// toward negative infinity
  FLOOR,
  /// away from zero
  UP,
  /// toward zero
  DOWN;

  /// The mode of this name, in upper or lower case.
  ///
  /// @throws IllegalArgumentException when there is none; the text lists those that there are
  public static QonnxRounding parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.equals("HALF_EVEN")) {
      return ROUND;
    }
    for (QonnxRounding mode : values()) {
      if (mode.name().equals(upper)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("unknown rounding mode '" + name + "'; known are " + Arrays.toString(values())
        + " and HALF_EVEN, which is ROUND");
  }

  /// Whole numbers of a type that holds them.
  ///
  /// @param signed whether the type has a sign
  /// @param width its bits
  Value whole(GraphBuilder b, Value v, boolean signed, int width) {
    Value directed = switch (this) {
      case CEIL -> b.unary(UnaryFn.CEIL, v);
      case UP -> b.mul(b.unary(UnaryFn.SIGN, v), b.unary(UnaryFn.CEIL, b.unary(UnaryFn.ABS, v)));
      case ROUND, HALF_UP, HALF_DOWN, FLOOR, DOWN -> v;
    };
    return b.quantize(directed, new FixedType(signed, width, width, fixed(), Overflow.SAT));
  }

  /// The fixed-point mode, for whole numbers any where there is none.
  private Rounding fixed() {
    return switch (this) {
      case ROUND -> Rounding.RND_CONV;
      case HALF_UP -> Rounding.RND_INF;
      case HALF_DOWN -> Rounding.RND_ZERO;
      case FLOOR, CEIL, UP -> Rounding.TRN;
      case DOWN -> Rounding.TRN_ZERO;
    };
  }
}
