package org.burin.workloads.emd;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.burin.data.Dataset;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.transport.EarthMover;
import org.burin.transport.Formulation;
import org.burin.transport.GroundCost;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.Hgcal;

/// Pairs of modules, each divided by the sum of its charges, with their exact distances and the derivatives of these.
///
/// Where cells have as much in `x` as in `y`, the derivative by `x` has a left and a right value; taken is their mean.
/// Derivatives are shifted so that their mean over the cells is 0, since only differences mean something.
public final class EmdPairs {
  /// The ground metric of the module.
  static final GroundCost GROUND = GroundCost.metric(Hgcal.CELLS, Hgcal.metric());

  private static final int CHUNK = 256;

  private final float[] x;
  private final float[] y;
  private final float[] distances;
  private final float[] gradients;

  private EmdPairs(float[] x, float[] y, float[] distances, float[] gradients) {
    this.x = x;
    this.y = y;
    this.distances = distances;
    this.gradients = gradients;
  }

  /// Pairs of shares, solved exactly, by all processors; the numbers do not depend on how many there are.
  ///
  /// @param x 48 shares of 1 per event; kept, not copied
  /// @param y as many
  public static EmdPairs solved(float[] x, float[] y) {
    if (x.length != y.length || x.length % Hgcal.CELLS != 0) {
      throw new IllegalArgumentException(
          "pairs need " + Hgcal.CELLS + " numbers for each side, found " + x.length + " and " + y.length);
    }
    int n = x.length / Hgcal.CELLS;
    EmdPairs pairs = new EmdPairs(x, y, new float[n], new float[x.length]);
    IntStream.range(0, Math.ceilDiv(n, CHUNK)).parallel()
        .forEach(chunk -> pairs.solve(chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK)));
    return pairs;
  }

  /// Pairs of different events, chosen at random.
  public static EmdPairs random(Events events, int count, long seed) {
    float[] shares = shares(events);
    float[] x = new float[count * Hgcal.CELLS];
    float[] y = new float[x.length];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(events.size());
      int second = random.nextInt(events.size() - 1);
      copy(shares, first, x, i);
      copy(shares, second < first ? second : second + 1, y, i);
    }
    return solved(x, y);
  }

  /// Pairs of an event and what a compression might make of it; see [Reconstruction]. Distances are small there.
  public static EmdPairs reconstructed(Events events, int count, long seed) {
    float[] shares = shares(events);
    float[] x = new float[count * Hgcal.CELLS];
    float[] y = new float[x.length];
    Reconstruction reconstruction = new Reconstruction(shares, seed);
    for (int i = 0; i < count; i++) {
      copy(shares, reconstruction.below(events.size()), x, i);
      reconstruction.write(x, y, i);
    }
    return solved(x, y);
  }

  /// These pairs and then others.
  public EmdPairs and(EmdPairs others) {
    return new EmdPairs(joined(x, others.x), joined(y, others.y), joined(distances, others.distances),
        joined(gradients, others.gradients));
  }

  /// The number of pairs.
  public int size() {
    return distances.length;
  }

  /// The first images, `[n,4,4,3]`.
  public Tensor firstImages() {
    return Images.of(x);
  }

  /// The second images, `[n,4,4,3]`.
  public Tensor secondImages() {
    return Images.of(y);
  }

  /// The first sides, not a copy: 48 shares per pair in the order of [Hgcal].
  public float[] first() {
    return x;
  }

  /// The second sides, not a copy.
  public float[] second() {
    return y;
  }

  /// The exact distances, not a copy.
  public float[] distances() {
    return distances;
  }

  /// The derivatives of the distances by the shares of the first side, not a copy: 48 per pair.
  public float[] gradients() {
    return gradients;
  }

  /// The pairs whose distance is at least so large.
  public EmdPairs atLeast(double distance) {
    int[] kept = IntStream.range(0, size()).filter(i -> distances[i] >= distance).toArray();
    EmdPairs some = new EmdPairs(new float[kept.length * Hgcal.CELLS], new float[kept.length * Hgcal.CELLS],
        new float[kept.length], new float[kept.length * Hgcal.CELLS]);
    for (int i = 0; i < kept.length; i++) {
      copy(x, kept[i], some.x, i);
      copy(y, kept[i], some.y, i);
      copy(gradients, kept[i], some.gradients, i);
      some.distances[i] = distances[kept[i]];
    }
    return some;
  }

  /// The pairs as samples for a network: inputs `x` and `y`, target `distance`, and on request `gradient` in the order
  /// of the pixels.
  Dataset dataset(boolean withGradients) {
    var builder = Dataset.builder().input(Images.X, firstImages()).input(Images.Y, secondImages())
        .target(Images.DISTANCE, Tensor.of(Shape.of(size(), 1), distances));
    if (withGradients) {
      builder.target(NormNetwork.GRADIENT, Tensor.of(Shape.of(size(), Hgcal.CELLS), Images.of(gradients).data()));
    }
    return builder.build();
  }

  private void solve(int from, int to) {
    EarthMover mover = new EarthMover(GROUND, new Formulation.Normalized());
    double[] a = new double[Hgcal.CELLS];
    double[] b = new double[Hgcal.CELLS];
    double[] u = new double[Hgcal.CELLS];
    double[] v = new double[Hgcal.CELLS];
    for (int i = from; i < to; i++) {
      for (int cell = 0; cell < Hgcal.CELLS; cell++) {
        a[cell] = x[i * Hgcal.CELLS + cell];
        b[cell] = y[i * Hgcal.CELLS + cell];
      }
      distances[i] = (float) mover.potentials(a, b, u, v);
      gradient(a, b, u, v, i);
    }
  }

  /// The potential where mass leaves and arrives, and elsewhere the mean of the largest and the smallest number that
  /// the potentials there allow.
  private void gradient(double[] a, double[] b, double[] u, double[] v, int pair) {
    double[] d = new double[Hgcal.CELLS];
    for (int i = 0; i < Hgcal.CELLS; i++) {
      double most = Double.POSITIVE_INFINITY;
      double least = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < Hgcal.CELLS; j++) {
        double cost = GROUND.cost(i, j);
        if (a[j] > b[j]) {
          least = Math.max(least, u[j] - cost);
        } else if (b[j] > a[j]) {
          most = Math.min(most, cost - v[j]);
        }
      }
      d[i] = least == Double.NEGATIVE_INFINITY || most == Double.POSITIVE_INFINITY ? 0 : (least + most) / 2;
    }
    double mean = Arrays.stream(d).sum() / Hgcal.CELLS;
    for (int i = 0; i < Hgcal.CELLS; i++) {
      gradients[pair * Hgcal.CELLS + i] = (float) (d[i] - mean);
    }
  }

  /// The charges of events as shares of their sums.
  private static float[] shares(Events events) {
    float[] shares = events.charges().clone();
    for (int i = 0; i < events.size(); i++) {
      double total = events.total(i);
      for (int cell = i * Hgcal.CELLS; cell < (i + 1) * Hgcal.CELLS; cell++) {
        shares[cell] = (float) (shares[cell] / total);
      }
    }
    return shares;
  }

  private static void copy(float[] from, int i, float[] to, int j) {
    System.arraycopy(from, i * Hgcal.CELLS, to, j * Hgcal.CELLS, Hgcal.CELLS);
  }

  private static float[] joined(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
