package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.burin.tensor.TestRandom;
import org.burin.transport.Formulation.Normalized;
import org.junit.jupiter.api.Test;

/// Entropic transport against the exact distance, its limit.
class SinkhornTest {
  private static final int SITES = 8;

  private final TestRandom random = new TestRandom(41);
  private final double[] u = new double[SITES];
  private final double[] v = new double[SITES];

  /// The regularized value exceeds the exact one by no more than epsilon times the entropy of an optimal plan.
  @Test
  void comesDownToTheExactDistance() {
    for (int k = 0; k < 10; k++) {
      GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
      double[] x = TestMeasures.masses(SITES, random);
      double[] y = TestMeasures.masses(SITES, random);
      double exact = new EarthMover(ground, new Normalized()).distance(x, y);
      for (double epsilon : new double[] {1, 0.1, 0.01}) {
        Sinkhorn.Result r = new Sinkhorn(ground, epsilon, 1e-6, 100_000).solve(x, y, u, v);
        assertThat(r.error()).isLessThan(2e-6);
        assertThat(r.cost()).isGreaterThan(exact - 1e-4).isLessThanOrEqualTo(r.value() + 1e-4);
        assertThat(r.value() - exact).isBetween(-1e-4, epsilon * 2 * StrictMath.log(SITES));
      }
    }
  }

  @Test
  void potentialsAreTheGradient() {
    GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
    double[] x = TestMeasures.shares(TestMeasures.masses(SITES, random));
    double[] y = TestMeasures.masses(SITES, random);
    x[0] += 0.5;
    x[1] += 0.5;
    double step = 1e-4;
    Sinkhorn sinkhorn = new Sinkhorn(ground, 0.5, 1e-13, 100_000);
    sinkhorn.solve(x, y, u, v);
    double expected = (u[0] - u[1]) / 2; // the masses have the sum 2
    double[] scratch = new double[SITES];
    x[0] += step;
    x[1] -= step;
    double more = sinkhorn.solve(x, y, scratch, v).value();
    x[0] -= 2 * step;
    x[1] += 2 * step;
    double less = sinkhorn.solve(x, y, scratch, v).value();
    assertThat((more - less) / (2 * step)).isCloseTo(expected, offset(1e-6));
  }

  @Test
  void refusesBadInput() {
    GroundCost line = GroundCost.line(new double[] {0, 1});
    assertThatIllegalArgumentException().isThrownBy(() -> new Sinkhorn(line, 0, 1e-6, 10)).withMessage(
        "epsilon 0.0, tolerance 1.0E-6, at most 10 iterations; expected epsilon > 0, tolerance >= 0 and at least 1 "
            + "iteration");
    Sinkhorn sinkhorn = new Sinkhorn(line, 1, 1e-6, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sinkhorn.solve(new double[2], new double[2], new double[2], new double[2]))
        .withMessage("the source has no mass: all masses are 0, which cannot be normalized");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sinkhorn.solve(new double[2], new double[2], new double[1], new double[2]))
        .withMessage("arrays of 1 and 2 numbers cannot take the potentials of 2 sources and 2 targets");
  }
}
