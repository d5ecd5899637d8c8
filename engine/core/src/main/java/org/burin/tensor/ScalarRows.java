package org.burin.tensor;

import java.util.Arrays;

/// Reductions and transposition in plain Java.
final class ScalarRows {
  /// The number of partial results that a row is folded into first; see [Kernels#reduceColumns].
  static final int PARTIALS = 16;

  private static final int TILE = 16;

  private ScalarRows() {}

  static void reduceRows(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int colFrom, int colTo) {
    int n = colTo - colFrom;
    int to = yOffset + colFrom;
    Arrays.fill(y, to, to + n, fn == ReduceFn.MAX ? Float.NEGATIVE_INFINITY : 0f);
    BinaryFn fold = fn == ReduceFn.MAX ? BinaryFn.MAX : BinaryFn.ADD;
    for (int i = 0; i < rows; i++) {
      ScalarElementwise.binary(fold, y, to, x, xOffset + i * columns + colFrom, y, to, n);
    }
    if (fn == ReduceFn.MEAN) {
      ScalarElementwise.binaryScalar(BinaryFn.DIV, y, to, rows, y, to, n);
    }
  }

  static void reduceColumns(
      ReduceFn fn, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      int xi = xOffset + i * columns;
      y[yOffset + i] = switch (fn) {
        case SUM -> sum(x, xi, columns);
        case MEAN -> sum(x, xi, columns) / columns;
        case MAX -> max(x, xi, columns);
      };
    }
  }

  /// The sum of n numbers in the order of [Kernels#reduceColumns].
  static float sum(float[] x, int offset, int n) {
    return sumTree(x, offset, n, 0, 1, firstLevel(n));
  }

  /// The largest of n numbers in the order of [Kernels#reduceColumns].
  static float max(float[] x, int offset, int n) {
    return maxTree(x, offset, n, 0, 1, firstLevel(n));
  }

  /// The number of partial results that are not empty, rounded up to a power of two: adding the empty ones changes nothing.
  private static int firstLevel(int n) {
    int level = 1;
    while (level < n && level < PARTIALS) {
      level += level;
    }
    return level;
  }

  /// Partial result `lane` of those that are left when there are `count`.
  private static float sumTree(float[] x, int offset, int n, int lane, int count, int first) {
    if (count < first) {
      return sumTree(x, offset, n, lane, 2 * count, first) + sumTree(x, offset, n, lane + count, 2 * count, first);
    }
    float s = 0f;
    for (int j = lane; j < n; j += PARTIALS) {
      s += x[offset + j];
    }
    return s;
  }

  private static float maxTree(float[] x, int offset, int n, int lane, int count, int first) {
    if (count < first) {
      float a = maxTree(x, offset, n, lane, 2 * count, first);
      float b = maxTree(x, offset, n, lane + count, 2 * count, first);
      return a > b ? a : b;
    }
    float m = Float.NEGATIVE_INFINITY;
    for (int j = lane; j < n; j += PARTIALS) {
      m = m > x[offset + j] ? m : x[offset + j];
    }
    // Below sixteen numbers the scheme also compares with empty partial results, which drops a NaN.
    return first == PARTIALS || m > Float.NEGATIVE_INFINITY ? m : Float.NEGATIVE_INFINITY;
  }

  static void transpose(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i0 = rowFrom; i0 < rowTo; i0 += TILE) {
      int i1 = Math.min(rowTo, i0 + TILE);
      for (int j0 = 0; j0 < columns; j0 += TILE) {
        int j1 = Math.min(columns, j0 + TILE);
        for (int j = j0; j < j1; j++) {
          for (int i = i0; i < i1; i++) {
            y[yOffset + j * rows + i] = x[xOffset + i * columns + j];
          }
        }
      }
    }
  }
}
