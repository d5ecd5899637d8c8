package org.burin.train;

import java.util.Arrays;
import org.burin.tensor.Tensor;

/// The area under the ROC curve, exactly.
final class RocAuc {
  private RocAuc() {}

  /// The area where there are two classes.
  static double binary(Tensor prediction, Tensor target, Tensor weight) {
    int n = prediction.shape().dim(0);
    if (prediction.size() > 2 * n) {
      throw new IllegalArgumentException("metric AUC: the model gives " + prediction.size() / n
          + " numbers per sample, expected 1 or 2; take the AUC of a class, or a mean over the classes");
    }
    return ofClass(prediction, target, weight, prediction.size() == n ? -1 : 1);
  }

  /// The area for one class against the others.
  ///
  /// @param classIndex the class, or -1 where prediction and target are one number per sample
  static double ofClass(Tensor prediction, Tensor target, Tensor weight, int classIndex) {
    int n = prediction.shape().dim(0);
    int classes = n == 0 ? 1 : prediction.size() / n;
    if (classIndex >= classes) {
      throw new IllegalArgumentException(
          "metric AUC: there is no class " + classIndex + ": the model gives " + classes + " numbers per sample");
    }
    int perTarget = n == 0 ? 1 : target.size() / n;
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = prediction.data()[i * classes + Math.max(0, classIndex)];
      positive[i] = classIndex < 0
          ? target.data()[i] == 1f
          : Metrics.label(target.data(), i * perTarget, perTarget) == classIndex;
    }
    return of(scores, positive, weight.data());
  }

  /// The mean of the areas of all classes.
  static double mean(Tensor prediction, Tensor target, Tensor weight, boolean bySupport) {
    int n = prediction.shape().dim(0);
    int classes = n == 0 ? 1 : prediction.size() / n;
    int perTarget = n == 0 ? 1 : target.size() / n;
    double[] support = new double[classes];
    for (int i = 0; i < n; i++) {
      support[Metrics.label(target.data(), i * perTarget, perTarget)] += weight.data()[i];
    }
    double sum = 0;
    double total = 0;
    for (int c = 0; c < classes; c++) {
      double share = bySupport ? support[c] : 1;
      if (share > 0) {
        sum += share * ofClass(prediction, target, weight, c);
        total += share;
      }
    }
    return sum / total;
  }

  /// The weight of (positive, negative) pairs in the right order plus half that of ties, over the weight of all pairs.
  static double of(float[] scores, boolean[] positive, float[] weights) {
    long[] order = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        return Double.NaN;
      }
      order[i] = (long) ordered(scores[i]) << 32 | i;
    }
    Arrays.sort(order);
    double below = 0; // weight of the negatives with a smaller score
    double positives = 0;
    double pairs = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      double tiedPositive = 0;
      double tiedNegative = 0;
      for (; to < order.length && order[to] >> 32 == order[from] >> 32; to++) {
        int sample = (int) order[to];
        if (positive[sample]) {
          tiedPositive += weights[sample];
        } else {
          tiedNegative += weights[sample];
        }
      }
      pairs += tiedPositive * (below + 0.5 * tiedNegative);
      below += tiedNegative;
      positives += tiedPositive;
      from = to;
    }
    return pairs / (positives * below);
  }

  /// An int that compares as the float does; both zeros give the same.
  private static int ordered(float x) {
    int bits = Float.floatToIntBits(x + 0f);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
