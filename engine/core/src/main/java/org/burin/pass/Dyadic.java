package org.burin.pass;

import java.math.BigInteger;
import org.burin.fixed.FixedTensor;
import org.burin.tensor.Tensor;

/// Float numbers as integers times a power of two, which every finite one is.
final class Dyadic {
  private static final int MANTISSA_BITS = 23;

  private Dyadic() {}

  /// The integer of the number `mantissa(x) * 2^exponent(x)`, odd or 0.
  static long mantissa(float x) {
    long m = raw(x);
    return m == 0 ? 0 : m >> Long.numberOfTrailingZeros(m);
  }

  /// The exponent of the number `mantissa(x) * 2^exponent(x)`; 0 for 0.
  static int exponent(float x) {
    long m = raw(x);
    return m == 0 ? 0 : Math.max(Math.getExponent(x), Float.MIN_EXPONENT) - MANTISSA_BITS + Long.numberOfTrailingZeros(m);
  }

  private static long raw(float x) {
    int bits = Float.floatToRawIntBits(x);
    int hidden = Math.getExponent(x) < Float.MIN_EXPONENT ? 0 : 1 << MANTISSA_BITS;
    long magnitude = (bits & ((1 << MANTISSA_BITS) - 1)) | hidden;
    return x < 0 ? -magnitude : magnitude;
  }

  /// Whether the number is a power of two, or minus one.
  static boolean isPowerOfTwo(float x) {
    return Math.abs(mantissa(x)) == 1;
  }

  /// The same numbers in fixed point, with as many fractional bits as the finest of them has.
  ///
  /// @throws IllegalArgumentException when a number is not finite, or more than 64 bits are needed: which, how many
  static FixedTensor fixed(Tensor t) {
    int finest = Integer.MAX_VALUE;
    for (float x : t.data()) {
      if (!Float.isFinite(x)) {
        throw new IllegalArgumentException("the constant holds " + x);
      }
      finest = x == 0 ? finest : Math.min(finest, exponent(x));
    }
    int fraction = finest == Integer.MAX_VALUE ? 0 : -finest;
    long[] raw = new long[t.size()];
    for (int i = 0; i < raw.length; i++) {
      float x = t.data()[i];
      BigInteger exact = x == 0 ? BigInteger.ZERO
          : BigInteger.valueOf(mantissa(x)).shiftLeft(exponent(x) + fraction);
      if (exact.bitLength() > Long.SIZE - 1) {
        throw new IllegalArgumentException("the constants reach from multiples of 2^" + finest + " to " + x
            + ", which takes " + (exact.bitLength() + 1) + " bits, more than 64");
      }
      raw[i] = exact.longValue();
    }
    return FixedTensor.of(t.shape(), fraction, raw);
  }

  /// Whole numbers that floats hold, as floats.
  static Tensor floats(FixedTensor whole) {
    Tensor t = Tensor.zeros(whole.shape());
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = (float) whole.raw()[i];
    }
    return t;
  }
}
