package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Reductions and softmax on the Vector API, with the bits of [ScalarRows].
///
/// The sixteen partial results of a row are the lanes of one vector; where vectors are shorter, rows are folded by
/// [ScalarRows].
final class VectorRows {
  private static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;
  private static final int LANES = SPECIES.length();
  /// Whether a vector holds all partial results of a row.
  private static final boolean WHOLE = LANES == ScalarRows.PARTIALS;
  private static final VectorShuffle<Float> BY_8 = shift(8);
  private static final VectorShuffle<Float> BY_4 = shift(4);
  private static final VectorShuffle<Float> BY_2 = shift(2);
  private static final VectorShuffle<Float> BY_1 = shift(1);

  /// For each number of columns the positions of the first numbers of a block of rows.
  private static final int[][] STRIDED = new int[LANES + 1][LANES];

  static {
    for (int columns = 0; columns <= LANES; columns++) {
      for (int lane = 0; lane < LANES; lane++) {
        STRIDED[columns][lane] = lane * columns;
      }
    }
  }

  private VectorRows() {}

  private static VectorShuffle<Float> shift(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LANES);
  }

  static void reduceRows(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int colFrom, int colTo) {
    int j = colFrom;
    for (; j + 4 * LANES <= colTo; j += 4 * LANES) {
      if (fn == ReduceFn.MAX) {
        maxRows(rows, columns, x, xOffset + j, y, yOffset + j);
        maxRows(rows, columns, x, xOffset + j + LANES, y, yOffset + j + LANES);
        maxRows(rows, columns, x, xOffset + j + 2 * LANES, y, yOffset + j + 2 * LANES);
        maxRows(rows, columns, x, xOffset + j + 3 * LANES, y, yOffset + j + 3 * LANES);
      } else {
        sumRows4(rows, columns, x, xOffset + j, y, yOffset + j);
      }
    }
    for (; j + LANES <= colTo; j += LANES) {
      if (fn == ReduceFn.MAX) {
        maxRows(rows, columns, x, xOffset + j, y, yOffset + j);
      } else {
        sumRows(rows, columns, x, xOffset + j, y, yOffset + j);
      }
    }
    if (j < colTo) {
      lastColumns(fn, rows, columns, x, xOffset + j, y, yOffset + j, colTo - j);
    }
    if (fn == ReduceFn.MEAN) {
      int to = yOffset + colFrom;
      VectorElementwise.binaryScalar(BinaryFn.DIV, y, to, rows, y, to, colTo - colFrom);
    }
  }

  private static void sumRows4(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int at = xi;
    for (int i = 0; i < rows; i++) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, at));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
      at += columns;
    }
    s0.intoArray(y, yi);
    s1.intoArray(y, yi + LANES);
    s2.intoArray(y, yi + 2 * LANES);
    s3.intoArray(y, yi + 3 * LANES);
  }

  private static void sumRows(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    FloatVector s = FloatVector.zero(SPECIES);
    int at = xi;
    for (int i = 0; i < rows; i++) {
      s = s.add(FloatVector.fromArray(SPECIES, x, at));
      at += columns;
    }
    s.intoArray(y, yi);
  }

  private static void maxRows(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int at = xi;
    for (int i = 0; i < rows; i++) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at);
      m = v.blend(m, m.compare(VectorOperators.GT, v));
      at += columns;
    }
    m.intoArray(y, yi);
  }

  /// Columns that do not fill a vector.
  private static void lastColumns(
      ReduceFn fn, int rows, int columns, float[] x, int xi, float[] y, int yi, int n) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, n);
    FloatVector s = FloatVector.broadcast(SPECIES, fn == ReduceFn.MAX ? Float.NEGATIVE_INFINITY : 0f);
    int at = xi;
    if (fn == ReduceFn.MAX) {
      for (int i = 0; i < rows; i++) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at, mask);
        s = v.blend(s, s.compare(VectorOperators.GT, v));
        at += columns;
      }
    } else {
      for (int i = 0; i < rows; i++) {
        s = s.add(FloatVector.fromArray(SPECIES, x, at, mask));
        at += columns;
      }
    }
    s.intoArray(y, yi, mask);
  }

  static void reduceColumns(
      ReduceFn fn, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    if (!WHOLE || fn == ReduceFn.MAX || columns <= LANES) {
      ScalarRows.reduceColumns(fn, columns, x, xOffset, y, yOffset, rowFrom, rowTo);
      return;
    }
    for (int i = rowFrom; i < rowTo; i++) {
      float s = sum(x, xOffset + i * columns, columns);
      y[yOffset + i] = fn == ReduceFn.MEAN ? s / columns : s;
    }
  }

  /// The sum of more than sixteen numbers in the order of [Kernels#reduceColumns].
  private static float sum(float[] x, int offset, int n) {
    int bound = SPECIES.loopBound(n);
    FloatVector s = FloatVector.zero(SPECIES);
    for (int j = 0; j < bound; j += LANES) {
      s = s.add(FloatVector.fromArray(SPECIES, x, offset + j));
    }
    if (bound < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(bound, n);
      s = s.add(FloatVector.fromArray(SPECIES, x, offset + bound, mask));
    }
    FloatVector t = s.add(s.rearrange(BY_8));
    t = t.add(t.rearrange(BY_4));
    t = t.add(t.rearrange(BY_2));
    return t.add(t.rearrange(BY_1)).lane(0);
  }

  /// How many of the rows `[rowFrom,rowTo)` go through [#softmaxBlocks] or [#logSoftmaxBlocks]: those of short rows that
  /// fill whole blocks of sixteen.
  static int inBlocks(int columns, int rowFrom, int rowTo) {
    return WHOLE && columns <= LANES ? SPECIES.loopBound(rowTo - rowFrom) : 0;
  }

  /// Softmax of a multiple of sixteen short rows: each lane has a row of its own.
  static void softmaxBlocks(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    expBlocks(rows, columns, x, xi, y, yi);
    for (int i = 0; i < rows * columns; i += LANES * columns) {
      divideBySum(columns, STRIDED[columns], y, yi + i);
    }
  }

  /// Logarithm of the softmax of a multiple of sixteen short rows.
  static void logSoftmaxBlocks(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    expBlocks(rows, columns, x, xi, y, yi);
    for (int i = 0; i < rows * columns; i += LANES * columns) {
      logBlock(columns, STRIDED[columns], x, xi + i, y, yi + i);
    }
  }

  /// `y = exp(x - m)` with the largest number m of each row.
  private static void expBlocks(int rows, int columns, float[] x, int xi, float[] y, int yi) {
    for (int i = 0; i < rows * columns; i += LANES * columns) {
      subtractMax(columns, STRIDED[columns], x, xi + i, y, yi + i);
    }
    VectorElementwise.unary(UnaryFn.EXP, y, yi, y, yi, rows * columns);
  }

  // The following work on one block each. Vectors do not pass between them: a call that HotSpot does not inline would
  // put them on the heap.

  private static void subtractMax(int columns, int[] index, float[] x, int xi, float[] y, int yi) {
    FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < columns; j++) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xi + j, index, 0);
      m = v.blend(m, m.compare(VectorOperators.GT, v));
    }
    for (int j = 0; j < columns; j++) {
      FloatVector.fromArray(SPECIES, x, xi + j, index, 0).sub(m).intoArray(y, yi + j, index, 0);
    }
  }

  private static void divideBySum(int columns, int[] index, float[] y, int yi) {
    FloatVector s = FloatVector.zero(SPECIES);
    for (int j = 0; j < columns; j++) {
      s = s.add(FloatVector.fromArray(SPECIES, y, yi + j, index, 0));
    }
    for (int j = 0; j < columns; j++) {
      FloatVector.fromArray(SPECIES, y, yi + j, index, 0).div(s).intoArray(y, yi + j, index, 0);
    }
  }

  /// `y = (x - m) - log(s)` with the largest number m of each row of x and the sum s of that of y.
  private static void logBlock(int columns, int[] index, float[] x, int xi, float[] y, int yi) {
    FloatVector s = FloatVector.zero(SPECIES);
    FloatVector m = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < columns; j++) {
      s = s.add(FloatVector.fromArray(SPECIES, y, yi + j, index, 0));
      FloatVector v = FloatVector.fromArray(SPECIES, x, xi + j, index, 0);
      m = v.blend(m, m.compare(VectorOperators.GT, v));
    }
    FloatVector logarithm = VectorMath.log(s);
    for (int j = 0; j < columns; j++) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, xi + j, index, 0).sub(m);
      d.sub(logarithm).intoArray(y, yi + j, index, 0);
    }
  }
}
