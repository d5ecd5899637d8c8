package org.burin.fixed;

/// Rounding and overflow: the only code in Burin that brings a number onto a fixed-point grid.
public final class FixedMath {
  private FixedMath() {}

  /// The number of type `type` that `x` becomes. Exact in double for types of up to 53 bits; NaN becomes 0.
  ///
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static double quantize(double x, FixedType type) {
    return quantize(x, type.signed(), type.width(), type.fraction(), type.rounding(), type.overflow());
  }

  /// The number that `x` becomes in a type of `width` bits, `fraction` of them right of the binary point; 0 for a type
  /// without bits (`width <= 0`). Exact in double for up to 53 bits; NaN becomes 0.
  ///
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static double quantize(
      double x, boolean signed, int width, int fraction, Rounding rounding, Overflow overflow) {
    if (width > 53) {
      throw new IllegalArgumentException("a type of " + width + " bits, " + fraction
          + " of them right of the binary point, has more than the 53 that a double holds exactly");
    }
    if (Double.isNaN(x) || width <= 0) {
      return 0;
    }
    double scaled = Math.scalb(x, fraction);
    // A scaled number may vanish, yet its sign decides where TRN takes it.
    double raw = round(scaled == 0 && x != 0 ? Math.copySign(Double.MIN_VALUE, x) : scaled, rounding);
    return Math.scalb(bound(raw, signed, width, overflow), -fraction);
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

  private static double bound(double raw, boolean signed, int width, Overflow overflow) {
    double span = Math.scalb(1.0, width);
    double max = (signed ? span / 2 : span) - 1;
    double min = signed ? -span / 2 : 0;
    double low = signed && overflow == Overflow.SAT_SYM ? -max : min;
    if (raw >= low && raw <= max) {
      return raw + 0.0;
    }
    return switch (overflow) {
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
