package org.burin.workloads.econ;

import java.util.Arrays;
import org.burin.tensor.Shape;

/// How the 48 trigger cells are laid out as an image for a convolution, as in fastml-science (`networks.py`).
///
/// Pixels are numbered row-major over [#shape]. A pixel shows one cell, or nothing; a cell may be shown by several
/// pixels, of which one is its own.
public final class Arrangement {
  /// What [#cells] has for a pixel that shows nothing.
  public static final int NONE = -1;

  /// One image of 8x8 pixels, on which most neighbours stay neighbours: sector 1 is turned and lies above sector 2, with
  /// sector 0 at its right. The lower right quarter is empty. Neighbours across the seam of the sectors 0 and 2 are apart.
  public static final Arrangement SQUARE_8X8 = new Arrangement(Shape.of(8, 8, 1), """
      28 29 30 31  0  4  8 12
      24 25 26 27  1  5  9 13
      20 21 22 23  2  6 10 14
      16 17 18 19  3  7 11 15
      47 43 39 35  -  -  -  -
      46 42 38 34  -  -  -  -
      45 41 37 33  -  -  -  -
      44 40 36 32  -  -  -  -
      """);

  /// Three images of 4x4 pixels, one per sector, as channels: pixel (r, c) of channel s is cell 16 s + 4 r + c.
  public static final Arrangement SECTORS_4X4X3 = new Arrangement(Shape.of(4, 4, 3), """
       0 16 32  1 17 33  2 18 34  3 19 35
       4 20 36  5 21 37  6 22 38  7 23 39
       8 24 40  9 25 41 10 26 42 11 27 43
      12 28 44 13 29 45 14 30 46 15 31 47
      """);

  /// Three images of 6x6 pixels, one after the other: each sector with those cells of the two others that lie at its right
  /// and below. Pixels in brackets repeat a cell of another sector.
  public static final Arrangement PADDED_3X6X6 = new Arrangement(Shape.of(3, 6, 6), """
       -  -  -  -  -  -
       - 12 13 14 15 (32)
       -  8  9 10 11 (33)
       -  4  5  6  7 (34)
       -  0  1  2  3 (35)
       - (31) (27) (23) (19) -
       -  -  -  -  -  -
       - 28 29 30 31 (0)
       - 24 25 26 27 (1)
       - 20 21 22 23 (2)
       - 16 17 18 19 (3)
       - (47) (43) (39) (35) -
       -  -  -  -  -  -
       - 44 45 46 47 (16)
       - 40 41 42 43 (17)
       - 36 37 38 39 (18)
       - 32 33 34 35 (19)
       - (15) (11) (7) (3) -
      """);

  /// The images of [#PADDED_3X6X6] as channels.
  public static final Arrangement PADDED_6X6X3 = new Arrangement(Shape.of(6, 6, 3), PADDED_3X6X6);

  private final Shape shape;
  private final int[] cells;
  private final boolean[] own;

  private Arrangement(Shape shape, String picture) {
    this.shape = shape;
    String[] pixels = picture.strip().split("\\s+");
    cells = Arrays.stream(pixels).mapToInt(Arrangement::cell).toArray();
    own = new boolean[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      own[p] = Character.isDigit(pixels[p].charAt(0));
    }
  }

  private Arrangement(Shape shape, Arrangement images) {
    this.shape = shape;
    int size = images.cells.length;
    int channels = images.shape.dim(0);
    int pixels = size / channels;
    cells = new int[size];
    own = new boolean[size];
    for (int i = 0; i < size; i++) {
      int to = i % pixels * channels + i / pixels;
      cells[to] = images.cells[i];
      own[to] = images.own[i];
    }
  }

  private static int cell(String pixel) {
    return pixel.equals("-") ? NONE : Integer.parseInt(pixel.replaceAll("[()]", ""));
  }

  /// The shape of the image.
  public Shape shape() {
    return shape;
  }

  /// The number of pixels, over all channels.
  public int pixels() {
    return cells.length;
  }

  /// The cell that a pixel shows, or [#NONE]; a new copy.
  public int[] cells() {
    return cells.clone();
  }

  /// The published `arrMask`: 1 for pixels that show a cell, 0 for the others.
  public int[] mask() {
    return Arrays.stream(cells).map(c -> c == NONE ? 0 : 1).toArray();
  }

  /// The published `calQMask`: 1 for the pixel of each cell that is its own, 0 for the others.
  public int[] ownMask() {
    int[] mask = new int[own.length];
    for (int p = 0; p < mask.length; p++) {
      mask[p] = own[p] ? 1 : 0;
    }
    return mask;
  }

  /// The published `remap`: for each of the 48 cells the pixel that is its own.
  public int[] positions() {
    int[] positions = new int[Hgcal.CELLS];
    for (int p = 0; p < cells.length; p++) {
      if (own[p]) {
        positions[cells[p]] = p;
      }
    }
    return positions;
  }

  /// Writes one event as an image; pixels that show nothing become 0.
  ///
  /// @param charges 48 numbers per event
  /// @param from where the event starts
  /// @param image receives [#pixels] numbers
  /// @param to where the image starts
  public void write(float[] charges, int from, float[] image, int to) {
    for (int p = 0; p < cells.length; p++) {
      image[to + p] = cells[p] == NONE ? 0 : charges[from + cells[p]];
    }
  }

  /// Reads one event out of an image, each cell from its own pixel.
  ///
  /// @param image [#pixels] numbers per image
  /// @param from where the image starts
  /// @param charges receives 48 numbers
  /// @param to where the event starts
  public void read(float[] image, int from, float[] charges, int to) {
    for (int p = 0; p < cells.length; p++) {
      if (own[p]) {
        charges[to + cells[p]] = image[from + p];
      }
    }
  }
}
