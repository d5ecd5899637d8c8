package org.burin.fixed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What rounding and overflow are by definition, in exact rational arithmetic: the oracle of the tests.
public final class ExactRounding {
  private static final BigInteger TWO = BigInteger.TWO;

  private ExactRounding() {}

  /// The raw integer of type `t` that `numerator / denominator * 2^exponent` becomes.
  public static BigInteger raw(BigInteger numerator, BigInteger denominator, int exponent, FixedType t) {
    int e = exponent + t.fraction();
    BigInteger n = e > 0 ? numerator.shiftLeft(e) : numerator;
    BigInteger d = e < 0 ? denominator.shiftLeft(-e) : denominator;
    return fit(round(n, d, t.rounding()), t);
  }

  /// The raw integer of type `t` that `x` becomes.
  public static BigInteger raw(double x, FixedType t) {
    BigDecimal decimal = new BigDecimal(x);
    return decimal.scale() <= 0
        ? raw(decimal.toBigIntegerExact(), BigInteger.ONE, 0, t)
        : raw(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()), 0, t);
  }

  /// As the long that holds it: two's complement, or an unsigned long for a type that is unsigned.
  public static long bits(BigInteger raw) {
    return raw.longValue();
  }

  /// `n / d`, with a positive `d`, to a whole number.
  private static BigInteger round(BigInteger n, BigInteger d, Rounding rounding) {
    return switch (rounding) {
      case TRN -> divide(n, d, RoundingMode.FLOOR);
      case TRN_ZERO -> divide(n, d, RoundingMode.DOWN);
      // Halves up: the floor of what is a half more.
      case RND -> divide(n.multiply(TWO).add(d), d.multiply(TWO), RoundingMode.FLOOR);
      case RND_ZERO -> divide(n, d, RoundingMode.HALF_DOWN);
      case RND_INF -> divide(n, d, RoundingMode.HALF_UP);
      case RND_MIN_INF -> divide(n.multiply(TWO).subtract(d), d.multiply(TWO), RoundingMode.CEILING);
      case RND_CONV -> divide(n, d, RoundingMode.HALF_EVEN);
      // To even after a step of one, and the step back.
      case RND_CONV_ODD -> divide(n.add(d), d, RoundingMode.HALF_EVEN).subtract(BigInteger.ONE);
    };
  }

  private static BigInteger divide(BigInteger n, BigInteger d, RoundingMode mode) {
    return new BigDecimal(n).divide(new BigDecimal(d), 0, mode).toBigIntegerExact();
  }

  private static BigInteger fit(BigInteger raw, FixedType t) {
    BigInteger span = TWO.pow(t.width());
    BigInteger max = (t.signed() ? span.shiftRight(1) : span).subtract(BigInteger.ONE);
    BigInteger min = t.signed() ? span.shiftRight(1).negate() : BigInteger.ZERO;
    BigInteger low = t.signed() && t.overflow() == Overflow.SAT_SYM ? max.negate() : min;
    BigInteger nearest = raw.max(low).min(max);
    return nearest.equals(raw) ? raw : switch (t.overflow()) {
      case SAT, SAT_SYM -> nearest;
      case SAT_ZERO -> BigInteger.ZERO;
      case WRAP -> raw.subtract(min).mod(span).add(min);
    };
  }
}
