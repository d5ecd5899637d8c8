package org.burin.pass;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.ir.Op;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The types that a quantizer brings the elements of a value to.
///
/// @param types a type for each position; where there are no bits, one that takes up none of the range of the others
/// @param mask 1 where there are bits, 0 where the result is 0; null if there are bits everywhere
record Targets(ElementTypes types, @Nullable FixedTensor mask) {
  /// One type for all elements.
  static Targets of(FixedType type) {
    return new Targets(ElementTypes.of(type), null);
  }

  /// The types of an operation whose bits are these numbers.
  ///
  /// @throws IllegalArgumentException when a type has more than 64 bits
  static Targets of(Op.QuantizeBits op, Tensor integer, Tensor fraction) {
    Shape grid = Shape.broadcast(integer.shape(), fraction.shape());
    int n = grid.size();
    int[] widths = new int[n];
    int[] fractions = new int[n];
    int finest = Integer.MIN_VALUE;
    for (int p = 0; p < n; p++) {
      fractions[p] = (int) fraction.data()[Grids.position(p, grid, fraction.shape())];
      widths[p] = (int) integer.data()[Grids.position(p, grid, integer.shape())] + fractions[p];
      finest = widths[p] > 0 ? Math.max(finest, fractions[p]) : finest;
    }
    int spare = finest == Integer.MIN_VALUE ? 0 : finest;
    List<FixedType> types = new ArrayList<>(n);
    long[] mask = new long[n];
    boolean all = true;
    for (int p = 0; p < n; p++) {
      boolean any = widths[p] > 0;
      mask[p] = any ? 1 : 0;
      all &= any;
      types.add(any
          ? new FixedType(op.signed(), widths[p], widths[p] - fractions[p], op.rounding(), op.overflow())
          : new FixedType(false, 1, 1 - spare, op.rounding(), op.overflow()));
    }
    boolean one = types.stream().distinct().count() == 1;
    return new Targets(one ? ElementTypes.of(types.getFirst()) : new ElementTypes(grid, types),
        all ? null : FixedTensor.of(grid, 0, mask));
  }

  /// Whether all elements have one type, with bits.
  boolean isUniform() {
    return mask == null && types.isUniform();
  }

  /// The type of all elements of uniform targets.
  FixedType type() {
    return types.types().getFirst();
  }

  /// The extents over which types or bits differ.
  Shape grid() {
    return mask == null ? types.grid() : Shape.broadcast(types.grid(), mask.shape());
  }

  /// The raw integer, with the fraction of [#types], that a number becomes at a position of a grid that [#grid] broadcasts
  /// to.
  long raw(double x, int position, Shape over) {
    if (mask != null && mask.raw()[Grids.position(position, over, mask.shape())] == 0) {
      return 0;
    }
    FixedType type = types.types().get(Grids.position(position, over, types.grid()));
    return FixedMath.fromDouble(x, type) << (types.fraction() - type.fraction());
  }
}
