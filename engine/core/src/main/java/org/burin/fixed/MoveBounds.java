package org.burin.fixed;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.burin.fixed.FixedOp.Broadcast;
import org.burin.fixed.FixedOp.Concat;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedOp.Pad;
import org.burin.fixed.FixedOp.Reshape;
import org.burin.fixed.FixedOp.Slice;
import org.burin.fixed.FixedOp.Transpose;
import org.burin.fixed.FixedOp.Upsample2d;
import org.burin.tensor.Shape;
import org.burin.tensor.ShapeRules;

/// What moves of elements can give.
final class MoveBounds {
  private MoveBounds() {}

  static Precision gather(Gather op, Shape shape) {
    Precision x = op.x().precision();
    Precision indices = op.indices().precision();
    int axis = op.axis();
    int extent = op.x().shape().dim(axis);
    checkIndices(indices, extent, op.x().shape(), axis);
    int rank = op.indices().shape().rank();
    int[] atX = Walk.strides(x.grid(), x.grid().rank());
    int[] atIndices = Walk.strides(indices.grid(), rank);
    Shape domain = ShapeRules.gather(x.grid(), indices.grid(), axis);
    return Bounds.over(shape, x.fraction(), domain, (index, out) -> {
      int i = Walk.offset(Arrays.copyOfRange(index, axis, axis + rank), atIndices);
      int[] from = new int[atX.length];
      System.arraycopy(index, 0, from, 0, axis);
      System.arraycopy(index, axis + rank, from, axis + 1, from.length - axis - 1);
      long first = ExactMoves.whole(indices.low(i), indices.fraction());
      long last = ExactMoves.whole(indices.high(i), indices.fraction());
      from[axis] = (int) first;
      out.set(x, Walk.offset(from, atX));
      for (long p = first + 1; p <= last; p++) {
        from[axis] = (int) p;
        out.hull(x, Walk.offset(from, atX));
      }
    });
  }

  private static void checkIndices(Precision indices, int extent, Shape shape, int axis) {
    if (extent == Shape.BATCH) {
      throw new FixedException("the batch axis of " + shape + " cannot be gathered from");
    }
    for (int i = 0; i < indices.grid().size(); i++) {
      double low = Math.scalb((double) indices.low(i), -indices.fraction());
      double high = Math.scalb((double) indices.high(i), -indices.fraction());
      // Numbers with no fractional bits below an extent are exact in double.
      if (indices.step(i) < indices.fraction() || low < 0 || high >= extent) {
        throw new FixedException("indices can be " + indices.type(i) + " from " + low + " to " + high + "; axis " + axis
            + " of " + shape + " takes whole numbers from 0 to " + (extent - 1));
      }
    }
  }

  static Precision concat(Concat op, Shape shape) {
    int axis = op.axis();
    List<Precision> parts = op.values().stream().map(FixedValue::precision).toList();
    int fraction = parts.stream().mapToInt(Precision::fraction).max().orElseThrow();
    Shape domain = parts.getFirst().grid().with(axis, 1);
    for (Precision p : parts) {
      domain = Shape.broadcast(domain, p.grid().with(axis, 1));
    }
    return Bounds.over(shape, fraction, domain.with(axis, shape.dim(axis)), (index, out) -> {
      int[] in = index.clone();
      int part = 0;
      for (; in[axis] >= op.values().get(part).shape().dim(axis); part++) {
        in[axis] -= op.values().get(part).shape().dim(axis);
      }
      Precision p = parts.get(part);
      out.add(p, p.position(in), (long) fraction - p.fraction());
    });
  }

  static Precision slice(Slice op, Shape shape) {
    return moved(op.x(), shape, index -> {
      int[] in = new int[index.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = op.starts().get(i) + index[i] * op.steps().get(i);
      }
      return in;
    });
  }

  static Precision pad(Pad op, Shape shape) {
    Precision x = op.x().precision();
    FixedTensor value = op.value();
    if (value.size() != 1) {
      throw new FixedException("padding is with one number, found " + value);
    }
    int fraction = Math.max(x.fraction(), value.fraction());
    long put = value.raw()[0];
    return Bounds.over(shape, fraction, Bounds.all(shape), (index, out) -> {
      int[] in = new int[index.length];
      boolean inside = true;
      for (int i = 0; i < in.length; i++) {
        int offset = index[i] - op.low().get(i);
        int step = op.interior().get(i) + 1;
        in[i] = offset / step;
        inside &= offset >= 0 && offset % step == 0 && in[i] < Bounds.all(op.x().shape()).dim(i);
      }
      if (inside) {
        out.add(x, x.position(in), (long) fraction - x.fraction());
      } else {
        out.add(put, put, Interval.step(put), (long) fraction - value.fraction());
      }
    });
  }

  static Precision reshape(Reshape op, Shape shape) {
    Shape from = Bounds.all(op.x().shape());
    if (op.x().shape().batchAxis() != shape.batchAxis() || shape.batchAxis() > 0) {
      return mixed(op.x().precision(), shape);
    }
    int[] strides = Bounds.all(shape).strides();
    return moved(op.x(), shape, index -> {
      int flat = Walk.offset(index, strides);
      int[] in = new int[from.rank()];
      for (int i = in.length - 1; i >= 0; i--) {
        in[i] = flat % from.dim(i);
        flat /= from.dim(i);
      }
      return in;
    });
  }

  /// Where elements of several samples may come together every element can be any of `x`.
  private static Precision mixed(Precision x, Shape shape) {
    return Bounds.over(shape, x.fraction(), Shape.SCALAR, (_, out) -> out.set(x.low(), x.high(), x.step()));
  }

  static Precision transpose(Transpose op, Shape shape) {
    return moved(op.x(), shape, index -> {
      int[] in = new int[index.length];
      for (int i = 0; i < in.length; i++) {
        in[op.permutation().get(i)] = index[i];
      }
      return in;
    });
  }

  static Precision broadcast(Broadcast op, Shape shape) {
    Precision x = op.x().precision();
    int[] at = Walk.strides(x.grid(), shape.rank());
    return Bounds.over(shape, x.fraction(), x.grid(), (index, out) -> out.set(x, Walk.offset(index, at)));
  }

  static Precision upsample2d(Upsample2d op, Shape shape) {
    return moved(op.x(), shape, index ->
        new int[] {index[0], index[1] / op.factorH(), index[2] / op.factorW(), index[3]});
  }

  /// Elements of `x` in other places.
  private static Precision moved(FixedValue x, Shape shape, UnaryOperator<int[]> source) {
    Precision p = x.precision();
    // Where nothing differs there is nothing to move.
    Shape domain = p.grid().size() == 1 ? Shape.SCALAR : Bounds.all(shape);
    return Bounds.over(shape, p.fraction(), domain, (index, out) -> out.set(p, p.position(source.apply(index))));
  }
}
