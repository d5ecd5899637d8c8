package org.burin.fixed;

import java.util.Arrays;
import java.util.List;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedOp.Pad;
import org.burin.fixed.FixedOp.Slice;
import org.burin.tensor.Shape;

/// Operations that move elements without computing.
final class ExactMoves {
  private ExactMoves() {}

  /// Where an element of the result comes from.
  @FunctionalInterface
  private interface Source {
    void at(int[] index, int[] from);
  }

  /// Elements of `x` in other places.
  private static FixedTensor move(FixedTensor x, Shape shape, Source source) {
    int[] strides = x.shape().strides();
    int[] dims = shape.dims();
    int[] index = new int[dims.length];
    int[] from = new int[strides.length];
    long[] y = new long[shape.size()];
    for (int i = 0; i < y.length; i++) {
      source.at(index, from);
      y[i] = x.raw()[Walk.offset(from, strides)];
      Walk.advance(index, dims);
    }
    return FixedTensor.of(shape, x.fraction(), y);
  }

  static FixedTensor upsample2d(FixedTensor x, int factorH, int factorW, Shape shape) {
    return move(x, shape, (index, from) -> {
      from[0] = index[0];
      from[1] = index[1] / factorH;
      from[2] = index[2] / factorW;
      from[3] = index[3];
    });
  }

  static FixedTensor gather(FixedTensor x, FixedTensor indices, Gather op, Shape shape) {
    int axis = op.axis();
    int rank = indices.shape().rank();
    int[] strides = indices.shape().strides();
    return move(x, shape, (index, from) -> {
      int at = 0;
      for (int i = 0; i < rank; i++) {
        at += index[axis + i] * strides[i];
      }
      System.arraycopy(index, 0, from, 0, axis);
      System.arraycopy(index, axis + rank, from, axis + 1, from.length - axis - 1);
      from[axis] = (int) whole(indices.raw()[at], indices.fraction());
    });
  }

  /// The number `raw * 2^-fraction`, known to be whole and a position.
  static long whole(long raw, int fraction) {
    return (long) Math.scalb((double) raw, -fraction);
  }

  static FixedTensor concat(List<FixedTensor> parts, int axis, Shape shape) {
    int fraction = parts.stream().mapToInt(FixedTensor::fraction).max().orElseThrow();
    long[] y = new long[shape.size()];
    int[] strides = shape.strides();
    int offset = 0;
    for (FixedTensor part : parts) {
      int[] dims = part.shape().dims();
      int[] index = new int[dims.length];
      for (int i = 0; i < part.size(); i++) {
        y[Walk.offset(index, strides) + offset] =
            ExactElements.align(part.raw()[i], (long) fraction - part.fraction());
        Walk.advance(index, dims);
      }
      offset += dims[axis] * strides[axis];
    }
    return FixedTensor.of(shape, fraction, y);
  }

  static FixedTensor slice(FixedTensor x, Slice op, Shape shape) {
    return move(x, shape, (index, from) -> {
      for (int i = 0; i < from.length; i++) {
        from[i] = op.starts().get(i) + index[i] * op.steps().get(i);
      }
    });
  }

  static FixedTensor pad(FixedTensor x, Pad op, Shape shape) {
    int fraction = Math.max(x.fraction(), op.value().fraction());
    long[] y = new long[shape.size()];
    Arrays.fill(y, ExactElements.align(op.value().raw()[0], (long) fraction - op.value().fraction()));
    int[] strides = shape.strides();
    int[] dims = x.shape().dims();
    int[] index = new int[dims.length];
    int[] to = new int[dims.length];
    for (int i = 0; i < x.size(); i++) {
      for (int axis = 0; axis < to.length; axis++) {
        to[axis] = op.low().get(axis) + index[axis] * (op.interior().get(axis) + 1);
      }
      y[Walk.offset(to, strides)] = ExactElements.align(x.raw()[i], (long) fraction - x.fraction());
      Walk.advance(index, dims);
    }
    return FixedTensor.of(shape, fraction, y);
  }

  static FixedTensor transpose(FixedTensor x, List<Integer> permutation, Shape shape) {
    return move(x, shape, (index, from) -> {
      for (int i = 0; i < from.length; i++) {
        from[permutation.get(i)] = index[i];
      }
    });
  }

  static FixedTensor broadcast(FixedTensor x, Shape shape) {
    int[] sources = Walk.sources(x.shape(), shape);
    long[] y = new long[sources.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.raw()[sources[i]];
    }
    return FixedTensor.of(shape, x.fraction(), y);
  }
}
