package org.burin.train;

/// The formulas behind the factories of [Metric].
final class Metrics {
  private Metrics() {}

  static double accuracy(float[] p, int at, int size, float[] t, int tAt, int tSize) {
    if (size == 1) {
      return binaryAccuracy(p, at, size, t, tAt, tSize, 0.5);
    }
    return argMax(p, at, size) == label(t, tAt, tSize) ? 1 : 0;
  }

  static double binaryAccuracy(float[] p, int at, int size, float[] t, int tAt, int tSize, double threshold) {
    if (size != tSize) {
      throw mismatch("binary accuracy", size, tSize);
    }
    int right = 0;
    for (int i = 0; i < size; i++) {
      right += (p[at + i] > threshold) == (t[tAt + i] == 1f) ? 1 : 0;
    }
    return (double) right / size;
  }

  static double meanSquaredError(float[] p, int at, int size, float[] t, int tAt, int tSize) {
    if (size != tSize) {
      throw mismatch("mse", size, tSize);
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double e = (double) p[at + i] - t[tAt + i];
      sum += e * e;
    }
    return sum / size;
  }

  static double meanAbsoluteError(float[] p, int at, int size, float[] t, int tAt, int tSize) {
    if (size != tSize) {
      throw mismatch("mae", size, tSize);
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.abs((double) p[at + i] - t[tAt + i]);
    }
    return sum / size;
  }

  /// How many predictions are larger than that of a class; the number of classes if that one is NaN.
  static int rank(float[] p, int at, int size, int label) {
    float own = p[at + label];
    int larger = 0;
    for (int i = 0; i < size; i++) {
      larger += p[at + i] <= own ? 0 : 1;
    }
    return larger;
  }

  /// The class of a target: its number if it is one, otherwise the position of the (first) largest.
  static int label(float[] t, int at, int size) {
    return size == 1 ? (int) t[at] : argMax(t, at, size);
  }

  static int argMax(float[] x, int at, int size) {
    int best = 0;
    for (int i = 1; i < size; i++) {
      if (x[at + i] > x[at + best]) {
        best = i;
      }
    }
    return best;
  }

  private static IllegalArgumentException mismatch(String metric, int size, int targetSize) {
    return new IllegalArgumentException("metric " + metric + ": the prediction of a sample has " + size
        + " numbers, its target " + targetSize + "; expected as many");
  }
}
