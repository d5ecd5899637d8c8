package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Products with five columns, such as the scores of five classes: a vector of sixteen numbers holds three rows of C.
///
/// With one row in each vector such products are bound by the number of instructions, as every number of A is loaded alone.
/// Here four steps of the inner dimension are loaded at once for each row, brought side by side, and spread from there: each
/// lane of the sums needs the number of A of its row, and a shuffle gives it. This works where the rows of C follow each other
/// without gaps. With eight columns, of which a vector takes two rows, it gains nothing.
final class VectorTriples {
  private static final int COLUMNS = 5;

  /// Rows of a tile.
  private static final int ROWS = 9;

  /// Rows of a larger tile.
  private static final int TALL = 15;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
  private static final int LANES = 16;
  private static final VectorShuffle<Float> SPREAD0 = spread(0);
  private static final VectorShuffle<Float> SPREAD1 = spread(1);
  private static final VectorShuffle<Float> SPREAD2 = spread(2);
  private static final VectorShuffle<Float> SPREAD3 = spread(3);
  private static final VectorMask<Float> SECOND = VectorMask.fromLong(SPECIES, 0b11111_00000);
  private static final VectorMask<Float> THIRD = VectorMask.fromLong(SPECIES, 0b11111_00000_00000);

  private VectorTriples() {}

  /// In each lane the lane that holds a step of the inner dimension for the same row.
  private static VectorShuffle<Float> spread(int step) {
    return VectorShuffle.fromOp(SPECIES, lane -> Math.min(lane / COLUMNS * COLUMNS + step, LANES - 1));
  }

  /// Whether the product has the shape that this class is for.
  static boolean fit(GemmSpec spec, int colFrom, int colTo) {
    return colFrom == 0 && colTo == COLUMNS && spec.ldc() == COLUMNS && !spec.transA() && !spec.accumulate()
        && spec.lda() >= COLUMNS && spec.k() <= KernelScratch.BLOCK_K;
  }

  /// Computes as many rows as fill whole tiles, and returns the first row that is left.
  static int run(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, float[] scratch, int scratchOffset) {
    int lda = spec.lda();
    // Stores run one number past the tile, into a row that is computed later. Loads run past the end of a row of A.
    int end = Math.min(rowTo - 1, (a.length - aOffset - LANES) / lda);
    if (end - rowFrom < ROWS) {
      return rowFrom;
    }
    pack(spec, b, bOffset, scratch, scratchOffset);
    VectorTile t = VectorTile.get();
    t.a = a;
    t.aRow = lda;
    t.b = scratch;
    t.bIndex = scratchOffset;
    t.c = c;
    t.cRow = COLUMNS;
    t.inner = spec.k();
    t.aIndex = aOffset + rowFrom * lda;
    t.cIndex = cOffset + rowFrom * COLUMNS;
    t.epilogue(spec.bias(), bias, biasOffset, spec.relu());
    int row = rowFrom;
    for (int rows; end - row >= ROWS; row += rows) {
      rows = end - row >= TALL && spec.k() % 4 == 0 ? TALL : ROWS;
      if (rows == TALL) {
        tall(t);
      } else {
        tile(t);
      }
      if (t.relu || t.bias.length > 0) {
        VectorEpilogue.apply(t, rows, COLUMNS);
      }
      t.aIndex += rows * lda;
      t.cIndex += rows * COLUMNS;
    }
    t.release();
    return row;
  }

  /// Writes each row of op(B) three times; the sixteenth number does not matter. Number by number: in a loop this short
  /// the compiler may box vectors.
  private static void pack(GemmSpec spec, float[] b, int bOffset, float[] packed, int packedOffset) {
    int step = spec.transB() ? spec.ldb() : 1;
    int row = spec.transB() ? 1 : spec.ldb();
    int to = packedOffset;
    for (int p = 0; p < spec.k(); p++) {
      int from = bOffset + p * row;
      for (int j = 0; j < COLUMNS; j++) {
        float x = b[from + j * step];
        packed[to + j] = x;
        packed[to + COLUMNS + j] = x;
        packed[to + 2 * COLUMNS + j] = x;
      }
      to += LANES;
    }
  }

  /// Nine rows. Loads for the second and third row of a vector begin so far before the row that it comes to lie in its lanes.
  private static void tile(VectorTile t) {
    float[] a = t.a;
    float[] b = t.b;
    float[] c = t.c;
    int bi = t.bIndex;
    int ci = t.cIndex;
    int k = t.inner;
    int lda = t.aRow;
    int a0 = t.aIndex;
    int a1 = a0 + lda - COLUMNS;
    int a2 = a0 + 2 * lda - 2 * COLUMNS;
    int a3 = a0 + 3 * lda;
    int a4 = a0 + 4 * lda - COLUMNS;
    int a5 = a0 + 5 * lda - 2 * COLUMNS;
    int a6 = a0 + 6 * lda;
    int a7 = a0 + 7 * lda - COLUMNS;
    int a8 = a0 + 8 * lda - 2 * COLUMNS;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    int p = 0;
    for (; p < k - 3; p += 4) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a1 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a2 + p), THIRD);
      FloatVector x1 = FloatVector.fromArray(SPECIES, a, a3 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a4 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a5 + p), THIRD);
      FloatVector x2 = FloatVector.fromArray(SPECIES, a, a6 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a7 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a8 + p), THIRD);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bi + p * LANES);
      s0 = x0.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s2);
      y = FloatVector.fromArray(SPECIES, b, bi + p * LANES + LANES);
      s0 = x0.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s2);
      y = FloatVector.fromArray(SPECIES, b, bi + p * LANES + 2 * LANES);
      s0 = x0.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s2);
      y = FloatVector.fromArray(SPECIES, b, bi + p * LANES + 3 * LANES);
      s0 = x0.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s2);
    }
    for (; p < k; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a1 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a2 + p), THIRD);
      FloatVector x1 = FloatVector.fromArray(SPECIES, a, a3 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a4 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a5 + p), THIRD);
      FloatVector x2 = FloatVector.fromArray(SPECIES, a, a6 + p)
          .blend(FloatVector.fromArray(SPECIES, a, a7 + p), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, a8 + p), THIRD);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bi + p * LANES);
      s0 = x0.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s2);
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s0.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s1.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * COLUMNS);
    s2.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 6 * COLUMNS);
  }

  /// Fifteen rows, for an inner dimension of whole fours: fewer loads of B and fewer tiles to start.
  private static void tall(VectorTile t) {
    float[] a = t.a;
    float[] b = t.b;
    float[] c = t.c;
    int bi = t.bIndex;
    int ci = t.cIndex;
    int lda = t.aRow;
    int end = t.aIndex + t.inner;
    int second = lda - COLUMNS;
    int third = 2 * second;
    int next = 3 * lda;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    for (int p = t.aIndex; p < end; p += 4) {
      int q = p;
      FloatVector x0 = FloatVector.fromArray(SPECIES, a, q)
          .blend(FloatVector.fromArray(SPECIES, a, q + second), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, q + third), THIRD);
      q += next;
      FloatVector x1 = FloatVector.fromArray(SPECIES, a, q)
          .blend(FloatVector.fromArray(SPECIES, a, q + second), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, q + third), THIRD);
      q += next;
      FloatVector x2 = FloatVector.fromArray(SPECIES, a, q)
          .blend(FloatVector.fromArray(SPECIES, a, q + second), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, q + third), THIRD);
      q += next;
      FloatVector x3 = FloatVector.fromArray(SPECIES, a, q)
          .blend(FloatVector.fromArray(SPECIES, a, q + second), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, q + third), THIRD);
      q += next;
      FloatVector x4 = FloatVector.fromArray(SPECIES, a, q)
          .blend(FloatVector.fromArray(SPECIES, a, q + second), SECOND)
          .blend(FloatVector.fromArray(SPECIES, a, q + third), THIRD);
      FloatVector y = FloatVector.fromArray(SPECIES, b, bi);
      s0 = x0.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s2);
      s3 = x3.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s3);
      s4 = x4.rearrange(SPREAD0).lanewise(VectorOperators.FMA, y, s4);
      y = FloatVector.fromArray(SPECIES, b, bi + LANES);
      s0 = x0.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s2);
      s3 = x3.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s3);
      s4 = x4.rearrange(SPREAD1).lanewise(VectorOperators.FMA, y, s4);
      y = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      s0 = x0.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s2);
      s3 = x3.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s3);
      s4 = x4.rearrange(SPREAD2).lanewise(VectorOperators.FMA, y, s4);
      y = FloatVector.fromArray(SPECIES, b, bi + 3 * LANES);
      s0 = x0.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s0);
      s1 = x1.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s1);
      s2 = x2.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s2);
      s3 = x3.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s3);
      s4 = x4.rearrange(SPREAD3).lanewise(VectorOperators.FMA, y, s4);
      bi += 4 * LANES;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s0.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s1.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * COLUMNS);
    s2.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 6 * COLUMNS);
    s3.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 9 * COLUMNS);
    s4.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 12 * COLUMNS);
  }
}
