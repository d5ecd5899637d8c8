package org.burin.tensor;

/// Copies blocks of matrices into the order in which the tiles read them.
final class VectorPack {
  private VectorPack() {}

  /// Packs `columns` columns of `depth` rows of op(B), panel after panel, each row padded to the panel's width.
  static void columns(
      boolean transposed, float[] b, int bOffset, int ldb, int depth, int columns, float[] packed, int packedOffset) {
    int width;
    for (int j = 0; j < columns; j += width) {
      width = VectorPanel.width(columns - j);
      int valid = Math.min(width, columns - j);
      int to = packedOffset + j * depth;
      if (transposed) {
        transposedPanel(b, bOffset + j * ldb, ldb, depth, valid, packed, to, width);
      } else {
        panel(b, bOffset + j, ldb, depth, valid, packed, to, width);
      }
    }
  }

  /// The padding of a panel is whatever follows in b: what the tiles compute from it is not stored.
  static void panel(
      float[] b, int bOffset, int ldb, int depth, int valid, float[] packed, int packedOffset, int width) {
    int p = 0;
    for (; p < depth && bOffset + p * ldb + width <= b.length; p++) {
      System.arraycopy(b, bOffset + p * ldb, packed, packedOffset + p * width, width);
    }
    for (; p < depth; p++) {
      System.arraycopy(b, bOffset + p * ldb, packed, packedOffset + p * width, valid);
    }
  }

  static void transposedPanel(
      float[] b, int bOffset, int ldb, int depth, int valid, float[] packed, int packedOffset, int width) {
    for (int j = 0; j < width; j++) {
      int from = bOffset + j * ldb;
      int to = packedOffset + j;
      for (int p = 0; p < depth; p++) {
        packed[to + p * width] = j < valid ? b[from + p] : 0f;
      }
    }
  }

  /// Packs `rows` rows (a multiple of the tile's) of op(A), tile after tile, the rows of a tile next to each other.
  static void rows(
      float[] a, int aOffset, int aRow, int aStep, int rows, int depth, float[] packed, int packedOffset) {
    int tile = VectorPanel.ROWS;
    for (int i = 0; i < rows; i += tile) {
      int to = packedOffset + i * depth;
      for (int r = 0; r < tile; r++) {
        int from = aOffset + (i + r) * aRow;
        for (int p = 0; p < depth; p++) {
          packed[to + p * tile + r] = a[from + p * aStep];
        }
      }
    }
  }
}
