package org.burin.tensor;

/// Runs the tile of a thread down the rows of one panel of columns.
///
/// A panel is as wide as the tile: four or two wide vectors, two narrow ones or one narrow one. The last may hold fewer columns
/// than its width; then B must be packed with padding, and C is written through a small buffer.
final class VectorPanel {
  /// Only products whose B is read in place have panels of this width.
  static final int BROAD = 4 * VectorWide.LANES;

  static final int WIDE = 2 * VectorWide.LANES;
  static final int MIDDLE = 2 * VectorNarrow.LANES;
  static final int NARROW = VectorNarrow.LANES;

  /// Rows of the largest tile. The x86 instruction sets before AVX-512 have just sixteen vector registers.
  static final int ROWS =
      VectorWide.LANES < 16 && System.getProperty("os.arch", "").matches("amd64|x86_64|x86|i386") ? 4 : 8;

  private VectorPanel() {}

  /// The width of the panel for the next of so many remaining columns.
  static int width(int columns) {
    return columns >= WIDE ? WIDE : columns > NARROW ? MIDDLE : NARROW;
  }

  /// The columns with which the panels of so many columns are padded in all.
  static int padding(int columns) {
    int last = columns % WIDE;
    return last == 0 ? 0 : (last + NARROW - 1) / NARROW * NARROW - last;
  }

  /// Computes `rows` rows from the tile's position, of `columns` columns (at most `width`).
  ///
  /// @param edge buffer of [KernelScratch#EDGE] floats, from `edgeOffset`
  static void run(VectorTile t, int rows, int width, int columns, float[] edge, int edgeOffset) {
    int most = width == BROAD ? 4 : ROWS;
    int row = 0;
    for (; row + most <= rows; row += most) {
      step(t, most, width, columns, edge, edgeOffset);
    }
    int left = rows - row;
    if (left > 0 && !t.load && rows >= most && left > 1) {
      // Computing some rows a second time costs less than single rows.
      t.aIndex -= (most - left) * t.aRow;
      t.cIndex -= (most - left) * t.cRow;
      step(t, most, width, columns, edge, edgeOffset);
      return;
    }
    if (left >= 4) {
      step(t, 4, width, columns, edge, edgeOffset);
      left -= 4;
    }
    for (; left > 0; left--) {
      step(t, 1, width, columns, edge, edgeOffset);
    }
  }

  private static void step(VectorTile t, int rows, int width, int columns, float[] edge, int edgeOffset) {
    if (columns == width || t.cIndex + (rows - 1) * t.cRow + width <= t.spillLimit) {
      tile(t, rows, width);
    } else {
      throughEdge(t, rows, width, columns, edge, edgeOffset);
    }
    if (t.relu || t.bias.length > 0) {
      VectorEpilogue.apply(t, rows, columns);
    }
    t.aIndex += rows * t.aRow;
    t.cIndex += rows * t.cRow;
  }

  private static void throughEdge(
      VectorTile t, int rows, int width, int columns, float[] edge, int edgeOffset) {
    float[] c = t.c;
    int cIndex = t.cIndex;
    int cRow = t.cRow;
    if (t.load) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          edge[edgeOffset + i * width + j] = c[cIndex + i * cRow + j];
        }
      }
    }
    t.c = edge;
    t.cIndex = edgeOffset;
    t.cRow = width;
    tile(t, rows, width);
    t.c = c;
    t.cIndex = cIndex;
    t.cRow = cRow;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[cIndex + i * cRow + j] = edge[edgeOffset + i * width + j];
      }
    }
  }

  private static void tile(VectorTile t, int rows, int width) {
    if (t.middle == 1 && t.outer == 1) {
      plain(t, rows, width);
    } else {
      walk(t, rows, width);
    }
  }

  private static void plain(VectorTile t, int rows, int width) {
    if (width == BROAD) {
      switch (rows) {
        case 4 -> VectorBroad.rows4x4(t);
        default -> VectorBroad.rows1x4(t);
      }
    } else if (width == WIDE) {
      switch (rows) {
        case 8 -> VectorWide.rows8x2(t);
        case 4 -> VectorWide.rows4x2(t);
        default -> VectorWide.rows1x2(t);
      }
    } else if (width == MIDDLE) {
      switch (rows) {
        case 8 -> VectorNarrow.rows8x2(t);
        case 4 -> VectorNarrow.rows4x2(t);
        default -> VectorNarrow.rows1x2(t);
      }
    } else {
      switch (rows) {
        case 8 -> VectorNarrow.rows8x1(t);
        case 4 -> VectorNarrow.rows4x1(t);
        default -> VectorNarrow.rows1x1(t);
      }
    }
  }

  private static void walk(VectorTile t, int rows, int width) {
    if (width == WIDE) {
      switch (rows) {
        case 8 -> VectorWideWalk.rows8x2(t);
        case 4 -> VectorWideWalk.rows4x2(t);
        default -> VectorWideWalk.rows1x2(t);
      }
    } else if (width == MIDDLE) {
      switch (rows) {
        case 8 -> VectorNarrowWalk.rows8x2(t);
        case 4 -> VectorNarrowWalk.rows4x2(t);
        default -> VectorNarrowWalk.rows1x2(t);
      }
    } else {
      switch (rows) {
        case 8 -> VectorNarrowWalk.rows8x1(t);
        case 4 -> VectorNarrowWalk.rows4x1(t);
        default -> VectorNarrowWalk.rows1x1(t);
      }
    }
  }
}
