package org.burin.fixed;

/// Rounding and overflow: the only code in Burin that brings a number onto a fixed-point grid.
///
/// Every number, be it an integer, a quotient or a double, is taken apart into the whole number below it, in units of
/// the type's last bit, and how far it lies above that one; [#up] decides where it goes and [#fit] keeps it in the
/// range. The array form repeats this with float arithmetic that is exact for types of up to 24 bits.
public final class FixedMath {
  // How far a number lies above the whole number below it: twice the bit worth a half, and 1 if anything lies below
  // that.
  private static final int EXACT = 0;
  private static final int BELOW_HALF = 1;
  private static final int HALF = 2;
  private static final int ABOVE_HALF = 3;

  private static final int EXPONENT_MASK = 0x7ff;
  private static final long MANTISSA_MASK = (1L << 52) - 1;

  private FixedMath() {}

  /// The raw integer of type `to` that `raw * 2^-fromFraction` becomes. That of an unsigned type of 64 bits is the bit
  /// pattern of an unsigned long.
  public static long quantize(long raw, int fromFraction, FixedType to) {
    return shift(raw, raw < 0, (long) to.fraction() - fromFraction, to.signed(), to.width(), to.rounding(),
        to.overflow());
  }

  /// The raw integer of type `to` that `raw * 2^-fromFraction` becomes, where `raw` is an unsigned long.
  public static long quantizeUnsigned(long raw, int fromFraction, FixedType to) {
    return shift(raw, false, (long) to.fraction() - fromFraction, to.signed(), to.width(), to.rounding(),
        to.overflow());
  }

  /// The raw integer of type `to` that the exact quotient `dividend / divisor * 2^-fraction` becomes.
  ///
  /// @throws IllegalArgumentException when the divisor is not positive
  public static long quotient(long dividend, long divisor, int fraction, FixedType to) {
    if (divisor <= 0) {
      throw new IllegalArgumentException("a divisor is positive, found " + divisor);
    }
    long whole = Math.floorDiv(dividend, divisor);
    long rest = Math.floorMod(dividend, divisor);
    long shift = (long) to.fraction() - fraction;
    boolean negative = dividend < 0;
    boolean beyond = false;
    int above;
    if (shift < 0) {
      above = dropped(whole, negative, -shift, rest != 0);
      whole = shiftRight(whole, negative, -shift);
    } else {
      for (; shift > 0 && rest != 0; shift--) {
        beyond |= losesTopBit(whole, negative, 1);
        rest <<= 1;
        // Both are below 2^64.
        boolean one = Long.compareUnsigned(rest, divisor) >= 0;
        whole = (whole << 1) + (one ? 1 : 0);
        rest -= one ? divisor : 0;
      }
      beyond |= losesTopBit(whole, negative, shift);
      whole = shift < 64 ? whole << shift : 0;
      int side = Integer.signum(Long.compareUnsigned(rest << 1, divisor));
      above = rest == 0 ? EXACT : HALF + side;
    }
    return settle(whole, negative, beyond, above, to.signed(), to.width(), to.rounding(), to.overflow());
  }

  /// The raw integer of type `to` that `x` becomes; that of an unsigned type of 64 bits is the bit pattern of an
  /// unsigned long. Infinities are beyond every range: they saturate, and are 0 where the type wraps. NaN becomes 0.
  public static long fromDouble(double x, FixedType to) {
    return fromDouble(x, to.signed(), to.width(), to.fraction(), to.rounding(), to.overflow());
  }

  private static long fromDouble(
      double x, boolean signed, int width, long fraction, Rounding rounding, Overflow overflow) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) & EXPONENT_MASK;
    long mantissa = bits & MANTISSA_MASK;
    boolean negative = bits < 0;
    if (exponent == EXPONENT_MASK) {
      return mantissa != 0 ? 0 : fit(0, negative, true, signed, width, overflow);
    }
    if (exponent != 0) {
      mantissa |= MANTISSA_MASK + 1;
      exponent--;
    }
    long raw = negative ? -mantissa : mantissa;
    return shift(raw, raw < 0, exponent - 1074 + fraction, signed, width, rounding, overflow);
  }

  /// The number with this raw integer: exact up to 53 bits, above that the nearest double.
  public static double toDouble(long raw, FixedType type) {
    return toDouble(raw, type.signed(), type.fraction());
  }

  private static double toDouble(long raw, boolean signed, int fraction) {
    // An unsigned number of 64 bits is halved; the bit that drops out still tells a tie from what lies above it.
    double whole = signed || raw >= 0 ? (double) raw : 2 * (double) ((raw >>> 1) | (raw & 1));
    return fraction >= -1000 && fraction <= 1000 ? whole * powerOfTwo(-fraction) : Math.scalb(whole, -fraction);
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((1023L + exponent) << 52);
  }

  /// The number of type `type` that `x` becomes. Exact in double for types of up to 53 bits; NaN becomes 0.
  ///
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static double quantize(double x, FixedType type) {
    return quantize(x, type.signed(), type.width(), type.fraction(), type.rounding(), type.overflow());
  }

  /// The number that `x` becomes in a type given by its parts. NaN becomes 0; with no bits (`width <= 0`) every number
  /// does.
  ///
  /// @param width the number of bits, up to 53
  /// @param fraction the number of bits right of the binary point
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static double quantize(
      double x, boolean signed, int width, int fraction, Rounding rounding, Overflow overflow) {
    if (width > 53) {
      throw new IllegalArgumentException("a type of " + width + " bits, " + fraction
          + " of them right of the binary point, has more than the 53 that a double holds exactly");
    }
    return width <= 0 ? 0
        : toDouble(fromDouble(x, signed, width, fraction, rounding, overflow), signed, fraction);
  }

  /// `n` numbers brought to `type`, each as [#quantize(double, FixedType)] brings it and then as the nearest float. The
  /// arrays may be the same one at the same offset. Allocates nothing.
  ///
  /// @throws IllegalArgumentException when the type is wider than 53 bits
  public static void quantize(float[] x, int xOffset, float[] y, int yOffset, int n, FixedType type) {
    if (!FloatQuantizer.quantize(x, xOffset, y, yOffset, n, type)) {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = (float) quantize(x[xOffset + i], type);
      }
    }
  }

  /// `n` numbers, each brought to a type of its own as
  /// [#quantize(double, boolean, int, int, Rounding, Overflow)] brings it and then as the nearest float. The result may lie
  /// where one of the operands is. Allocates nothing.
  ///
  /// @param integer whole numbers: the integer bits of each type, the sign included
  /// @param fraction whole numbers: the fractional bits of each type
  /// @throws IllegalArgumentException when a type is wider than 53 bits
  public static void quantizeEach(float[] x, int xOffset, float[] integer, int integerOffset, float[] fraction,
      int fractionOffset, float[] y, int yOffset, int n, boolean signed, Rounding rounding, Overflow overflow) {
    if (!FloatQuantizer.quantizeEach(x, xOffset, integer, integerOffset, fraction, fractionOffset, y, yOffset, n, signed,
        rounding, overflow)) {
      for (int i = 0; i < n; i++) {
        int bits = (int) fraction[fractionOffset + i];
        int width = (int) integer[integerOffset + i] + bits;
        y[yOffset + i] = (float) quantize(x[xOffset + i], signed, width, bits, rounding, overflow);
      }
    }
  }

  // ---- integers -------------------------------------------------------------------------------------------------
  //
  // An integer is 64 bits and whether it is negative: two's complement if it is, else an unsigned long, so that all
  // numbers from -2^63 to 2^64-1 have a form. One that lies `beyond` is represented by its low 64 bits.

  /// Brings `raw * 2^shift`, in units of the type's last bit, to the type.
  private static long shift(long raw, boolean negative, long shift, boolean signed, int width, Rounding rounding,
      Overflow overflow) {
    if (shift < 0) {
      int above = dropped(raw, negative, -shift, false);
      return settle(shiftRight(raw, negative, -shift), negative, false, above, signed, width, rounding, overflow);
    }
    return fit(shift < 64 ? raw << shift : 0, negative, losesTopBit(raw, negative, shift), signed, width, overflow);
  }

  private static boolean losesTopBit(long raw, boolean negative, long bits) {
    if (bits >= 64) {
      return raw != 0;
    }
    return (negative ? (raw << bits) >> bits : (raw << bits) >>> bits) != raw;
  }

  private static long shiftRight(long raw, boolean negative, long bits) {
    return negative ? raw >> Math.min(bits, 63) : bits < 64 ? raw >>> bits : 0;
  }

  /// How far a number lies above what a shift to the right by `bits > 0` leaves of it.
  ///
  /// @param more whether the number is in fact a little larger than `raw`
  private static int dropped(long raw, boolean negative, long bits, boolean more) {
    if (bits > 64) {
      return negative ? ABOVE_HALF : raw == 0 && !more ? EXACT : BELOW_HALF;
    }
    long rest = (bits == 64 ? raw : raw << (64 - bits)) | (more ? 1 : 0);
    return (rest < 0 ? HALF : 0) + (rest << 1 != 0 ? BELOW_HALF : 0);
  }

  private static long settle(long floor, boolean negative, boolean beyond, int above, boolean signed, int width,
      Rounding rounding, Overflow overflow) {
    if (!up(rounding, above, (floor & 1) != 0, negative)) {
      return fit(floor, negative, beyond, signed, width, overflow);
    }
    // A step from the number just below 0, or from the largest one.
    boolean crosses = floor == -1;
    return fit(floor + 1, negative && (beyond || !crosses), beyond || (crosses && !negative), signed, width, overflow);
  }

  /// Whether a number goes to the whole number above it rather than to the one below.
  ///
  /// @param above how far it lies above the one below
  /// @param odd whether the one below is odd
  private static boolean up(Rounding rounding, int above, boolean odd, boolean negative) {
    return switch (rounding) {
      case TRN -> false;
      case TRN_ZERO -> above != EXACT && negative;
      case RND -> above >= HALF;
      case RND_ZERO -> above > HALF || (above == HALF && negative);
      case RND_INF -> above > HALF || (above == HALF && !negative);
      case RND_MIN_INF -> above > HALF;
      case RND_CONV -> above > HALF || (above == HALF && odd);
      case RND_CONV_ODD -> above > HALF || (above == HALF && !odd);
    };
  }

  private static long fit(long raw, boolean negative, boolean beyond, boolean signed, int width, Overflow overflow) {
    long max = signed ? ~(-1L << (width - 1)) : -1L >>> (64 - width);
    long low = !signed ? 0 : overflow == Overflow.SAT_SYM ? -max : -max - 1;
    if (!beyond && (negative ? raw >= low : Long.compareUnsigned(raw, max) <= 0)) {
      return raw;
    }
    return switch (overflow) {
      case SAT, SAT_SYM -> negative ? low : max;
      case SAT_ZERO -> 0;
      case WRAP -> signed ? (raw << (64 - width)) >> (64 - width) : raw & max;
    };
  }
}
