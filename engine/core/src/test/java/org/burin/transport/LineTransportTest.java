package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.burin.tensor.TestRandom;
import org.burin.transport.Formulation.Normalized;
import org.junit.jupiter.api.Test;

/// The closed forms against the network simplex.
class LineTransportTest {
  @Test
  void agreesWithTheSimplexOnALine() {
    TestRandom random = new TestRandom(31);
    for (int k = 0; k < 500; k++) {
      int n = random.between(1, 20);
      double[] at = TestMeasures.positions(n, random);
      double[] x = TestMeasures.shares(TestMeasures.masses(n, random));
      double[] y = TestMeasures.shares(TestMeasures.masses(n, random));
      assertThat(LineTransport.line(at, x, y))
          .isCloseTo(new EarthMover(GroundCost.line(at), new Normalized()).distance(x, y), offset(1e-12));
    }
  }

  @Test
  void agreesWithTheSimplexOnACircle() {
    TestRandom random = new TestRandom(32);
    for (int k = 0; k < 500; k++) {
      int n = random.between(1, 20);
      double[] at = TestMeasures.positions(n, random);
      double[] x = TestMeasures.shares(TestMeasures.masses(n, random));
      double[] y = TestMeasures.shares(TestMeasures.masses(n, random));
      double around = random.pick(new Double[] {2 * Math.PI, 4.0, 100.0});
      EarthMover mover = new EarthMover(GroundCost.circle(at, around), new Normalized());
      assertThat(LineTransport.circle(at, around, x, y)).isCloseTo(mover.distance(x, y), offset(1e-12));
    }
  }

  @Test
  void refusesBadInput() {
    double[] at = {0, 1};
    double[] one = {1, 0};
    assertThatIllegalArgumentException().isThrownBy(() -> LineTransport.line(at, one, new double[] {1, 1}))
        .withMessageStartingWith("the source masses have the sum 1.0, the target masses 2.0");
    assertThatIllegalArgumentException().isThrownBy(() -> LineTransport.line(at, one, new double[] {-1, 1}))
        .withMessage("target mass 0 is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineTransport.line(new double[] {0, Double.NaN}, one, one))
        .withMessage("position 1 is NaN; expected a finite number");
    assertThatIllegalArgumentException().isThrownBy(() -> LineTransport.circle(at, 0, one, one))
        .withMessage("a circle of circumference 0.0; expected a positive number");
  }
}
