package org.burin.workloads.econ;

/// The short floating-point numbers of the concentrator chip: an exponent and a mantissa, without a sign.
///
/// Exponent 0 stands for the mantissa itself, exponent e > 0 for `(2^mantissaBits + mantissa) * 2^(e-1)`, all of it times
/// `2^droppedBits`. What is decoded lies in the middle of the numbers that have the same code. Numbers too large get the
/// largest code.
///
/// @param droppedBits how many low bits are cut off first, at least 0
/// @param exponentBits at least 1
/// @param mantissaBits at least 1
public record FloatCodec(int droppedBits, int exponentBits, int mantissaBits) {
  /// Charges of low-density modules on their way from the front end: 7 bits, one bit dropped.
  public static final FloatCodec CHARGE_LOW_DENSITY = new FloatCodec(1, 4, 3);

  /// Charges of high-density modules on their way from the front end: 7 bits, three bits dropped.
  public static final FloatCodec CHARGE_HIGH_DENSITY = new FloatCodec(3, 4, 3);

  /// Sums of modules: 9 bits, none dropped.
  public static final FloatCodec SUM = new FloatCodec(0, 5, 4);

  /// Checks the numbers of bits.
  public FloatCodec {
    if (droppedBits < 0 || exponentBits < 1 || mantissaBits < 1 || exponentBits > 5 || droppedBits + mantissaBits > 20) {
      throw new IllegalArgumentException("a code of " + exponentBits + " exponent bits and " + mantissaBits
          + " mantissa bits with " + droppedBits + " bits dropped; expected 1 to 5 exponent bits, and in all at most 20"
          + " dropped and mantissa bits");
    }
  }

  /// The number of bits of a code.
  public int bits() {
    return exponentBits + mantissaBits;
  }

  /// The code of a number.
  ///
  /// @param value not negative
  /// @return exponent above mantissa
  public int encode(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("the number to encode is " + value + "; expected none below 0");
    }
    long kept = value >> droppedBits;
    int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(kept) - mantissaBits);
    if (exponent >= 1 << exponentBits) {
      return (1 << bits()) - 1;
    }
    long mantissa = exponent == 0 ? kept : kept >> (exponent - 1) & mask();
    return exponent << mantissaBits | (int) mantissa;
  }

  /// The number that a code stands for.
  ///
  /// @param code as [#encode] gives it
  public long decode(int code) {
    if (code < 0 || code >= 1 << bits()) {
      throw new IllegalArgumentException("the code is " + code + "; expected 0 to " + ((1 << bits()) - 1));
    }
    int exponent = code >> mantissaBits;
    long mantissa = code & mask();
    int shift = Math.max(exponent - 1, 0) + droppedBits;
    long whole = (exponent == 0 ? mantissa : mantissa | 1L << mantissaBits) << shift;
    return shift == 0 ? whole : whole + (1L << (shift - 1));
  }

  private int mask() {
    return (1 << mantissaBits) - 1;
  }
}
