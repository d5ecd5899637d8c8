package org.burin.workloads.jets;

import java.util.Arrays;
import java.util.Objects;
import org.burin.data.Dataset;
import org.burin.tensor.CounterRandom;

/// Makes jets that resemble those of the public data set, from summary numbers that come with the class.
///
/// A jet is drawn in three steps: normal scores from a mixture of eight Gaussians; each score through its feature's
/// quantile table to a standardized feature (a Gaussian mixture copula); the class from the probabilities that a small
/// network gives for these features. `d2_a1_b1_mmdt` is a copy of `d2_b1_mmdt` and `multiplicity` is a whole number of
/// particles, as in the public data. The comments in `generator.csv` say how the numbers were fitted.
///
/// The jets are a stand-in for the data set. How far they are from it, measured on 400,000 of them and 500 real jets:
///
/// - The greatest distance of a feature's distribution function from that of the public training rows is 0.03, and 0.02
///   on the average of the 16 features. The correlations between features are within 0.04 of those of the real jets.
/// - A 16-64-32-32-5 network trained on generated jets only is right for 0.774 to 0.784 of the 500 real jets in
///   eight trainings, and for 0.76 of new generated ones. The reference, trained and measured on real jets, is 0.766.
///   As these 500 jets shaped the mixture, the same was done with only half of them: 0.776 of the other half. The
///   standard error of such a number is 0.02, and the 500 are on the easy side: the published 6-bit network is right
///   for 0.79 of them.
/// - The features of generated jets overlap more between classes than real ones; the label network's logits are scaled
///   by 1.25 to make up for it, so that its confidence on real jets is a little too high.
/// - The classes g, q, t, w, z have the frequencies 0.24, 0.21, 0.25, 0.14, 0.16, real ones about 0.2 each.
///
/// Jet i depends on the seed and on i only, and is the same on every machine. Immutable and thread-safe.
public final class JetsGenerator {
  private static final int STREAM = 0x6A657473;
  private static final double LARGEST_SCORE = 3.2;
  private static final double KNOTS_PER_UNIT = 10;
  private static final int DRAWN = Jets.FEATURES.size() - 1;

  private final long seed;
  private final double[] weights = Arrays.stream(GeneratorNumbers.rows("weight")).mapToDouble(row -> row[0]).toArray();
  private final double[][] means = GeneratorNumbers.rows("mean");
  private final double[][] factors = GeneratorNumbers.rows("factor");
  private final double[][] quantiles = GeneratorNumbers.rows("quantiles");
  private final double[] particles = GeneratorNumbers.rows("scale")[Jets.MULTIPLICITY];
  private final LabelNetwork labels = LabelNetwork.shipped();

  /// The jets of one seed.
  public JetsGenerator(long seed) {
    this.seed = seed;
  }

  /// Writes `count` neighbouring jets.
  ///
  /// @param first the number of the first jet, not negative
  /// @param count how many jets
  /// @param features standardized features in the order of [Jets#FEATURES], row-major `[rows][16]`
  /// @param classes class indices in the order of [Jets#CLASSES], `[rows]`
  /// @param row the row in both arrays of the first jet
  /// @throws IndexOutOfBoundsException when the arrays have no room for the rows, or `first` is negative
  public void generate(long first, int count, float[] features, float[] classes, int row) {
    Objects.checkFromIndexSize(first, count, Long.MAX_VALUE);
    Objects.checkFromIndexSize(row, count, Math.min(features.length / Jets.FEATURES.size(), classes.length));
    double[] noise = new double[DRAWN];
    double[] drawn = new double[DRAWN];
    for (int i = 0; i < count; i++) {
      long base = CounterRandom.base(seed, first + i, STREAM);
      drawFeatures(base, noise, drawn);
      write(drawn, features, (row + i) * Jets.FEATURES.size());
      classes[row + i] = labels.draw(drawn, CounterRandom.uniform(base, DRAWN + 1));
    }
  }

  /// The jets `first` to `first + count - 1` in memory.
  ///
  /// @return the input `x [16]`, standardized, and the target `y` of class indices
  /// @throws IndexOutOfBoundsException when `first` or `count` is negative
  public Dataset dataset(long first, int count) {
    Objects.checkFromIndexSize(first, count, Long.MAX_VALUE);
    float[] features = new float[Math.multiplyExact(count, Jets.FEATURES.size())];
    float[] classes = new float[count];
    generate(first, count, features, classes, 0);
    return Jets.dataset(features, classes);
  }

  private void drawFeatures(long base, double[] noise, double[] drawn) {
    int component = component(CounterRandom.uniform(base, 0));
    for (int j = 0; j < DRAWN; j++) {
      noise[j] = NormalScore.of(CounterRandom.uniform(base, j + 1) + NormalScore.SMALLEST);
    }
    double[] mean = means[component];
    double[] factor = factors[component];
    int at = 0;
    for (int j = 0; j < DRAWN; j++) {
      double score = mean[j];
      for (int k = 0; k <= j; k++) {
        score += factor[at++] * noise[k];
      }
      drawn[j] = quantile(quantiles[j], score);
    }
    double whole = Math.rint(particles[0] + particles[1] * drawn[DRAWN - 1]);
    drawn[DRAWN - 1] = (whole - particles[0]) / particles[1];
  }

  private int component(double uniform) {
    int component = 0;
    double left = uniform;
    while (component < weights.length - 1 && left >= weights[component]) {
      left -= weights[component++];
    }
    return component;
  }

  /// The table's value at a normal score, straight between the knots; scores beyond the table count as its ends.
  static double quantile(double[] table, double score) {
    double position = (Math.clamp(score, -LARGEST_SCORE, LARGEST_SCORE) + LARGEST_SCORE) * KNOTS_PER_UNIT;
    int knot = Math.min((int) position, table.length - 2);
    return table[knot] + (position - knot) * (table[knot + 1] - table[knot]);
  }

  private static void write(double[] drawn, float[] features, int offset) {
    int from = 0;
    for (int j = 0; j < Jets.FEATURES.size(); j++) {
      features[offset + j] = (float) (j == Jets.COPY ? drawn[Jets.COPIED] : drawn[from++]);
    }
  }
}
