package org.burin.fixed;

/// Rounding and overflow: the only code in Burin that brings a number onto a fixed-point grid.
public final class FixedMath {
  private FixedMath() {}

  /// The number of type `type` that `x` becomes. Exact in double for types of up to 53 bits; NaN becomes 0.
  ///
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static double quantize(double x, FixedType type) {
    if (type.width() > 53) {
      throw new IllegalArgumentException(type + " has more bits than the 53 that a double holds exactly");
    }
    if (Double.isNaN(x)) {
      return 0;
    }
    double scaled = Math.scalb(x, type.fraction());
    // A scaled number may vanish, yet its sign decides where TRN takes it.
    double raw = round(scaled == 0 && x != 0 ? Math.copySign(Double.MIN_VALUE, x) : scaled, type.rounding());
    return Math.scalb(bound(raw, type), -type.fraction());
  }

  private static double round(double v, Rounding rounding) {
    double floor = Math.floor(v);
    if (v == floor) {
      return v;
    }
    double up = floor + 1;
    boolean half = v == floor + 0.5;
    double nearest = v < floor + 0.5 ? floor : up;
    return switch (rounding) {
      case TRN -> floor;
      case TRN_ZERO -> v < 0 ? up : floor;
      case RND -> half ? up : nearest;
      case RND_ZERO -> half ? (v < 0 ? up : floor) : nearest;
      case RND_INF -> half ? (v < 0 ? floor : up) : nearest;
      case RND_MIN_INF -> half ? floor : nearest;
      case RND_CONV -> half ? Math.rint(v) : nearest;
      case RND_CONV_ODD -> half ? (Math.rint(v) == floor ? up : floor) : nearest;
    };
  }

  private static double bound(double raw, FixedType type) {
    double span = Math.scalb(1.0, type.width());
    double max = (type.signed() ? span / 2 : span) - 1;
    double min = type.signed() ? -span / 2 : 0;
    double low = type.signed() && type.overflow() == Overflow.SAT_SYM ? -max : min;
    if (raw >= low && raw <= max) {
      return raw + 0.0;
    }
    return switch (type.overflow()) {
      case SAT, SAT_SYM -> raw < 0 ? low + 0.0 : max;
      case SAT_ZERO -> 0;
      case WRAP -> Double.isInfinite(raw) ? 0 : wrap(raw, min, max, span);
    };
  }

  /// The remainder is exact where a quotient would round.
  private static double wrap(double raw, double min, double max, double span) {
    double rest = raw % span;
    return (rest < min ? rest + span : rest > max ? rest - span : rest) + 0.0;
  }
}
