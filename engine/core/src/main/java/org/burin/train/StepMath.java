package org.burin.train;

/// Functions for numbers that change from step to step: the same on every machine, and without allocation, which
/// [StrictMath#pow] and [StrictMath#cos] do not promise.
final class StepMath {
  private StepMath() {}

  /// `base` to the power `n`, at least 0, by repeated squaring.
  static double power(double base, long n) {
    double result = 1;
    double square = base;
    for (long rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /// `base` to the power `n / unit` for n of at least 0.
  static double power(double base, long n, long unit) {
    return power(base, n / unit) * StrictMath.exp(StrictMath.log(base) * (n % unit) / unit);
  }

  /// The cosine of `x` half turns for x from 0 to 1.
  static double cosineOfHalfTurns(double x) {
    if (x > 0.5) {
      return -cosineOfHalfTurns(1 - x);
    }
    return x <= 0.25 ? cosine(Math.PI * x) : sine(Math.PI * (0.5 - x));
  }

  /// The Taylor series on [0, pi/4]; what is left out is below 1e-17.
  private static double cosine(double x) {
    double y = x * x;
    return 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56 * (1 - y / 90 * (1 - y / 132 * (1 - y / 182
        * (1 - y / 240)))))));
  }

  /// The Taylor series on [0, pi/4]; what is left out is below 1e-17.
  private static double sine(double x) {
    double y = x * x;
    return x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72 * (1 - y / 110 * (1 - y / 156 * (1 - y / 210
        * (1 - y / 272))))))));
  }
}
