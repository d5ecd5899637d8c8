package org.burin.tensor;

/// Elementary functions of float32 whose bits do not depend on the machine.
public final class FloatMath {
  private FloatMath() {}

  /// `e^x`.
  public static float exp(float x) {
    return (float) StrictMath.exp(x);
  }

  /// Natural logarithm; NaN below 0.
  public static float log(float x) {
    return (float) StrictMath.log(x);
  }

  /// Logistic function `1 / (1 + e^-x)`.
  public static float sigmoid(float x) {
    return (float) (1 / (1 + StrictMath.exp(-(double) x)));
  }

  /// Hyperbolic tangent.
  public static float tanh(float x) {
    return (float) StrictMath.tanh(x);
  }

  /// Gauss error function.
  public static float erf(float x) {
    double t = 1 / (1 + 0.5 * Math.abs((double) x));
    double y = 1 - t * StrictMath.exp(-(double) x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196
        + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587
        + t * (-0.82215223 + t * 0.17087277)))))))));
    return (float) (x < 0 ? -y : y);
  }

  /// `a` to the power `b`.
  public static float pow(float a, float b) {
    return (float) StrictMath.pow(a, b);
  }
}
