package org.burin.backend.jvm;

/// Expressions of exact arithmetic on [Term]s, in `int` where the result is proven to fit and in `long` otherwise.
///
/// Java's sums, differences, products and left shifts keep the low bits, so that only the result has to fit its type:
/// what lies between may wrap around.
final class Arithmetic {
  private Arithmetic() {}

  /// `a + b`, known to lie from `low` to `high`.
  static Term add(Term a, Term b, long low, long high) {
    boolean wide = !Fits.inInt(low, high);
    if (a.isZero() || b.isZero()) {
      return cast(a.isZero() ? b : a, low, high);
    }
    return Term.of(first(a, wide) + plus(b, wide), low, high, wide);
  }

  /// ` + b` or, for a negative literal, ` - |b|`.
  static String plus(Term b, boolean wide) {
    boolean negative = b.isLiteral() && b.low() < 0 && b.low() > Integer.MIN_VALUE;
    return negative ? " - " + Term.literal(-b.low(), wide) : " + " + next(b, wide);
  }

  /// `a - b`, known to lie from `low` to `high`.
  static Term subtract(Term a, Term b, long low, long high) {
    if (b.isZero()) {
      return cast(a, low, high);
    }
    boolean wide = !Fits.inInt(low, high);
    if (a.isZero()) {
      return Term.of("-" + b.as(wide), low, high, wide);
    }
    return Term.of(first(a, wide) + " - " + next(b, wide), low, high, wide);
  }

  /// `a * b`, known to lie from `low` to `high`; powers of two shift.
  static Term multiply(Term a, Term b, long low, long high) {
    if (a.isLiteral() && !b.isLiteral()) {
      return multiply(b, a, low, high);
    }
    boolean wide = !Fits.inInt(low, high);
    if (b.isLiteral()) {
      long n = b.low();
      if (n == 0) {
        return Term.literal(0);
      }
      if (n == 1) {
        return cast(a, low, high);
      }
      if (n == -1) {
        return Term.of("-" + a.as(wide), low, high, wide);
      }
      if (n > 0 && Long.bitCount(n) == 1) {
        return Term.of(first(a, wide) + " << " + Long.numberOfTrailingZeros(n), low, high, wide);
      }
    }
    return Term.of(first(a, wide) + " * " + next(b, wide), low, high, wide);
  }

  /// `x * 2^bits`, exact; a negative shift drops bits that are 0.
  ///
  /// @throws ArithmeticException when it may need more than 64 bits
  static Term shift(Term x, int bits) {
    if (bits == 0 || x.isZero()) {
      return x;
    }
    if (bits < 0) {
      int n = Math.min(-bits, 63);
      return Term.of(x.code() + " >> " + (x.wide() ? n : Math.min(n, 31)), x.low() >> n, x.high() >> n, x.wide());
    }
    return shift(x, bits, up(x.low(), bits), up(x.high(), bits));
  }

  /// `x * 2^bits` for `bits >= 0`, known to lie from `low` to `high`.
  static Term shift(Term x, int bits, long low, long high) {
    boolean wide = !Fits.inInt(low, high);
    if (bits == 0) {
      return cast(x, low, high);
    }
    if (bits >= (wide ? 64 : 32)) {
      return Term.literal(0);
    }
    return Term.of(first(x, wide) + " << " + bits, low, high, wide);
  }

  /// The same number with tighter bounds, perhaps in a narrower type.
  static Term cast(Term x, long low, long high) {
    boolean wide = !Fits.inInt(low, high);
    if (low == high) {
      return Term.literal(low);
    }
    return x.wide() == wide
        ? new Term(x.code(), low, high, wide, x.simple())
        : Term.of(x.as(wide), low, high, wide);
  }

  /// `n * 2^bits`.
  ///
  /// @throws ArithmeticException when it needs more than 64 bits
  static long up(long n, int bits) {
    if (n == 0) {
      return 0;
    }
    if (bits >= 64 || n << bits >> bits != n) {
      throw new ArithmeticException(n + " * 2^" + bits + " needs more than 64 bits");
    }
    return n << bits;
  }

  /// The first operand of an operator, which decides the type of the result.
  private static String first(Term a, boolean wide) {
    return a.as(wide);
  }

  /// A later operand: widening needs no cast.
  private static String next(Term b, boolean wide) {
    return wide && !b.isLiteral() ? b.code() : b.as(wide);
  }
}
