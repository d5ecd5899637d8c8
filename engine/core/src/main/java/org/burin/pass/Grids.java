package org.burin.pass;

import org.burin.tensor.Shape;

/// Positions of shapes that broadcast to one another.
final class Grids {
  private Grids() {}

  /// The flat position in `shape`, which broadcasts to `over`, of what stands at a flat position of `over`.
  static int position(int flat, Shape over, Shape shape) {
    if (shape.equals(over)) {
      return flat;
    }
    int lead = over.rank() - shape.rank();
    int at = 0;
    int stride = 1;
    int rest = flat;
    for (int axis = over.rank() - 1; axis >= lead; axis--) {
      int extent = over.dim(axis);
      int i = rest % extent;
      rest /= extent;
      int own = shape.dim(axis - lead);
      at += own == 1 ? 0 : i * stride;
      stride *= own;
    }
    return at;
  }

  /// The shape of this rank with 1 in front, and 1 in place of the open batch size.
  static Shape perSample(Shape shape, int rank) {
    int[] dims = new int[rank];
    int lead = rank - shape.rank();
    for (int i = 0; i < rank; i++) {
      int extent = i < lead ? 1 : shape.dim(i - lead);
      dims[i] = extent == Shape.BATCH ? 1 : extent;
    }
    return Shape.of(dims);
  }
}
