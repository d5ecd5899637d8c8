package org.burin.bench;

import java.util.Arrays;

/// The middle of a sample and how far it spreads.
///
/// @param low the 10 % quantile
/// @param median the 50 % quantile
/// @param high the 90 % quantile
record Quantiles(double low, double median, double high) {
  /// The quantiles of a sample, interpolated linearly between its order statistics (type 7 of Hyndman and Fan, "Sample
  /// quantiles in statistical packages", The American Statistician 50, 1996).
  ///
  /// @throws IllegalArgumentException when the sample is empty
  static Quantiles of(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("an empty sample has no quantiles");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return new Quantiles(at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
  }

  private static double at(double[] sorted, double p) {
    double position = p * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
