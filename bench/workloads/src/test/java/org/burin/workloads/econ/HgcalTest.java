package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HgcalTest {
  @Test
  void neighboursAreTwoSmallCellsApart() {
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      if (cell % 4 < 3) {
        assertThat(Hgcal.distance(cell, cell + 1)).as("%d and right", cell).isCloseTo(2, within(1e-4));
      }
      if (cell % 16 < 12) {
        assertThat(Hgcal.distance(cell, cell + 4)).as("%d and below", cell).isCloseTo(2, within(1e-4));
      }
    }
    assertThat(Hgcal.distance(31, 0)).isCloseTo(1.803, within(1e-3));
    assertThat(Hgcal.distance(16, 47)).isCloseTo(1.803, within(1e-3));
    assertThat(Hgcal.distance(3, 35)).isLessThan(4);
  }

  @Test
  void theMetricIsOne() {
    double[] d = Hgcal.metric();
    for (int i = 0; i < 48; i++) {
      for (int j = 0; j < 48; j++) {
        assertThat(d[48 * i + j]).isEqualTo(d[48 * j + i]).isEqualTo(Hgcal.distance(i, j));
        assertThat(d[48 * i + j] == 0).isEqualTo(i == j);
        for (int k = 0; k < 48; k++) {
          assertThat(d[48 * i + k]).isLessThanOrEqualTo(d[48 * i + j] + d[48 * j + k] + 1e-12);
        }
      }
    }
    assertThat(Arrays.stream(d).max().orElseThrow()).isCloseTo(13.756812026165, within(1e-11));
  }

  @Test
  void theSpreadOfTheCellsIsTheSameInBothDirections() {
    assertThat(deviation(IntStream.range(0, 48).mapToDouble(Hgcal::x).toArray())).isCloseTo(3.611322377, within(1e-9));
    assertThat(deviation(IntStream.range(0, 48).mapToDouble(Hgcal::y).toArray())).isCloseTo(3.611322343, within(1e-9));
  }

  @Test
  void theMetricIsThePublishedOne() throws IOException {
    List<String> lines = Files.readAllLines(RealData.file("emd/hex_metric_48x48.csv"));
    double[] published = lines.stream().flatMap(line -> Arrays.stream(line.split(","))).mapToDouble(Double::parseDouble)
        .toArray();
    assertThat(Hgcal.metric()).containsExactly(published, within(1e-8));
  }

  @Test
  void latticeCoordinatesAreThoseOfTheCentres() {
    // The axes of u and v are those of the hexagonal lattice, 120 degrees apart.
    for (int a = 0; a < 48; a++) {
      for (int b = 0; b < 48; b++) {
        int du = Hgcal.u(a) - Hgcal.u(b);
        int dv = Hgcal.v(a) - Hgcal.v(b);
        boolean sameSector = a / 16 == b / 16;
        if (sameSector && du * du + dv * dv == 1) {
          assertThat(Hgcal.distance(a, b)).as("%d, %d", a, b).isCloseTo(2, within(1e-4));
        }
      }
    }
    assertThat(IntStream.range(0, 48).mapToObj(c -> Hgcal.u(c) + "," + Hgcal.v(c)).distinct()).hasSize(48);
  }

  @Test
  void everyLinkPositionIsTakenOnce() {
    assertThat(new TreeSet<>(IntStream.range(0, 48).mapToObj(Hgcal::linkPosition).toList())).hasSize(48)
        .startsWith(0).endsWith(47);
    assertThat(new TreeSet<>(IntStream.range(0, 48).mapToObj(Hgcal::muxPosition).toList())).hasSize(48)
        .startsWith(0).endsWith(47);
  }

  @Test
  void telescopeGroupsCountEveryCellAlikeIfCorrected() {
    double[] weights = TelescopeGroups.CORRECTED.weights();
    assertThat(Arrays.stream(weights).sum()).isCloseTo(12, within(1e-12));
    assertThat(Arrays.stream(TelescopeGroups.PUBLISHED.weights()).sum()).isCloseTo(12.5625, within(1e-12));
    assertThat(weights[1]).isCloseTo(0.2708333333, within(1e-9));
    assertThat(weights[29]).isCloseTo(0.2916666667, within(1e-9));
    for (int g : new int[] {0, 2, 3, 13, 28}) {
      assertThat(TelescopeGroups.PUBLISHED.weights()[g]).isEqualTo(weights[g]);
    }
    assertThat(weights[2]).isEqualTo(0.5625);
    assertThat(TelescopeGroups.PUBLISHED.weights()[1]).isCloseTo(0.3333333333, within(1e-9));
    assertThat(TelescopeGroups.PUBLISHED.weights()[35]).isCloseTo(0.4166666667, within(1e-9));
  }

  @Test
  void theFirstTelescopeGroupsAreTiles() {
    int[][] groups = TelescopeGroups.cells();
    assertThat(groups).hasNumberOfRows(TelescopeGroups.COUNT);
    int[] tiled = IntStream.range(0, TelescopeGroups.TILES).flatMap(g -> Arrays.stream(groups[g])).sorted().toArray();
    assertThat(tiled).containsExactly(IntStream.range(0, 48).toArray());
    for (int g = 0; g < TelescopeGroups.TILES; g++) {
      int sector = g / 4;
      assertThat(Arrays.stream(groups[g]).allMatch(cell -> cell / 16 == sector)).isTrue();
    }
    for (int[] group : groups) {
      assertThat(IntStream.range(0, 16).mapToDouble(i -> Hgcal.distance(group[i / 4], group[i % 4])).max().orElse(0))
          .isLessThan(4);
    }
  }

  private static double deviation(double[] x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
