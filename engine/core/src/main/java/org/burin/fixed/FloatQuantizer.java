package org.burin.fixed;

/// [FixedMath] for arrays of float, as loops that the JIT compiler turns into SIMD code.
///
/// They compute in double. The product of a float and a power of two is exact there, and its 24 significant bits leave
/// room to add a half exactly wherever that half matters. A rounded number is a float again: below 2^24 because it is
/// whole, above because nothing was rounded.
final class FloatQuantizer {
  /// A float times a power of two of up to this exponent is a normal double.
  private static final int MAX_FRACTION = 800;

  /// Raw integers of this many bits are ints, unsigned ones too.
  private static final int MAX_WIDTH = 31;

  private FloatQuantizer() {}

  /// Quantizes if the type is one of those for which there are loops; else does nothing and returns false.
  static boolean quantize(float[] x, int xOffset, float[] y, int yOffset, int n, FixedType type) {
    if (type.width() > MAX_WIDTH || Math.abs(type.fraction()) > MAX_FRACTION || type.rounding() == Rounding.RND_CONV_ODD
        || type.overflow() == Overflow.SAT_ZERO) {
      return false;
    }
    round(x, xOffset, y, yOffset, n, Math.scalb(1.0, type.fraction()), type.rounding());
    double step = Math.scalb(1.0, -type.fraction());
    if (type.overflow() == Overflow.WRAP) {
      wrap(y, yOffset, n, (double) type.minRaw(), Math.scalb(1.0, type.width()), step);
    } else {
      saturate(y, yOffset, n, (double) type.minRaw(), (double) type.maxRaw(), step);
    }
    return true;
  }

  /// Multiplies by `scale` and rounds to whole numbers.
  private static void round(float[] x, int xOffset, float[] y, int yOffset, int n, double scale, Rounding rounding) {
    switch (rounding) {
      case TRN -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = (float) Math.floor(x[xOffset + i] * scale);
        }
      }
      case TRN_ZERO -> {
        for (int i = 0; i < n; i++) {
          double v = x[xOffset + i] * scale;
          y[yOffset + i] = (float) Math.copySign(Math.floor(Math.abs(v)), v);
        }
      }
      case RND -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = (float) Math.floor(x[xOffset + i] * scale + 0.5);
        }
      }
      case RND_ZERO -> {
        for (int i = 0; i < n; i++) {
          double v = x[xOffset + i] * scale;
          y[yOffset + i] = (float) Math.copySign(Math.ceil(Math.abs(v) - 0.5), v);
        }
      }
      case RND_INF -> {
        for (int i = 0; i < n; i++) {
          double v = x[xOffset + i] * scale;
          y[yOffset + i] = (float) Math.copySign(Math.floor(Math.abs(v) + 0.5), v);
        }
      }
      case RND_MIN_INF -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = (float) Math.ceil(x[xOffset + i] * scale - 0.5);
        }
      }
      case RND_CONV -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = (float) Math.rint(x[xOffset + i] * scale);
        }
      }
      case RND_CONV_ODD -> throw new AssertionError("has no loop");
    }
  }

  // In both, the conversion to int makes 0 of NaN and +0 of -0.

  private static void saturate(float[] y, int offset, int n, double low, double high, double step) {
    for (int i = 0; i < n; i++) {
      int raw = (int) Math.max(low, Math.min(high, y[offset + i]));
      y[offset + i] = (float) (raw * step);
    }
  }

  /// A number with bits too high for a double to hold a sum with `low` exactly has none of those that are kept; an
  /// infinity becomes NaN.
  private static void wrap(float[] y, int offset, int n, double low, double span, double step) {
    for (int i = 0; i < n; i++) {
      double v = y[offset + i];
      int raw = (int) (v - span * Math.floor((v - low) / span));
      y[offset + i] = (float) (raw * step);
    }
  }

  /// Quantizes each number to a type of its own if there is a loop for it; else does nothing and returns false.
  ///
  /// @param integer the integer bits of each type, the sign included
  /// @param fraction the fractional bits of each type
  static boolean quantizeEach(float[] x, int xOffset, float[] integer, int integerOffset, float[] fraction,
      int fractionOffset, float[] y, int yOffset, int n, boolean signed, Rounding rounding, Overflow overflow) {
    boolean nearest = rounding == Rounding.RND;
    if ((!nearest && rounding != Rounding.TRN) || (overflow != Overflow.SAT && overflow != Overflow.SAT_SYM)) {
      return false;
    }
    float widest = 0;
    float finest = 0;
    for (int i = 0; i < n; i++) {
      float f = fraction[fractionOffset + i];
      widest = Math.max(widest, integer[integerOffset + i] + f);
      finest = Math.max(finest, Math.abs(f));
    }
    if (!(widest <= MAX_WIDTH && finest <= MAX_FRACTION)) {
      return false;
    }
    double half = nearest ? 0.5 : 0;
    int sign = signed ? 1 : 0;
    boolean symmetric = !signed || overflow == Overflow.SAT_SYM;
    for (int i = 0; i < n; i++) {
      int f = (int) fraction[fractionOffset + i];
      int width = (int) integer[integerOffset + i] + f;
      // No bits leave 0 alone; so do the shifts below.
      double high = (double) ((1L << Math.max(0, width - sign)) - 1);
      double low = symmetric ? -high * sign : -(double) ((1L << Math.max(0, width)) >> 1);
      double whole = Math.floor(x[xOffset + i] * powerOfTwo(f) + half);
      int raw = (int) Math.max(low, Math.min(high, whole));
      y[yOffset + i] = (float) (raw * powerOfTwo(-f));
    }
    return true;
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((1023L + exponent) << 52);
  }
}
