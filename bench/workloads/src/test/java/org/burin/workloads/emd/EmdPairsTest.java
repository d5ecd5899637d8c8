package org.burin.workloads.emd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.Hgcal;
import org.junit.jupiter.api.Test;

final class EmdPairsTest {
  private final Events events = new EventGenerator(3).events(0, 200);

  @Test
  void massThatMovesFromCellToCellCostsTheirDistance() {
    float[] x = new float[2 * Hgcal.CELLS];
    float[] y = new float[x.length];
    x[5] = 1;
    y[40] = 1;
    x[Hgcal.CELLS + 1] = 0.75f;
    x[Hgcal.CELLS + 2] = 0.25f;
    y[Hgcal.CELLS + 1] = 1;
    EmdPairs pairs = EmdPairs.solved(x, y);
    assertThat(pairs.distances()[0]).isEqualTo((float) Hgcal.distance(5, 40));
    assertThat(pairs.distances()[1]).isCloseTo((float) Hgcal.distance(1, 2) / 4, within(1e-6f));
    // A step away from the target costs as much as the step is long.
    float[] g = pairs.gradients();
    assertThat(g[5] - g[40]).isCloseTo((float) Hgcal.distance(5, 40), within(1e-5f));
  }

  /// The distance is convex: it lies above each of its tangents.
  @Test
  void gradientsAreThoseOfTheDistance() {
    EmdPairs pairs = EmdPairs.random(events, 100, 4).and(EmdPairs.reconstructed(events, 100, 5));
    for (int i = 0; i < pairs.size(); i++) {
      double product = 0;
      double sum = 0;
      for (int c = i * Hgcal.CELLS; c < (i + 1) * Hgcal.CELLS; c++) {
        product += pairs.gradients()[c] * (pairs.first()[c] - pairs.second()[c]);
        sum += pairs.gradients()[c];
      }
      assertThat(product).isCloseTo(pairs.distances()[i], within(1e-5));
      assertThat(sum).isCloseTo(0, within(1e-4));
      for (int a = 0; a < Hgcal.CELLS; a++) {
        for (int b = 0; b < Hgcal.CELLS; b++) {
          float slope = pairs.gradients()[i * Hgcal.CELLS + a] - pairs.gradients()[i * Hgcal.CELLS + b];
          assertThat(slope).isLessThanOrEqualTo((float) Hgcal.distance(a, b) + 1e-5f);
        }
      }
    }
  }

  @Test
  void aSeedGivesTheSamePairsAndAnotherOneOthers() {
    EmdPairs pairs = EmdPairs.reconstructed(events, 300, 1);
    assertThat(EmdPairs.reconstructed(events, 300, 1).second()).isEqualTo(pairs.second());
    assertThat(EmdPairs.reconstructed(events, 300, 2).second()).isNotEqualTo(pairs.second());
    assertThat(EmdPairs.random(events, 300, 1).first()).isEqualTo(EmdPairs.random(events, 300, 1).first());
  }

  @Test
  void reconstructionsAreNearerThanOtherEvents() {
    assertThat(mean(EmdPairs.random(events, 500, 1))).isBetween(2.5, 4.0);
    assertThat(mean(EmdPairs.reconstructed(events, 500, 1))).isBetween(0.7, 1.3);
  }

  private static double mean(EmdPairs pairs) {
    double sum = 0;
    for (float d : pairs.distances()) {
      sum += d;
    }
    return sum / pairs.size();
  }

  @Test
  void reconstructionsAreSharesOfOne() {
    EmdPairs pairs = EmdPairs.reconstructed(events, 500, 1);
    for (int i = 0; i < pairs.size(); i++) {
      double sum = 0;
      for (int c = i * Hgcal.CELLS; c < (i + 1) * Hgcal.CELLS; c++) {
        assertThat(pairs.second()[c]).isNotNegative();
        sum += pairs.second()[c];
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void nearPairsCanBeLeftOut() {
    EmdPairs pairs = EmdPairs.reconstructed(events, 500, 1);
    EmdPairs far = pairs.atLeast(1);
    assertThat(far.size()).isBetween(100, 400);
    for (float d : far.distances()) {
      assertThat(d).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void samplesHaveImagesDistanceAndGradient() {
    EmdPairs pairs = EmdPairs.random(events, 10, 1);
    Dataset samples = pairs.dataset(true);
    assertThat(samples.tensor(Role.TARGET, "distance").data()).isEqualTo(pairs.distances());
    assertThat(samples.tensor(Role.INPUT, "x")).isEqualTo(pairs.firstImages());
    // Pixel (0, 1) of sector 2 is cell 33.
    assertThat(samples.tensor(Role.TARGET, "gradient").data()[5]).isEqualTo(pairs.gradients()[33]);
    assertThat(pairs.dataset(false).columns()).hasSize(3);
  }

  @Test
  void sidesOfDifferentLengthAreRefused() {
    assertThatThrownBy(() -> EmdPairs.solved(new float[48], new float[96]))
        .hasMessage("pairs need 48 numbers for each side, found 48 and 96");
  }
}
