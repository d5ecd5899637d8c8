package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.burin.tensor.TestRandom;
import org.burin.transport.Formulation.Balanced;
import org.burin.transport.Formulation.EnergyMover;
import org.burin.transport.Formulation.Normalized;
import org.burin.transport.Formulation.Partial;
import org.junit.jupiter.api.Test;

/// The network simplex against exact solutions in whole numbers, against the axioms of a metric, and at the edges.
class EarthMoverTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void agreesWithWholeNumbersOnRandomProblems() {
    TestRandom random = new TestRandom(1);
    for (int k = 0; k < 3000; k++) {
      int range = random.pick(new Integer[] {1, 3, 1000});
      long[][] cost = costs(random.between(1, 7), random.between(1, 7), range, random);
      compare(cost, range, random, GroundCost.of(doubles(cost)));
    }
  }

  /// Whole numbers on a line, where sites often coincide: here mass that both sides have is cancelled first.
  @Test
  void agreesWithWholeNumbersOnMetrics() {
    TestRandom random = new TestRandom(2);
    for (int k = 0; k < 3000; k++) {
      int n = random.between(1, 8);
      double[] at = Arrays.stream(new double[n]).map(z -> random.below(12)).toArray();
      long[][] cost = new long[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          cost[i][j] = (long) Math.abs(at[i] - at[j]);
        }
      }
      compare(cost, 12, random, GroundCost.line(at));
    }
  }

  private static void compare(long[][] cost, int range, TestRandom random, GroundCost ground) {
    long[] x = wholeMasses(cost.length, random);
    long[] y = wholeMasses(cost[0].length, random);
    long sx = LongStream.of(x).sum();
    long sy = LongStream.of(y).sum();
    double mass = (double) (sx + sy);
    long smaller = Math.min(sx, sy);
    prove(new EarthMover(ground, new EnergyMover(2)).plan(doubles(x), doubles(y)),
        ExactTransport.cost(cost, x, y, smaller) + 2.0 * Math.abs(sx - sy), range, mass);
    long part = random.below((int) smaller + 1);
    prove(new EarthMover(ground, new Partial(part)).plan(doubles(x), doubles(y)),
        (double) ExactTransport.cost(cost, x, y, part), range, mass);
    y[0] += sx - smaller;
    x[0] += sy - smaller;
    double all = (double) ExactTransport.cost(cost, x, y, Math.max(sx, sy));
    prove(new EarthMover(ground, new Balanced()).plan(doubles(x), doubles(y)), all, range, mass);
    if (sx + sy > 0) {
      prove(new EarthMover(ground, new Normalized()).plan(doubles(x), doubles(y)), all / Math.max(sx, sy), range, 1);
    }
  }

  private static void prove(TransportPlan plan, double expected, double cost, double mass) {
    double scale = Math.max(2, cost) * Math.max(1, mass);
    assertThat(plan.distance()).isCloseTo(expected, offset(ROUNDING * scale));
    Certificate certificate = plan.certificate();
    assertThat(certificate.primal()).isCloseTo(expected, offset(ROUNDING * scale));
    assertThat(certificate.proves(ROUNDING, Math.max(2, cost), Math.max(1, mass)))
        .as("%s", certificate).isTrue();
  }

  private static long[][] costs(int n, int m, int range, TestRandom random) {
    long[][] cost = new long[n][m];
    for (long[] row : cost) {
      Arrays.setAll(row, j -> random.below(range + 1));
    }
    return cost;
  }

  private static long[] wholeMasses(int n, TestRandom random) {
    int range = random.pick(new Integer[] {1, 2, 10});
    return LongStream.generate(() -> random.below(range + 1)).limit(n).toArray();
  }

  private static double[] doubles(long[] x) {
    return Arrays.stream(x).asDoubleStream().toArray();
  }

  private static double[][] doubles(long[][] x) {
    return Arrays.stream(x).map(EarthMoverTest::doubles).toArray(double[][]::new);
  }

  // ---- large problems -----------------------------------------------------------------------------------------------

  @Test
  void provesALargeProblemOptimal() {
    TestRandom random = new TestRandom(3);
    int n = 1000;
    GroundCost ground = GroundCost.euclidean(TestMeasures.points(n, random), TestMeasures.points(n, random));
    double[] x = Arrays.stream(new double[n]).map(z -> random.uniform(0.01f, 1)).toArray();
    double[] y = Arrays.stream(new double[n]).map(z -> random.uniform(0.01f, 1)).toArray();
    TransportPlan plan = new EarthMover(ground, new Normalized()).plan(x, y);
    assertThat(plan.certificate().proves(ROUNDING, ground.largest(), 1)).as("%s", plan.certificate()).isTrue();
    assertThat(plan.moves()).hasSizeLessThan(2 * n);
  }

  /// Equal masses make an assignment problem, the most degenerate one: every tree has as many arcs without flow as
  /// with.
  @Test
  void provesALargeAssignmentOptimal() {
    TestRandom random = new TestRandom(4);
    int n = 300;
    GroundCost ground = GroundCost.of(doubles(costs(n, n, 5, random)));
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    TransportPlan plan = new EarthMover(ground, new Balanced()).plan(ones, ones);
    assertThat(plan.certificate().proves(ROUNDING, ground.largest(), n)).as("%s", plan.certificate()).isTrue();
    assertThat(plan.moves()).hasSize(n).allMatch(move -> Math.abs(move.mass() - 1) < ROUNDING);
  }

  // ---- axioms -------------------------------------------------------------------------------------------------------

  @Test
  void isAMetricWhereTheGroundCostIsOne() {
    TestRandom random = new TestRandom(5);
    for (int k = 0; k < 300; k++) {
      int n = random.between(1, 20);
      GroundCost ground = GroundCost.euclidean(TestMeasures.points(n, random));
      double[] x = TestMeasures.masses(n, random);
      double[] y = TestMeasures.masses(n, random);
      double[] z = TestMeasures.masses(n, random);
      for (Formulation f : new Formulation[] {new Normalized(), new EnergyMover(ground.largest() / 2)}) {
        EarthMover mover = new EarthMover(ground, f);
        double xy = mover.distance(x, y);
        assertThat(mover.distance(y, x)).isCloseTo(xy, offset(ROUNDING));
        assertThat(xy).isLessThanOrEqualTo(mover.distance(x, z) + mover.distance(z, y) + ROUNDING);
        assertThat(mover.distance(x, x)).isZero();
      }
    }
  }

  @Test
  void cancellationChangesNothing() {
    TestRandom random = new TestRandom(6);
    for (int k = 0; k < 300; k++) {
      int n = random.between(1, 30);
      GroundCost metric = GroundCost.euclidean(TestMeasures.points(n, random));
      GroundCost any = GroundCost.of(n, n, metric.toArray());
      double[] x = TestMeasures.masses(n, random);
      double[] y = TestMeasures.masses(n, random);
      for (Formulation f : new Formulation[] {new Normalized(), new EnergyMover(1), new Partial(0.7)}) {
        assertThat(new EarthMover(metric, f).distance(x, y))
            .isCloseTo(new EarthMover(any, f).distance(x, y), offset(ROUNDING * n));
      }
    }
  }

  @Test
  void theOrderOfTheSitesDoesNotMatter() {
    TestRandom random = new TestRandom(7);
    for (int k = 0; k < 200; k++) {
      int n = random.between(1, 25);
      double[][] points = TestMeasures.points(n, random);
      double[] x = TestMeasures.masses(n, random);
      double[] y = TestMeasures.masses(n, random);
      double distance = new EarthMover(GroundCost.euclidean(points), new Normalized()).distance(x, y);
      for (int i = n - 1; i > 0; i--) {
        int j = random.below(i + 1);
        double[] point = points[i];
        points[i] = points[j];
        points[j] = point;
        swap(x, i, j);
        swap(y, i, j);
      }
      assertThat(new EarthMover(GroundCost.euclidean(points), new Normalized()).distance(x, y))
          .isCloseTo(distance, offset(ROUNDING));
    }
  }

  private static void swap(double[] x, int i, int j) {
    double was = x[i];
    x[i] = x[j];
    x[j] = was;
  }

  // ---- edges --------------------------------------------------------------------------------------------------------

  @Test
  void massesOfAnyMagnitude() {
    GroundCost line = GroundCost.line(new double[] {0, 1, 3});
    EarthMover mover = new EarthMover(line, new Normalized());
    EarthMover energy = new EarthMover(line, new EnergyMover(5));
    for (double scale : new double[] {Double.MIN_VALUE, 1e-300, 1, 1e300, 0x1p1021}) {
      assertThat(mover.distance(new double[] {scale, 0, scale}, new double[] {0, 2 * scale, 0})).isEqualTo(1.5);
      assertThat(energy.distance(new double[] {scale, 0, 0}, new double[] {0, 2 * scale, 0}))
          .isCloseTo(6 * scale, withPercentage(1e-12));
    }
    // Beside a mass that stays, one of any size counts for what it is; beside one that moves it is lost in rounding.
    EarthMover balanced = new EarthMover(line, new Balanced());
    assertThat(balanced.distance(new double[] {1, 1e-300, 0}, new double[] {1, 0, 1e-300}))
        .isCloseTo(2e-300, withPercentage(1e-12));
    assertThat(balanced.distance(new double[] {1, 1e-300, 0}, new double[] {0, 1, 1e-300})).isEqualTo(1);
    assertThat(balanced.distance(new double[] {1, 1e-30, 1e30}, new double[] {1e30, 1e-30, 1})).isEqualTo(3e30);
  }

  @Test
  void emptySides() {
    GroundCost line = GroundCost.line(new double[] {0, 1, 3});
    double[] none = new double[3];
    double[] some = {1, 0, 2};
    assertThat(new EarthMover(line, new EnergyMover(0.5)).distance(none, some)).isEqualTo(1.5);
    assertThat(new EarthMover(line, new EnergyMover(0.5)).distance(some, none)).isEqualTo(1.5);
    assertThat(new EarthMover(line, new EnergyMover(0.5)).distance(none, none)).isZero();
    assertThat(new EarthMover(line, new Balanced()).distance(none, none)).isZero();
    assertThat(new EarthMover(line, new Partial(0)).distance(none, some)).isZero();
    EarthMover normalized = new EarthMover(line, new Normalized());
    assertThatIllegalArgumentException().isThrownBy(() -> normalized.distance(none, some))
        .withMessage("the source has no mass: all masses are 0, which cannot be normalized");
    assertThatIllegalArgumentException().isThrownBy(() -> normalized.distance(some, none))
        .withMessage("the target has no mass: all masses are 0, which cannot be normalized");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarthMover(line, new Balanced()).distance(some, none))
        .withMessage("the source masses have the sum 3.0, the target masses 0.0; balanced transport needs equal sums "
            + "(normalize them, or use another formulation)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarthMover(line, new Partial(2)).distance(some, new double[] {1, 0.5, 0}))
        .withMessage("mass 2.0 is to be moved, but the source masses have the sum 3.0 and the target masses 1.5");
  }

  @Test
  void badMassesAreNamed() {
    EarthMover mover = new EarthMover(GroundCost.line(new double[] {0, 1, 3}), new Normalized());
    double[] fine = {1, 2, 3};
    assertThatIllegalArgumentException().isThrownBy(() -> mover.distance(new double[] {1, Double.NaN, 0}, fine))
        .withMessage("source mass 1 is NaN; expected a finite number >= 0");
    assertThatIllegalArgumentException().isThrownBy(() -> mover.distance(fine, new double[] {1, 0, -0.5}))
        .withMessage("target mass 2 is -0.5; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mover.distance(new double[] {Double.POSITIVE_INFINITY, 0, 0}, fine))
        .withMessage("source mass 0 is Infinity; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mover.distance(fine, new double[] {Double.MAX_VALUE, Double.MAX_VALUE, 0}))
        .withMessage("the sum of the target masses is beyond the range of double; scale them down");
    assertThatIllegalArgumentException().isThrownBy(() -> mover.distance(new double[2], fine))
        .withMessage("2 source masses for 3 source sites");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mover.potentials(fine, fine, new double[3], new double[2]))
        .withMessage("an array of 2 numbers cannot take the results for 3 targets");
  }
}
