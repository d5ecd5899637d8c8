package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.api.Test;

/// The network simplex against an exact solution of the same problems in whole numbers.
class EarthMoverTest {
  @Test
  void agreesWithWholeNumbersOnRandomProblems() {
    TestRandom random = new TestRandom(1);
    for (int k = 0; k < 4000; k++) {
      int n = random.between(1, 7);
      int m = random.between(1, 7);
      long[][] cost = new long[n][m];
      double[][] costs = new double[n][m];
      int range = random.pick(new Integer[] {1, 3, 1000});
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          cost[i][j] = random.below(range + 1);
          costs[i][j] = cost[i][j];
        }
      }
      long[] x = masses(n, random);
      long[] y = masses(m, random);
      long sx = LongStream.of(x).sum();
      long sy = LongStream.of(y).sum();
      GroundCost ground = GroundCost.of(costs);
      long amount = Math.min(sx, sy);
      Formulation energy = new Formulation.EnergyMover(2);
      TransportPlan plan = new EarthMover(ground, energy).plan(doubles(x), doubles(y));
      double expected = ExactTransport.cost(cost, x, y, amount) + 2.0 * Math.abs(sx - sy);
      assertThat(plan.distance()).isCloseTo(expected, offset(1e-9));
      Certificate certificate = plan.certificate();
      assertThat(certificate.proves(1e-12, Math.max(2, range), sx + sy + 1.0)).as(certificate.toString()).isTrue();
      long part = random.below((int) amount + 1);
      TransportPlan partial = new EarthMover(ground, new Formulation.Partial(part)).plan(doubles(x), doubles(y));
      expected = ExactTransport.cost(cost, x, y, part);
      assertThat(partial.distance()).isCloseTo(expected, offset(1e-9));
      certificate = partial.certificate();
      assertThat(certificate.proves(1e-12, range, sx + sy + 1.0)).as(certificate.toString()).isTrue();
    }
  }

  private static long[] masses(int n, TestRandom random) {
    long[] x = new long[n];
    int range = random.pick(new Integer[] {1, 2, 10});
    for (int i = 0; i < n; i++) {
      x[i] = random.below(range + 1);
    }
    return x;
  }

  private static double[] doubles(long[] x) {
    return Arrays.stream(x).asDoubleStream().toArray();
  }
}
