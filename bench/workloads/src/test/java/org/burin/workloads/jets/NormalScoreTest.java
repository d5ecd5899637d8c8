package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalScoreTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.6, 0.2533471031357997",
    "0.925, 1.4395314709384563",
    "0.95, 1.6448536269514722",
    "0.975, 1.959963984540054",
    "0.999, 3.090232306167813",
    "2.98023223876953125e-8, -5.419983174916868",
  })
  void agreesWithTabulatedPercentagePoints(double p, double score) {
    assertThat(NormalScore.of(p)).isCloseTo(score, within(1e-6));
  }

  @Test
  void isOddAboutOneHalf() {
    for (int k = 1; k < 512; k++) {
      double p = k / 1024.0;
      assertThat(NormalScore.of(1 - p)).isEqualTo(-NormalScore.of(p));
    }
  }

  @Test
  void growsWithTheProbability() {
    double last = NormalScore.of(NormalScore.SMALLEST);
    for (int k = 1; k < 1 << 16; k++) {
      double next = NormalScore.of(k * 0x1p-16);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }
}
