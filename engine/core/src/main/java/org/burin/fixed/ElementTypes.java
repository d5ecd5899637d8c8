package org.burin.fixed;

import java.util.List;
import org.burin.tensor.Shape;

/// Types for the elements of a tensor: one for all, one per channel, or one for each.
///
/// @param grid a shape that broadcasts to the tensor's; scalar for one type for all
/// @param types a type for every position of the grid, row-major
public record ElementTypes(Shape grid, List<FixedType> types) {
  /// Checks that there is a type for every position.
  ///
  /// @throws IllegalArgumentException when there are more or fewer, there is none, or the grid has the open batch size
  public ElementTypes {
    types = List.copyOf(types);
    if (!grid.isBound() || grid.size() == 0) {
      throw new IllegalArgumentException("types are for the elements of one sample, found a grid " + grid);
    }
    if (grid.size() != types.size()) {
      throw new IllegalArgumentException(
          "a grid " + grid + " needs " + grid.size() + " types, found " + types.size());
    }
  }

  /// One type for all elements.
  public static ElementTypes of(FixedType type) {
    return new ElementTypes(Shape.SCALAR, List.of(type));
  }

  /// Whether all elements have one type.
  public boolean isUniform() {
    return types.stream().distinct().count() <= 1;
  }

  /// The largest number of fractional bits of any element.
  public int fraction() {
    return types.stream().mapToInt(FixedType::fraction).max().orElse(0);
  }
}
