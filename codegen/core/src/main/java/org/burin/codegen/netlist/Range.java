package org.burin.codegen.netlist;

/// The whole numbers from `low` to `high`.
///
/// Arithmetic is that of intervals; a bound of more than 64 bits is an [ArithmeticException].
///
/// @param low the smallest
/// @param high the largest
public record Range(long low, long high) {
  /// 0 and 1.
  public static final Range BIT = new Range(0, 1);

  /// Checks the order.
  ///
  /// @throws IllegalArgumentException when there is no number between
  public Range {
    if (low > high) {
      throw new IllegalArgumentException("expected a range, found " + low + ".." + high);
    }
  }

  /// One number.
  public static Range of(long value) {
    return new Range(value, value);
  }

  /// All numbers of so many bits.
  ///
  /// @param width 1 to 64, to 63 if not signed
  public static Range ofBits(int width, boolean signed) {
    return signed ? new Range(-1L << (width - 1), ~(-1L << (width - 1))) : new Range(0, ~(-1L << width));
  }

  /// Whether there is one number only.
  public boolean isConstant() {
    return low == high;
  }

  /// Whether it has negative numbers, so that they are two's complement.
  public boolean signed() {
    return low < 0;
  }

  /// The bits that hold all numbers: at least 1, with a sign bit if there are negative ones.
  public int width() {
    return low < 0
        ? Long.SIZE + 1 - Long.numberOfLeadingZeros(Math.max(high, ~low))
        : Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(high));
  }

  /// Whether all numbers of another range are in this one.
  public boolean contains(Range other) {
    return low <= other.low && other.high <= high;
  }

  /// The numbers in both.
  ///
  /// @throws IllegalArgumentException when there is none
  public Range intersect(Range other) {
    return new Range(Math.max(low, other.low), Math.min(high, other.high));
  }

  /// All numbers of both, and between.
  public Range hull(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }

  /// Sums.
  public Range plus(Range other) {
    return new Range(Math.addExact(low, other.low), Math.addExact(high, other.high));
  }

  /// Differences.
  public Range minus(Range other) {
    return new Range(Math.subtractExact(low, other.high), Math.subtractExact(high, other.low));
  }

  /// Opposites.
  public Range negate() {
    return new Range(Math.negateExact(high), Math.negateExact(low));
  }

  /// Products.
  public Range times(Range other) {
    long a = Math.multiplyExact(low, other.low);
    long b = Math.multiplyExact(low, other.high);
    long c = Math.multiplyExact(high, other.low);
    long d = Math.multiplyExact(high, other.high);
    return new Range(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /// Squares.
  public Range squared() {
    Range products = times(this);
    long least = Math.min(Math.abs(low), Math.abs(high));
    return new Range(low <= 0 && high >= 0 ? 0 : least * least, products.high);
  }

  /// The larger ones of two.
  public Range max(Range other) {
    return new Range(Math.max(low, other.low), Math.max(high, other.high));
  }

  /// The smaller ones of two.
  public Range min(Range other) {
    return new Range(Math.min(low, other.low), Math.min(high, other.high));
  }

  /// All numbers times `2^bits`.
  public Range shiftLeft(int bits) {
    if (bits == 0 || (low == 0 && high == 0)) {
      return this;
    }
    if (bits >= Long.SIZE - 1) {
      throw new ArithmeticException("more than 64 bits");
    }
    return new Range(Math.multiplyExact(low, 1L << bits), Math.multiplyExact(high, 1L << bits));
  }

  /// What is left of all numbers without their lowest bits, rounded down.
  public Range shiftRight(int bits) {
    int n = Math.min(bits, Long.SIZE - 1);
    return new Range(low >> n, high >> n);
  }

  /// The bits of this sum that a carry chain computes: those below the higher one of the two operands' last bits are
  /// copied, unless they are subtracted.
  int carryBits(AdderGraph.Term a, AdderGraph.Term b, boolean subtract) {
    return Math.max(1, width() - Math.max(subtract ? 0 : a.shift(), b.shift()));
  }

  @Override
  public String toString() {
    return low == high ? Long.toString(low) : low + ".." + high;
  }
}
