package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The functions of [FloatMath] against double precision, over all floats in steps.
class FloatMathTest {
  private static final int STRIDE = 4_999;

  private interface FloatFn {
    float apply(float x);
  }

  @Test
  void exponential() {
    assertErrorBelow(1.5, FloatMath::exp, StrictMath::exp);
    assertThat(FloatMath.exp(0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(FloatMath.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(FloatMath.exp(88.72284f)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void logarithm() {
    assertErrorBelow(1, FloatMath::log, StrictMath::log);
    assertThat(FloatMath.log(1f)).isEqualTo(0f);
    assertThat(FloatMath.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(FloatMath.log(-1f)).isNaN();
    assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void sigmoid() {
    assertErrorBelow(2.5, FloatMath::sigmoid, x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x))
        : 1 / (1 + StrictMath.exp(-x)));
    assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
  }

  @Test
  void hyperbolicTangent() {
    assertErrorBelow(1.5, FloatMath::tanh, StrictMath::tanh);
  }

  @Test
  void errorFunction() {
    assertErrorBelow(1.5, FloatMath::erf, FloatMathTest::erf);
  }

  /// Abramowitz and Stegun, 7.1.5 near 0 and the continued fraction 7.1.14 beyond.
  private static double erf(double x) {
    double a = Math.abs(x);
    if (a < 2.5) {
      double term = x;
      double sum = x;
      for (int k = 1; Math.abs(term) > 1e-20 * Math.abs(sum); k++) {
        term *= -x * x / k;
        sum += term / (2 * k + 1);
      }
      return sum * 2 / Math.sqrt(Math.PI);
    }
    double fraction = 0;
    for (int k = 100; k > 0; k--) {
      fraction = k / 2.0 / (a + fraction);
    }
    return Math.signum(x) * (1 - StrictMath.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction));
  }

  private static void assertErrorBelow(double units, FloatFn fn, DoubleUnaryOperator exact) {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      double e = exact.applyAsDouble(x);
      float found = fn.apply(x);
      if (Float.isNaN(x) || Double.isNaN(e)) {
        assertThat(found).as("at %s", x).isNaN();
      } else if (Math.abs(e) > Float.MAX_VALUE) {
        assertThat((double) found).as("at %s", x).isEqualTo(e > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
      } else {
        assertThat(Math.abs(found - e)).as("error at %s: %s, expected %s", x, found, e)
            .isLessThanOrEqualTo(units * Math.ulp((float) e));
      }
    }
  }
}
