package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.burin.tensor.TestRandom;
import org.burin.transport.Formulation.EnergyMover;
import org.burin.transport.Formulation.Normalized;
import org.junit.jupiter.api.Test;

/// Many pairs at once.
class EarthMoverBatchTest {
  private static final int SITES = 20;
  private static final int PAIRS = 300;
  private static final int WARM_UP_LIMIT = 40;

  private final TestRandom random = new TestRandom(21);
  private final GroundCost ground = GroundCost.euclidean(TestMeasures.points(SITES, random));
  private final double[] x = flat();
  private final double[] y = flat();

  private double[] flat() {
    double[] all = new double[PAIRS * SITES];
    for (int k = 0; k < PAIRS; k++) {
      System.arraycopy(TestMeasures.masses(SITES, random), 0, all, k * SITES, SITES);
    }
    return all;
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    double[][] results = new double[3][];
    double[][] slopes = new double[3][PAIRS * SITES];
    for (int t = 0; t < 3; t++) {
      EarthMoverBatch batch = new EarthMoverBatch(ground, new Normalized(), 1 << t);
      results[t] = batch.distances(Measures.of(x, SITES), Measures.of(y, SITES));
      double[] again = new double[PAIRS];
      batch.gradients(Measures.of(x, SITES), Measures.of(y, SITES), again, slopes[t], new double[PAIRS * SITES]);
      assertThat(again).isEqualTo(results[t]);
    }
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
    assertThat(slopes[1]).isEqualTo(slopes[0]);
    assertThat(slopes[2]).isEqualTo(slopes[0]);
    EarthMover alone = new EarthMover(ground, new Normalized());
    double[] last = new double[2 * SITES];
    Measures.of(x, SITES).read(PAIRS - 1, last);
    double[] one = new double[SITES];
    double[] other = new double[SITES];
    Measures.of(x, SITES).read(PAIRS - 1, one);
    Measures.of(y, SITES).read(PAIRS - 1, other);
    assertThat(alone.distance(one, other)).isEqualTo(results[0][PAIRS - 1]);
  }

  @Test
  void selectsMeasures() {
    Measures some = Measures.of(x, SITES).select(7, 3, 7);
    Measures others = Measures.of(y, SITES).select(2, 3, 2);
    EarthMoverBatch batch = new EarthMoverBatch(ground, new EnergyMover(1), 1);
    double[] all = batch.distances(Measures.of(x, SITES), Measures.of(y, SITES));
    assertThat(batch.distances(some, others)).hasSize(3).contains(all[3]);
    assertThatIllegalArgumentException().isThrownBy(() -> Measures.of(x, SITES).select(0, PAIRS))
        .withMessage("there is no measure 300 among 300");
  }

  @Test
  void readsFloats() {
    float[] floats = new float[x.length];
    IntStream.range(0, x.length).forEach(i -> floats[i] = (float) x[i]);
    double[] same = new double[x.length];
    IntStream.range(0, x.length).forEach(i -> same[i] = floats[i]);
    EarthMoverBatch batch = new EarthMoverBatch(ground, new Normalized(), 1);
    assertThat(batch.distances(Measures.of(floats, SITES), Measures.of(y, SITES)))
        .isEqualTo(batch.distances(Measures.of(same, SITES), Measures.of(y, SITES)));
  }

  @Test
  void theFirstPairThatCannotBeSolvedIsNamed() {
    y[299 * SITES + 4] = -1;
    y[150 * SITES + 5] = Double.NaN;
    for (int threads : new int[] {1, 2, 4}) {
      EarthMoverBatch batch = new EarthMoverBatch(ground, new Normalized(), threads);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> batch.distances(Measures.of(x, SITES), Measures.of(y, SITES)))
          .withMessage("pair 150: target mass 5 is NaN; expected a finite number >= 0");
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    EarthMoverBatch batch = new EarthMoverBatch(ground, new Normalized(), 1);
    assertThatIllegalArgumentException().isThrownBy(() -> Measures.of(x, 7))
        .withMessage("6000 masses do not make measures of 7 sites");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.distances(Measures.of(x, 10), Measures.of(y, SITES)))
        .withMessageStartingWith("measures on 10 and 20 sites do not fit a metric of 20 x 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.distances(Measures.of(x, SITES), Measures.of(y, SITES).select(1, 2)))
        .withMessage("300 sources, 2 targets and space for 300 distances do not make pairs");
    assertThatIllegalArgumentException().isThrownBy(() -> new EarthMoverBatch(ground, new Normalized(), 0))
        .withMessage("0 threads; expected at least 1");
  }

  @Test
  void aPairAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EarthMover mover = new EarthMover(ground, new Normalized());
    Measures xs = Measures.of(x, SITES);
    Measures ys = Measures.of(y, SITES);
    double[] a = new double[SITES];
    double[] b = new double[SITES];
    double[] u = new double[SITES];
    double[] v = new double[SITES];
    long allocated = -1;
    for (int round = 0; round < WARM_UP_LIMIT && allocated != 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long overhead = threads.getCurrentThreadAllocatedBytes() - before;
      before = threads.getCurrentThreadAllocatedBytes();
      for (int k = 0; k < PAIRS; k++) {
        xs.read(k, a);
        ys.read(k, b);
        mover.distance(a, b);
        mover.gradient(a, b, u, v);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before - overhead;
    }
    assertThat(allocated).as("bytes allocated by %d pairs", PAIRS).isZero();
  }
}
