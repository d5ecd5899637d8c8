package org.burin.tensor;

import java.util.Arrays;

/// Reductions and transposition in plain Java.
final class ScalarRows {
  /// The number of partial results of a long row, and the length up to which rows are short; see [Kernels#reduceColumns].
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
    return n > PARTIALS ? sumTree(x, offset, n, 0, 1) : partialSum(x, offset, offset + n, 1);
  }

  /// The largest of n numbers in the order of [Kernels#reduceColumns].
  static float max(float[] x, int offset, int n) {
    return n > PARTIALS ? maxTree(x, offset, n, 0, 1) : partialMax(x, offset, offset + n, 1);
  }

  /// Partial result `lane` of those that are left when there are `count`.
  private static float sumTree(float[] x, int offset, int n, int lane, int count) {
    return count == PARTIALS
        ? partialSum(x, offset + lane, offset + n, PARTIALS)
        : sumTree(x, offset, n, lane, 2 * count) + sumTree(x, offset, n, lane + count, 2 * count);
  }

  private static float partialSum(float[] x, int from, int to, int step) {
    float s = 0f;
    for (int j = from; j < to; j += step) {
      s += x[j];
    }
    return s;
  }

  private static float maxTree(float[] x, int offset, int n, int lane, int count) {
    if (count == PARTIALS) {
      return partialMax(x, offset + lane, offset + n, PARTIALS);
    }
    float a = maxTree(x, offset, n, lane, 2 * count);
    float b = maxTree(x, offset, n, lane + count, 2 * count);
    return a > b ? a : b;
  }

  private static float partialMax(float[] x, int from, int to, int step) {
    float m = Float.NEGATIVE_INFINITY;
    for (int j = from; j < to; j += step) {
      m = m > x[j] ? m : x[j];
    }
    return m;
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
