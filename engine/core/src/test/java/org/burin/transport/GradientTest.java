package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.burin.tensor.TestRandom;
import org.burin.transport.Formulation.Balanced;
import org.burin.transport.Formulation.EnergyMover;
import org.burin.transport.Formulation.Normalized;
import org.burin.transport.Formulation.Partial;
import org.junit.jupiter.api.Test;

/// Gradients of the exact distance against differences of distances.
class GradientTest {
  private static final int SITES = 9;
  private static final double STEP = 1e-7;

  private final TestRandom random = new TestRandom(11);

  @Test
  void isTheSlopeForEachMass() {
    for (int k = 0; k < 100; k++) {
      boolean metric = random.flip();
      GroundCost euclid = GroundCost.euclidean(TestMeasures.points(SITES, random));
      GroundCost ground = metric ? euclid : GroundCost.of(SITES, SITES, euclid.toArray());
      for (Formulation f : new Formulation[] {new Normalized(), new EnergyMover(2), new Partial(0.8)}) {
        EarthMover mover = new EarthMover(ground, f);
        double[] x = positive();
        double[] y = positive();
        double[] dx = new double[SITES];
        double[] dy = new double[SITES];
        double distance = mover.gradient(x, y, dx, dy);
        for (int i = 0; i < SITES; i++) {
          assertThat(slope(mover, x, y, x, i)).isCloseTo(dx[i], offset(1e-6));
          assertThat(slope(mover, x, y, y, i)).isCloseTo(dy[i], offset(1e-6));
        }
        assertThat(mover.distance(x, y)).isEqualTo(distance);
      }
    }
  }

  /// Masses in general position, so that a small step does not leave the linear piece.
  private double[] positive() {
    double[] x = new double[SITES];
    for (int i = 0; i < SITES; i++) {
      x[i] = random.uniform(0.1f, 1);
    }
    return x;
  }

  private static double slope(EarthMover mover, double[] x, double[] y, double[] vary, int at) {
    double was = vary[at];
    vary[at] = was + STEP;
    double more = mover.distance(x, y);
    vary[at] = was - STEP;
    double less = mover.distance(x, y);
    vary[at] = was;
    return (more - less) / (2 * STEP);
  }

  @Test
  void aSubgradientBoundsTheDistanceFromBelow() {
    for (int k = 0; k < 300; k++) {
      GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
      EarthMover mover = new EarthMover(ground, new EnergyMover(ground.largest()));
      double[] x = TestMeasures.masses(SITES, random);
      double[] y = TestMeasures.masses(SITES, random);
      double[] dx = new double[SITES];
      double[] dy = new double[SITES];
      double bound = mover.gradient(x, y, dx, dy);
      double[] other = TestMeasures.masses(SITES, random);
      for (int i = 0; i < SITES; i++) {
        bound += dx[i] * (other[i] - x[i]);
      }
      assertThat(mover.distance(other, y)).isGreaterThanOrEqualTo(bound - 1e-12);
    }
  }

  @Test
  void doesNotSeeTheSumWhenNormalized() {
    GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
    EarthMover mover = new EarthMover(ground, new Normalized());
    double[] x = positive();
    double[] y = positive();
    double[] dx = new double[SITES];
    double[] dy = new double[SITES];
    mover.gradient(x, y, dx, dy);
    double along = 0;
    for (int i = 0; i < SITES; i++) {
      along += dx[i] * x[i];
    }
    assertThat(along).isCloseTo(0, offset(1e-14));
  }

  @Test
  void potentialsAddUpToTheDistance() {
    for (int k = 0; k < 100; k++) {
      GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
      double[] x = TestMeasures.shares(TestMeasures.masses(SITES, random));
      double[] y = TestMeasures.shares(TestMeasures.masses(SITES, random));
      double[] u = new double[SITES];
      double[] v = new double[SITES];
      double distance = new EarthMover(ground, new Balanced()).potentials(x, y, u, v);
      double dual = 0;
      for (int i = 0; i < SITES; i++) {
        dual += u[i] * x[i] + v[i] * y[i];
      }
      assertThat(dual).isCloseTo(distance, offset(1e-13));
    }
  }

  @Test
  void thePriceOfPartialTransportIsTheSlopeForTheMassMoved() {
    GroundCost line = GroundCost.line(new double[] {0, 1, 3, 7});
    double[] x = {1, 1, 0, 0};
    double[] y = {0, 0, 1, 1};
    assertThat(new EarthMover(line, new Partial(0.5)).plan(x, y).price()).isCloseTo(2, offset(1e-14));
    assertThat(new EarthMover(line, new Partial(1.5)).plan(x, y).price()).isCloseTo(7, offset(1e-14));
  }
}
