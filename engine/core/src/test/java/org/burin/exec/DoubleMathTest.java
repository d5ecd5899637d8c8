package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.burin.tensor.BinaryFn;
import org.burin.tensor.TestRandom;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleMathTest {
  private final TestRandom rng = new TestRandom(7);

  /// Values of Abramowitz and Stegun, table 7.1.
  @ParameterizedTest
  @CsvSource({"0.02,0.0225645747", "0.5,0.5204998778", "1,0.8427007929", "2,0.9953222650"})
  void erfAgreesWithTheTable(double x, double expected) {
    assertThat(DoubleMath.erf(x)).isCloseTo(expected, within(5e-11));
    assertThat(DoubleMath.erf(-x)).isEqualTo(-DoubleMath.erf(x));
  }

  @Test
  void erfAtItsEnds() {
    assertThat(DoubleMath.erf(0)).isZero();
    assertThat(DoubleMath.erf(-0.0)).isZero();
    assertThat(DoubleMath.erf(1e-300)).isEqualTo(2 / Math.sqrt(Math.PI) * 1e-300);
    assertThat(DoubleMath.erf(5.999)).isCloseTo(1, within(1e-15));
    assertThat(DoubleMath.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(DoubleMath.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(DoubleMath.erf(Double.NaN)).isNaN();
  }

  /// The definitions in float32 and in double are written separately; here they hold each other.
  @ParameterizedTest
  @EnumSource
  void unaryFunctionsAgreeWithFloat32(UnaryFn fn) {
    for (int i = 0; i < 1000; i++) {
      float x = rng.uniform(-4, 4);
      double expected = DoubleMath.apply(fn, x);
      if (Double.isNaN(expected)) {
        assertThat(fn.apply(x)).as("%s of %s", fn, x).isNaN();
      } else {
        assertThat((double) fn.apply(x)).as("%s of %s", fn, x)
            .isCloseTo(expected, within(2e-7 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryFunctionsAgreeWithFloat32(BinaryFn fn) {
    for (int i = 0; i < 1000; i++) {
      float a = i % 5 == 0 ? 1 : rng.uniform(-4, 4);
      float b = i % 3 == 0 ? a : rng.uniform(-4, 4);
      double expected = DoubleMath.apply(fn, a, b);
      if (Double.isNaN(expected)) {
        assertThat(fn.apply(a, b)).as("%s of %s and %s", fn, a, b).isNaN();
      } else {
        assertThat((double) fn.apply(a, b)).as("%s of %s and %s", fn, a, b)
            .isCloseTo(expected, within(1e-7 * Math.max(1e-30, Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void comparisonsAndExtremaTreatNaNAsFloat32Does(BinaryFn fn) {
    float[] numbers = {Float.NaN, 0, 1, Float.POSITIVE_INFINITY};
    for (float a : numbers) {
      for (float b : numbers) {
        assertThat(DoubleMath.apply(fn, a, b)).as("%s of %s and %s", fn, a, b).isEqualTo((Double) (double) fn.apply(a, b));
      }
    }
  }
}
