package org.burin.compat;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// A value and the type that its C++ variable has, which says more than the numbers that the value can be: how wide the
/// word is that addresses a table, what padding is.
///
/// @param value shape `[N, ...]`
record HlsValue(FixedValue value, FixedType type) {
  /// The extents without the batch.
  int[] sample() {
    int[] dims = value.shape().dims();
    int[] rest = new int[dims.length - 1];
    System.arraycopy(dims, 1, rest, 0, rest.length);
    return rest;
  }

  /// The shape `[N, dims...]`.
  static Shape batched(int... dims) {
    int[] all = new int[dims.length + 1];
    all[0] = Shape.BATCH;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return Shape.of(all);
  }

  /// The elements `start, start + step, ...` along an axis.
  static FixedValue slice(FixedGraphBuilder b, FixedValue x, int axis, int start, int size, int step) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      starts.add(i == axis ? start : 0);
      sizes.add(i == axis ? size : x.shape().dim(i));
      steps.add(i == axis ? step : 1);
    }
    return b.slice(x, starts, sizes, steps);
  }

  /// Element `i` of an axis, which disappears.
  static FixedValue element(FixedGraphBuilder b, FixedValue x, int axis, int i) {
    return b.reshape(slice(b, x, axis, i, 1, 1), without(x.shape(), axis));
  }

  /// A shape less an axis.
  static Shape without(Shape shape, int axis) {
    int[] dims = new int[shape.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i < axis ? i : i + 1);
    }
    return Shape.of(dims);
  }
}
