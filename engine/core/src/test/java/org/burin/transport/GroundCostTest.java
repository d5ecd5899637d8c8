package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/// Ground costs and the checks of their axioms.
class GroundCostTest {
  @Test
  void measuresDistances() {
    GroundCost plane = GroundCost.euclidean(new double[][] {{0, 0}, {3, 4}});
    assertThat(plane.cost(0, 1)).isEqualTo(5);
    assertThat(plane.isMetric()).isTrue();
    assertThat(plane).hasToString("metric of 2 x 2, largest 5.0");
    GroundCost circle = GroundCost.circle(new double[] {0, 9, -2, 24}, 10);
    assertThat(circle.cost(0, 1)).isEqualTo(1);
    assertThat(circle.cost(1, 2)).isEqualTo(1);
    assertThat(circle.cost(0, 3)).isEqualTo(4);
    GroundCost between = GroundCost.euclidean(new double[][] {{0, 0}}, new double[][] {{1, 0}, {0, 2}});
    assertThat(between.toArray()).containsExactly(1, 2);
    assertThat(between.isMetric()).isFalse();
    assertThat(GroundCost.line(new double[] {2, -1}).cost(0, 1)).isCloseTo(3, offset(0.0));
  }

  @Test
  void acceptsMetricsOnly() {
    assertThat(GroundCost.metric(2, new double[] {0, 1, 1, 0}).isMetric()).isTrue();
    refuseMetric("not a metric: the distance from site 1 to itself is 0.5", 0, 1, 1, 0.5);
    refuseMetric("not a metric: the distance from site 0 to site 1 is 1.0, the way back 2.0", 0, 1, 2, 0);
    refuseMetric("not a metric: the distance from site 0 to site 1 is -1.0", 0, -1, -1, 0);
    refuseMetric("not a metric: the distance from site 0 to site 2 is 5.0, by way of site 1 it is 3.0",
        0, 1, 5, 1, 0, 2, 5, 2, 0);
  }

  private static void refuseMetric(String message, double... distances) {
    int sites = (int) Math.sqrt(distances.length);
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.metric(sites, distances)).withMessage(message);
  }

  @Test
  void refusesBadCosts() {
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.of(2, 2, new double[3]))
        .withMessage("2 sources and 2 targets need 4 costs, not 3");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.of(new double[][] {{1, 2}, {3}}))
        .withMessage("row 1 of the costs has 1 numbers, row 0 has 2");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.of(new double[0][]))
        .withMessage("a ground cost of 0 sources and 0 targets; expected at least one of each");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.of(new double[][] {{1, Double.NaN}}))
        .withMessage("the cost from source 0 to target 1 is NaN; expected a finite number");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.euclidean(new double[][] {{1, 2}, {3}}))
        .withMessage("source point 1 has the coordinates [3.0]; expected 2");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.line(new double[0]))
        .withMessage("there is no point");
    assertThatIllegalArgumentException().isThrownBy(() -> GroundCost.circle(new double[] {1}, -1))
        .withMessage("a circle of circumference -1.0; expected a positive number");
    assertThatIllegalArgumentException().isThrownBy(() -> new Formulation.EnergyMover(-1))
        .withMessage("radius -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Formulation.Partial(Double.NaN))
        .withMessage("mass NaN to be moved; expected a finite number >= 0");
  }
}
