package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.burin.workloads.econ.EventGenerator.Settings;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {
  @Test
  void modulesDependOnSeedAndNumberOnly() {
    EventGenerator generator = new EventGenerator(3);
    float[] all = generator.events(0, 50).charges();
    assertThat(generator.events(20, 10).charges()).isEqualTo(Arrays.copyOfRange(all, 20 * 48, 30 * 48));
    assertThat(new EventGenerator(4).events(0, 50).charges()).isNotEqualTo(all);
  }

  @Test
  void chargesAreNumbersOfTheCodeAboveTheThreshold() {
    Events events = new EventGenerator(1).events(0, 500);
    FloatCodec codec = FloatCodec.CHARGE_LOW_DENSITY;
    for (float q : events.charges()) {
      assertThat(q == 0 || (q >= 57 && codec.decode(codec.encode((long) q)) == q)).as("%s", q).isTrue();
    }
    for (int i = 0; i < 500; i++) {
      assertThat(events.total(i)).isPositive();
    }
  }

  @Test
  void modulesLookLikeSimulatedOnes() {
    // Quantiles of 10,000 simulated modules.
    EventStatistics s = EventStatistics.of(new EventGenerator(1).events(0, 3000));
    assertThat(Arrays.stream(s.occupancy()).average().orElseThrow()).isCloseTo(15.29, within(0.8));
    double[] parts = {0.05, 0.25, 0.5, 0.75, 0.95};
    double[] sums = {1124, 1787, 2348, 3068, 4456};
    double[] largest = {200, 304, 368, 544, 1088};
    for (int i = 0; i < parts.length; i++) {
      assertThat(EventStatistics.quantile(s.sum(), parts[i]) / sums[i]).isCloseTo(1, within(0.08));
      assertThat(EventStatistics.quantile(s.largest(), parts[i]) / largest[i]).isCloseTo(1, within(0.1));
    }
    assertThat(s.nearCorrelation()).isCloseTo(0.111, within(0.03));
    assertThat(s.farCorrelation()).isCloseTo(0.008, within(0.02));
  }

  @Test
  void theyAreWithinStatedDistancesOfARealSample() {
    EventStatistics real = EventStatistics.of(EventsCsv.read(RealData.file("econ/calq_5000.csv")));
    EventStatistics s = EventStatistics.of(new EventGenerator(1).events(0, 10_000));
    double[][][] pairs = {{s.occupancy(), real.occupancy()}, {s.charge(), real.charge()},
        {s.largest(), real.largest()}, {s.sum(), real.sum()}};
    for (double[][] pair : pairs) {
      assertThat(EventStatistics.kolmogorovSmirnov(pair[0], pair[1])).isLessThan(0.06);
      assertThat(EventStatistics.wasserstein(pair[0], pair[1]) / Arrays.stream(pair[1]).average().orElseThrow())
          .isLessThan(0.08);
    }
    assertThat(s.nearCorrelation()).isCloseTo(real.nearCorrelation(), within(0.02));
    assertThat(s.farCorrelation()).isCloseTo(real.farCorrelation(), within(0.02));
    assertThat(s.compare("generated", real, "real")).contains("| charge of a cell | generated | ");
  }

  @Test
  void denseModulesHaveTwiceAsManyChargedCells() {
    EventStatistics dense = EventStatistics.of(new EventGenerator(1, Settings.DENSE).events(0, 500));
    assertThat(Arrays.stream(dense.occupancy()).average().orElseThrow()).isBetween(32.0, 44.0);
    assertThat(EventStatistics.quantile(dense.largest(), 0.95)).isGreaterThan(4000);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Settings.PILEUP.withActivity(0, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the settings are an activity of 0.0 with shape 2.0 and showers in a part of 0.0 of the modules;"
            + " expected an activity in (0, 500], a shape of at least 1 and a part from 0 to 1");
  }
}
