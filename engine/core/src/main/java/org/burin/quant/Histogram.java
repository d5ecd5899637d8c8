package org.burin.quant;

import java.util.Arrays;
import org.apache.commons.numbers.arrays.Selection;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;

/// Numbers that a value took: least and largest one of all, and an even choice of the others.
final class Histogram {
  private static final int MOST = 1 << 16;

  private final double[] kept = new double[MOST];
  private int size;
  /// Every so-manieth number is kept.
  private long stride = 1;
  private long seen;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private boolean finite = true;

  void add(float x) {
    min = Math.min(min, x);
    max = Math.max(max, x);
    finite &= Float.isFinite(x);
    if (seen++ % stride == 0) {
      if (size == MOST) {
        for (int i = 0; i < MOST / 2; i++) {
          kept[i] = kept[2 * i];
        }
        size = MOST / 2;
        stride *= 2;
        if ((seen - 1) % stride != 0) {
          return;
        }
      }
      kept[size++] = x;
    }
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /// Whether there were numbers, and all of them finite.
  boolean isFinite() {
    return finite && seen > 0;
  }

  /// The number below which this part of all lies, of those kept.
  double quantile(double part) {
    double[] numbers = Arrays.copyOf(kept, size);
    int rank = (int) Math.rint(part * (size - 1));
    Selection.select(numbers, rank);
    return numbers[rank];
  }

  /// The sum of the squared errors that a type makes, of the numbers kept.
  double squaredError(FixedType type) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double error = FixedMath.quantize(kept[i], type) - kept[i];
      sum += error * error;
    }
    return sum;
  }
}
