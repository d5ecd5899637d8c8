package org.burin.pass;

import java.math.BigInteger;
import java.util.List;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Precision;

/// Proves that float32 computes what fixed point computes, value by value.
///
/// A float holds every multiple of a power of two that has at most 24 bits. An operation on such operands is exact when its
/// result is such a number, and when all partial sums are, in whatever order they are added. All partial sums of products
/// that can be 0 lie within the range that is proven for the whole sum; where products cannot be 0 the bound is the
/// number of products times the largest.
///
/// ```
/// %3 = matmul %1 %2    // 8-bit numbers times 6-bit weights, 16 of them: 8 + 6 + 4 = 18 bits, exact
/// %5 = mul %3 %4       // times a factor of 24 bits: 42 bits, reported
/// ```
final class VerifyExact {
  /// The bits of a float's significand, the hidden one included.
  static final int FLOAT_BITS = 24;

  private VerifyExact() {}

  /// The number of bits that a float's significand would need to hold all numbers.
  static int bits(Precision p) {
    int bits = 0;
    for (int i = 0; i < p.grid().size(); i++) {
      bits = Math.max(bits, bits(magnitude(p, i) >> p.step(i)));
    }
    return bits;
  }

  /// Multiples of 1 up to `magnitude` take this many bits; a power of two takes as many as the number before it.
  private static int bits(long magnitude) {
    return magnitude <= 1 ? (int) magnitude : Long.SIZE - Long.numberOfLeadingZeros(magnitude - 1);
  }

  private static long magnitude(Precision p, int position) {
    return Math.max(p.high(position), p.low(position) == Long.MIN_VALUE ? Long.MAX_VALUE : -p.low(position));
  }

  /// Whether floats hold all numbers.
  static boolean holds(Precision p) {
    for (int i = 0; i < p.grid().size(); i++) {
      long m = magnitude(p, i) >> p.step(i);
      int last = p.step(i) - p.fraction();
      boolean inRange = m == 0
          || (last >= Float.MIN_EXPONENT - FLOAT_BITS + 1 && last + bits(m) <= Float.MAX_EXPONENT);
      if (bits(m) > FLOAT_BITS || !inRange) {
        return false;
      }
    }
    return true;
  }

  /// The number of bits that the partial sums of an operation take; of an operation without sums, its results.
  static int bits(FixedValue v) {
    return switch (v.op()) {
      case FixedOp.MatMul(var a, var b, var ta, _) ->
          sumBits(v, List.of(a, b), a.shape().dim(ta ? -2 : -1));
      case FixedOp.Conv2d(var x, var w, _, _) ->
          sumBits(v, List.of(x, w), w.shape().dim(0) * w.shape().dim(1) * w.shape().dim(2));
      case FixedOp.Conv2dTranspose(var y, var w, _, _, _, _) ->
          sumBits(v, List.of(y, w), w.shape().dim(0) * w.shape().dim(1) * w.shape().dim(3));
      case FixedOp.SumPool2d(var x, var kh, var kw, _) -> sumBits(v, List.of(x), kh * kw);
      case FixedOp.Sum(var x, var axes, _) ->
          sumBits(v, List.of(x), axes.stream().mapToInt(i -> x.shape().dim(i)).reduce(1, (a, b) -> a * b));
      default -> bits(v.precision());
    };
  }

  private static int sumBits(FixedValue sum, List<FixedValue> factors, int count) {
    int bits = bits(sum.precision());
    if (factors.stream().anyMatch(f -> canBeZero(f.precision()))) {
      return bits;
    }
    BigInteger most = BigInteger.valueOf(count);
    for (FixedValue factor : factors) {
      Precision p = factor.precision();
      long magnitude = 0;
      int step = Integer.MAX_VALUE;
      for (int i = 0; i < p.grid().size(); i++) {
        magnitude = Math.max(magnitude, magnitude(p, i));
        step = Math.min(step, p.step(i));
      }
      most = most.multiply(BigInteger.valueOf(magnitude >> step));
    }
    return Math.max(bits, most.bitLength());
  }

  private static boolean canBeZero(Precision p) {
    for (int i = 0; i < p.grid().size(); i++) {
      if (p.low(i) > 0 || p.high(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the quotient of floats, once it is quantized, is the exact quotient quantized.
  ///
  /// Results change only at multiples t of half the last place of the type. Rounding cannot carry a quotient s/d past such
  /// a t, which is a float, but onto it. Unless s = t d, the two differ by at least u/d, where u is the smaller of the
  /// last places of s and t; rounding moves a quotient near t by at most 2^-24 |t|, which is less where
  /// |s| < 2^23 u.
  static boolean holdsQuotient(Precision dividend, ElementTypes types) {
    int finest = types.types().stream().mapToInt(FixedType::fraction).max().orElse(0) + 1;
    int room = FLOAT_BITS - 1 - Math.max(0, finest - dividend.fraction());
    for (int i = 0; i < dividend.grid().size(); i++) {
      if (room < 0 || magnitude(dividend, i) >= 1L << room) {
        return false;
      }
    }
    return true;
  }
}
