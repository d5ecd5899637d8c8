package org.burin.codegen.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ChartTest {
  @Test
  void aCurveGoesFromTheFirstMarkToTheLast() {
    Chart chart = new Chart("loss", "epoch", "loss").curve("train", new double[] {0, 5}, new double[] {0, 1});
    assertThat(chart.draw().text()).contains("aria-label=\"loss\"")
        .contains("<polyline class=\"s-series0\" points=\"58,247 426,27\"/>");
  }

  @Test
  void pointsThatAreNotFiniteAreLeftOut() {
    double[] x = {0, 1, 2};
    String with = new Chart("t", "x", "y").curve("c", x, new double[] {1, Double.NaN, 3}).draw().text();
    String without = new Chart("t", "x", "y").curve("c", new double[] {0, 2}, new double[] {1, 3}).draw().text();
    assertThat(with).isEqualTo(without);
  }

  @Test
  void aHistogramHoldsAllValues() {
    String svg = new Chart("t", "x", "y").histogram("h", new double[] {-5, 0.5, 1.5, 99}, 0, 2, 2).draw().text();
    // Two of four values in each bin: the outline rises to one half, stays there, and falls.
    assertThat(svg).contains("points=\"58,247 58,27 242,27 242,27 426,27 426,247\"");
  }

  @Test
  void aChartHasNoMoreLinesThanColours() {
    Chart chart = new Chart("t", "x", "y");
    for (int i = 0; i < Svg.SERIES; i++) {
      chart.curve("c" + i, new double[] {0}, new double[] {0});
    }
    assertThatIllegalArgumentException().isThrownBy(() -> chart.curve("one more", new double[0], new double[0]))
        .withMessage("chart 't' has 6 lines, which is all it can hold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chart("t", "x", "y").curve("c", new double[2], new double[3]))
        .withMessage("curve 'c' has 2 x and 3 y");
  }

  @Test
  void anEmptyChartCanBeDrawn() {
    assertThat(new Chart("t", "x", "y").draw().text()).contains("</svg>");
  }
}
