package org.burin.tensor;

import jdk.incubator.vector.FloatVector;

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
    int lanes = VectorNarrow.LANES;
    int p = 0;
    for (; p < depth && bOffset + p * ldb + width <= b.length; p++) {
      for (int j = 0; j < width; j += lanes) {
        FloatVector.fromArray(VectorNarrow.SPECIES, b, bOffset + p * ldb + j)
            .intoArray(packed, packedOffset + p * width + j);
      }
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
}
