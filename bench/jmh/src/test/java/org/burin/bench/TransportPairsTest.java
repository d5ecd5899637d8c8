package org.burin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.burin.transport.GroundCost;
import org.junit.jupiter.api.Test;

/// What transport is measured on.
class TransportPairsTest {
  @Test
  void cellsOfTheModuleLieOnAHexagonalGrid() {
    GroundCost module = TransportPairs.module();
    for (int i = 0; i < TransportPairs.CELLS; i++) {
      int neighbours = 0;
      for (int j = 0; j < TransportPairs.CELLS; j++) {
        double d = module.cost(i, j);
        assertThat(i == j || d > 1.7).isTrue();
        neighbours += Math.abs(d - 2) < 1e-9 ? 1 : 0;
      }
      assertThat(neighbours).isBetween(2, 6);
    }
    assertThat(module.cost(0, 1)).isCloseTo(2, offset(1e-12));
  }

  @Test
  void histogramsHaveTheSupportAskedFor() {
    for (double[] x : TransportPairs.histograms(50, 10, 1)) {
      assertThat(Arrays.stream(x).filter(m -> m > 0)).hasSize(10);
    }
  }
}
