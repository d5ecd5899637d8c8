package org.burin.tensor;

/// One register tile of a product: what its loops walk over. [VectorWide], [VectorNarrow] and their
/// siblings run it.
///
/// The tile holds a few rows and one or two vectors of columns of C in registers while three nested loops walk over the inner
/// dimension. In a matrix product only the innermost loop runs; convolutions walk over taps and channels, or over images,
/// rows and columns, without copying anything.
///
/// There is one tile for each thread: fields rather than some twenty arguments, and nothing is allocated.
final class VectorTile {
  /// What small tiles start from when they do not start from C.
  static final float[] ZEROS = new float[64];

  private static final float[] NOTHING = new float[0];
  private static final ThreadLocal<VectorTile> TILES = ThreadLocal.withInitial(VectorTile::new);

  float[] a = NOTHING;
  float[] b = NOTHING;
  float[] c = NOTHING;
  int aIndex;
  int bIndex;
  int cIndex;

  /// Distance in `a` between rows of the tile.
  int aRow;

  /// Distance in `c` between rows of the tile.
  int cRow;

  /// Passes of the innermost loop, and how far they advance.
  int inner;
  int aStep;
  int bStep;

  /// Passes of the middle loop, and how far it advances in addition.
  int middle;
  int aMiddle;
  int bMiddle;

  /// Passes of the outermost loop, and how far it advances in addition.
  int outer;
  int aOuter;
  int bOuter;

  /// Whether to go on from what C holds rather than from 0.
  boolean load;

  /// What is added to each row when its sums are complete, from biasIndex; nothing where it is empty.
  float[] bias = NOTHING;
  int biasIndex;

  /// Whether RELU is applied when the sums are complete.
  boolean relu;

  /// The end of the part of C that stores may spill into because it is computed later; 0 when they may not.
  int spillLimit;

  private VectorTile() {}

  /// The calling thread's tile, with a single loop and no epilogue.
  static VectorTile get() {
    VectorTile t = TILES.get();
    t.middle = 1;
    t.aMiddle = 0;
    t.bMiddle = 0;
    t.outer = 1;
    t.aOuter = 0;
    t.bOuter = 0;
    t.bias = NOTHING;
    t.load = false;
    t.relu = false;
    t.spillLimit = 0;
    return t;
  }

  /// Sets what follows the sums.
  void epilogue(boolean hasBias, float[] bias, int biasIndex, boolean relu) {
    this.bias = hasBias ? bias : NOTHING;
    this.biasIndex = biasIndex;
    this.relu = relu;
  }

  /// Lets go of the arrays.
  void release() {
    a = NOTHING;
    b = NOTHING;
    c = NOTHING;
    bias = NOTHING;
  }
}
