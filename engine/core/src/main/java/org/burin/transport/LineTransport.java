package org.burin.transport;

import java.util.Arrays;

/// The earth mover's distance on a line or a circle in closed form: the integral of the difference of the cumulative
/// masses, in a time that grows like n log n for positions not in order and like n for positions that are.
///
/// Masses need not be normalized, but their sums must agree as for [Formulation.Balanced].
public final class LineTransport {
  private LineTransport() {}

  /// The distance between masses at positions of a line, whose cost is the distance between positions.
  ///
  /// @param positions of the sites, in any order
  /// @param x mass of the source at every site
  /// @param y mass of the target at every site
  /// @throws IllegalArgumentException when the arrays differ in length, a position is not finite, a mass is negative or
  ///     not finite, or the sums differ
  public static double line(double[] positions, double[] x, double[] y) {
    double factor = factor(positions, x, y);
    int[] order = order(positions);
    double more = 0;
    double distance = 0;
    for (int k = 0; k + 1 < order.length; k++) {
      more += x[order[k]] - y[order[k]] * factor;
      distance += Math.abs(more) * (positions[order[k + 1]] - positions[order[k]]);
    }
    return distance;
  }

  /// The distance between masses at positions of a circle, whose cost is the shorter way along it.
  ///
  /// What flows past a point may be chosen; best is the weighted median of the cumulative differences (Rabin, Delon,
  /// Gousseau, "Transportation distances on the circle", J. Math. Imaging Vis. 41, 2011).
  ///
  /// @param positions of the sites along the circle, in any order; multiples of the circumference do not count
  /// @throws IllegalArgumentException as [#line], or when the circumference is not a positive number
  public static double circle(double[] positions, double circumference, double[] x, double[] y) {
    GroundCost.requireCircumference(circumference);
    double factor = factor(positions, x, y);
    double[] at = new double[positions.length];
    for (int i = 0; i < at.length; i++) {
      double along = positions[i] % circumference;
      at[i] = along < 0 ? along + circumference : along;
    }
    int[] order = order(at);
    double[] past = new double[order.length];
    double[] length = new double[order.length];
    double more = 0;
    for (int k = 0; k < order.length; k++) {
      more += x[order[k]] - y[order[k]] * factor;
      past[k] = more;
      length[k] = (k + 1 < order.length ? at[order[k + 1]] : at[order[0]] + circumference) - at[order[k]];
    }
    double median = weightedMedian(past, length, circumference);
    double distance = 0;
    for (int k = 0; k < past.length; k++) {
      distance += Math.abs(past[k] - median) * length[k];
    }
    return distance;
  }

  private static double weightedMedian(double[] values, double[] weights, double all) {
    int[] order = order(values);
    double below = 0;
    int k = 0;
    while (k + 1 < order.length && below + weights[order[k]] < all / 2) {
      below += weights[order[k]];
      k++;
    }
    return values[order[k]];
  }

  /// Checks the masses and returns what to multiply those of the target with.
  private static double factor(double[] positions, double[] x, double[] y) {
    GroundCost.requirePositions(positions);
    double sourceSum = Masses.sum(x, positions.length, "source");
    double targetSum = Masses.sum(y, positions.length, "target");
    Masses.requireEqual(sourceSum, targetSum);
    return sourceSum == targetSum ? 1 : sourceSum / targetSum;
  }

  /// The indices of values in rising order.
  private static int[] order(double[] values) {
    int n = values.length;
    int[] order = new int[n];
    boolean sorted = true;
    for (int i = 0; i < n; i++) {
      order[i] = i;
      sorted &= i == 0 || values[i - 1] <= values[i];
    }
    return sorted ? order : Arrays.stream(order).boxed()
        .sorted((i, j) -> Double.compare(values[i], values[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
