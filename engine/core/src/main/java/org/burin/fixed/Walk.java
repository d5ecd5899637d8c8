package org.burin.fixed;

import org.burin.tensor.Shape;

/// Positions of tensors: walking over them row-major, and finding one in a tensor that broadcasts.
public final class Walk {
  private Walk() {}

  /// Moves to the next position, row-major; back to the first one after the last.
  static void advance(int[] index, int[] dims) {
    for (int i = dims.length - 1; i >= 0; i--) {
      if (++index[i] < dims[i]) {
        return;
      }
      index[i] = 0;
    }
  }

  /// For every axis of a tensor of this rank the distance in elements of `shape`, which broadcasts to it: 0 along axes
  /// that it repeats.
  static int[] strides(Shape shape, int rank) {
    int[] strides = new int[rank];
    int step = 1;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      int extent = shape.dim(i);
      strides[rank - shape.rank() + i] = extent == 1 ? 0 : step;
      step *= extent;
    }
    return strides;
  }

  /// The element that the strides give a position.
  static int offset(int[] index, int[] strides) {
    int offset = 0;
    for (int i = 0; i < index.length; i++) {
      offset += index[i] * strides[i];
    }
    return offset;
  }

  /// For every element of a tensor of shape `to`, row-major, the element of one of shape `from` that is repeated there.
  public static int[] sources(Shape from, Shape to) {
    int[] strides = strides(from, to.rank());
    int[] dims = to.dims();
    int[] index = new int[dims.length];
    int[] sources = new int[to.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = offset(index, strides);
      advance(index, dims);
    }
    return sources;
  }

  /// The position of an element, one number per axis.
  public static int[] index(int element, Shape shape) {
    int[] index = new int[shape.rank()];
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = element % shape.dim(i);
      element /= shape.dim(i);
    }
    return index;
  }
}
