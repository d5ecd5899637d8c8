package org.burin.tensor;

/// Matrix products: blocks that fit the caches, cut into register tiles.
///
/// B is packed where its panels are padded, transposed or far apart in memory. A is always read where it lies: packing it costs
/// more than it gains, as each of its numbers is loaded alone anyway.
final class VectorGemm {
  /// From this many floats on, a block of B is packed even if its panels could be read in place.
  private static final int PACK_B = 1 << 14;

  /// Up to this depth of the inner dimension the panels of B of [VectorBroad] stay in the first-level cache.
  private static final int BROAD_DEPTH = 64;

  private VectorGemm() {}

  static void gemm(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    int row = rowFrom;
    int col = colFrom;
    if (VectorWide.LANES == 16 && VectorTriples.fit(spec, colFrom, colTo)) {
      row = VectorTriples.run(
          spec, a, aOffset, b, bOffset, c, cOffset, bias, biasOffset, rowFrom, rowTo, scratch, scratchOffset);
    } else if (rowTo - rowFrom == 1 && !spec.transB() && !spec.accumulate()) {
      col = VectorRow.run(
          spec, a, aOffset, b, bOffset, c, cOffset, bias, biasOffset, rowFrom, colFrom, colTo);
    }
    if (row < rowTo && col < colTo) {
      tiles(
          spec, a, aOffset, b, bOffset, c, cOffset, bias, biasOffset, row, rowTo, col, colTo, scratch, scratchOffset);
    }
  }

  private static void tiles(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    VectorTile t = VectorTile.get();
    t.c = c;
    t.cRow = spec.ldc();
    int k = spec.k();
    int chunks = Math.max(1, (k + KernelScratch.BLOCK_K - 1) / KernelScratch.BLOCK_K);
    boolean wholeRows = colFrom == 0 && colTo == spec.ldc() && colTo <= VectorPanel.MIDDLE;
    if (wholeRows && chunks == 1 && !spec.accumulate()) {
      t.spillLimit = cOffset + rowTo * spec.ldc();
    }
    int from = 0;
    for (int chunk = 1; chunk <= chunks; chunk++) {
      int to = (int) ((long) k * chunk / chunks);
      boolean last = chunk == chunks;
      t.load = chunk > 1 || spec.accumulate();
      for (int j = colFrom; j < colTo; j += KernelScratch.BLOCK_N) {
        int columns = Math.min(colTo - j, KernelScratch.BLOCK_N);
        block(
            t, spec, a, aOffset, b, bOffset, cOffset, last && spec.bias(), bias, biasOffset, last && spec.relu(), rowFrom,
            rowTo, j, columns, from, to - from, scratch, scratchOffset);
      }
      from = to;
    }
    t.release();
  }

  /// All rows of a block of columns and a chunk of the inner dimension.
  private static void block(
      VectorTile t, GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, int cOffset, boolean hasBias,
      float[] bias, int biasOffset, boolean relu, int rowFrom, int rowTo, int colFrom, int columns, int depthFrom,
      int depth, float[] scratch, int scratchOffset) {
    int padded = columns + VectorPanel.padding(columns);
    int bFirst = bOffset + (spec.transB() ? colFrom * spec.ldb() + depthFrom : depthFrom * spec.ldb() + colFrom);
    boolean packB = spec.transB() || padded > columns
        || (columns > VectorPanel.WIDE && columns * depth > PACK_B && rowTo - rowFrom > VectorPanel.ROWS);
    int edge = scratchOffset;
    int packedB = edge + KernelScratch.EDGE;
    if (packB) {
      VectorPack.columns(spec.transB(), b, bFirst, spec.ldb(), depth, columns, scratch, packedB);
    }
    t.a = a;
    t.aRow = spec.transA() ? 1 : spec.lda();
    t.aStep = spec.transA() ? spec.lda() : 1;
    for (int i = rowFrom; i < rowTo; i += KernelScratch.BLOCK_M) {
      int rows = Math.min(rowTo - i, KernelScratch.BLOCK_M);
      int width;
      for (int j = 0; j < columns; j += width) {
        boolean broad = VectorPanel.ROWS == 8 && !packB && depth <= BROAD_DEPTH && columns - j >= VectorPanel.BROAD;
        width = broad ? VectorPanel.BROAD : VectorPanel.width(columns - j);
        t.b = packB ? scratch : b;
        t.bIndex = packB ? packedB + j * depth : bFirst + j;
        t.bStep = packB ? width : spec.ldb();
        t.inner = depth;
        t.epilogue(hasBias, bias, biasOffset + colFrom + j, relu);
        t.cIndex = cOffset + i * spec.ldc() + colFrom + j;
        t.aIndex = aOffset + i * t.aRow + depthFrom * t.aStep;
        VectorPanel.run(t, rows, width, Math.min(width, columns - j), scratch, edge);
      }
    }
  }
}
