package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepMathTest {
  @Test
  void powers() {
    assertThat(StepMath.power(2, 0)).isEqualTo(1);
    assertThat(StepMath.power(2, 10)).isEqualTo(1024);
    assertThat(StepMath.power(-0.5, 3)).isEqualTo(-0.125);
    for (long n : new long[] {1, 2, 3, 1000, 123_457}) {
      double exact = StrictMath.pow(0.999, (double) n);
      // Every squaring doubles the relative error, so that it may grow to n roundings.
      assertThat(StepMath.power(0.999, n)).isCloseTo(exact, within((double) n * 0x1p-52 * exact));
      assertThat(StepMath.power(0.9, n, 1000)).isCloseTo(StrictMath.pow(0.9, n / 1000.0), within(1e-14));
    }
    assertThat(StepMath.power(0.25, 20, 10)).isEqualTo(0.0625);
  }

  @Test
  void cosine() {
    assertThat(StepMath.cosineOfHalfTurns(0)).isEqualTo(1);
    assertThat(StepMath.cosineOfHalfTurns(0.5)).isEqualTo(0);
    assertThat(StepMath.cosineOfHalfTurns(1)).isEqualTo(-1);
    for (int i = 0; i <= 1000; i++) {
      assertThat(StepMath.cosineOfHalfTurns(i / 1000.0)).isCloseTo(StrictMath.cos(Math.PI * i / 1000), within(5e-16));
    }
  }
}
