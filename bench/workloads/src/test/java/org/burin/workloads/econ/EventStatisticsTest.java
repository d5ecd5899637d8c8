package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EventStatisticsTest {
  @Test
  void distancesOfSamples() {
    double[] a = {1, 2, 2, 3};
    double[] b = {2, 3, 3, 4};
    assertThat(EventStatistics.wasserstein(a, b)).isCloseTo(1, within(1e-12));
    assertThat(EventStatistics.wasserstein(b, a)).isCloseTo(1, within(1e-12));
    assertThat(EventStatistics.wasserstein(a, new double[] {0, 4})).isCloseTo(1.5, within(1e-12));
    assertThat(EventStatistics.kolmogorovSmirnov(a, b)).isEqualTo(0.5);
    assertThat(EventStatistics.kolmogorovSmirnov(a, a)).isZero();
    assertThat(EventStatistics.kolmogorovSmirnov(a, new double[] {5})).isEqualTo(1);
  }

  @Test
  void quantilesLieBetweenTheNumbers() {
    double[] a = {10, 20, 40};
    assertThat(EventStatistics.quantile(a, 0)).isEqualTo(10);
    assertThat(EventStatistics.quantile(a, 0.75)).isEqualTo(30);
    assertThat(EventStatistics.quantile(a, 1)).isEqualTo(40);
  }

  @Test
  void countsAndCorrelations() {
    float[] charges = new float[96];
    charges[0] = 100;
    charges[1] = 100;
    charges[48] = 50;
    EventStatistics s = EventStatistics.of(new Events(charges));
    assertThat(s.occupancy()).containsExactly(1, 2);
    assertThat(s.sum()).containsExactly(50, 200);
    assertThat(s.largest()).containsExactly(50, 100);
    assertThat(s.charge()).containsExactly(50, 100, 100);
    assertThat(s.nearCorrelation()).isPositive();
    assertThat(s.farCorrelation()).isNegative();
  }
}
