package org.burin.compat;

import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.jspecify.annotations.Nullable;

/// The types that hls4ml infers where a configuration says `auto` (its pass `infer_precision`): from the operands'
/// types, never from the numbers.
///
/// @param maximum the largest width and number of integer bits, each for itself; null if there is none
record AutoPrecision(@Nullable FixedType maximum) {
  /// Of a sum of `terms` products and a bias.
  FixedType product(FixedType x, FixedType weight, FixedType bias, int terms) {
    int growth = log2(terms);
    boolean signed = x.signed() || weight.signed();
    int integer = x.integer() + weight.integer() + growth;
    return plus(signed, integer, x.fraction() + weight.fraction(), bias);
  }

  /// Of a product and a bias.
  FixedType scaled(FixedType x, FixedType scale, FixedType bias) {
    return plus(x.signed() || scale.signed(), x.integer() + scale.integer(), x.fraction() + scale.fraction(), bias);
  }

  private FixedType plus(boolean signed, int integer, int fraction, FixedType bias) {
    int sum = Math.max(
        integer + (bias.signed() && !signed ? 1 : 0), bias.integer() + (signed && !bias.signed() ? 1 : 0)) + 1;
    return limited(signed || bias.signed(), sum, Math.max(fraction, bias.fraction()));
  }

  /// Of the function of two values.
  FixedType merged(HlsLayer.Merge.Operation operation, FixedType a, FixedType b) {
    return switch (operation) {
      case ADD, AVERAGE -> plus(a.signed(), a.integer(), a.fraction(), b);
      case SUBTRACT -> {
        FixedType sum = a.subtract(b);
        yield limited(true, sum.integer(), sum.fraction());
      }
      case MULTIPLY -> limited(a.signed() || b.signed(), a.integer() + b.integer(), a.fraction() + b.fraction());
      case MAXIMUM, MINIMUM -> a.equals(b) ? a : a.union(b);
    };
  }

  /// Of the values joined: the modes are those of the first that has any.
  FixedType joined(FixedType a, FixedType b) {
    if (a.equals(b)) {
      return a;
    }
    FixedType union = a.union(b);
    Rounding rounding = a.rounding() != Rounding.TRN ? a.rounding() : b.rounding();
    Overflow overflow = a.overflow() != Overflow.WRAP ? a.overflow() : b.overflow();
    return limited(union.signed(), union.integer(), union.fraction()).with(rounding, overflow);
  }

  /// Of a scalar product.
  FixedType dot(FixedType a, FixedType b, int terms) {
    return limited(a.signed() || b.signed(), a.integer() + b.integer() + log2(terms), a.fraction() + b.fraction());
  }

  /// Of the sum of a pooling window's numbers, with room for the mean's fraction.
  FixedType mean(FixedType x, int size) {
    int bits = log2(size);
    return new FixedType(
        x.signed(), x.width() + 2 * bits, x.integer() + bits, Rounding.TRN, Overflow.WRAP);
  }

  /// Of a constant: as few bits as hold it, but no more than 8 beside the sign.
  static FixedType constant(double value) {
    if (value == 0) {
      return FixedType.ufixed(1, 1);
    }
    int sign = value < 0 ? 1 : 0;
    for (int fraction = -32; fraction <= 64; fraction++) {
      double scaled = Math.scalb(value, fraction);
      if (scaled == Math.rint(scaled)) {
        int integer = integerBits(value, fraction);
        int width = Math.min(sign + integer + fraction, sign + 8);
        return new FixedType(sign == 1, width, sign + integer, Rounding.TRN, Overflow.WRAP);
      }
    }
    return new FixedType(
        sign == 1, sign + 8, sign + integerBits(value, 64), Rounding.TRN, Overflow.WRAP);
  }

  /// Bits left of the point, the sign not counted, that hold the number: `-2^n` needs n.
  private static int integerBits(double value, int fraction) {
    int bits = -fraction;
    while (value > 0 ? value > Math.scalb(1.0, bits) - Math.scalb(1.0, -fraction) : value < -Math.scalb(1.0, bits)) {
      bits++;
    }
    return bits;
  }

  private FixedType limited(boolean signed, int integer, int fraction) {
    int width = integer + fraction;
    if (maximum != null) {
      width = Math.min(width, maximum.width());
      integer = Math.min(integer, maximum.integer());
    }
    return new FixedType(signed, width, integer, Rounding.TRN, Overflow.WRAP);
  }

  private static int log2(int n) {
    return 32 - Integer.numberOfLeadingZeros(n - 1);
  }
}
