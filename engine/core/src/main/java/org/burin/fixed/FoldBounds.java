package org.burin.fixed;

import java.util.List;
import org.burin.fixed.FixedOp.ArgMax;
import org.burin.fixed.FixedOp.Max;
import org.burin.fixed.FixedOp.Sum;
import org.burin.tensor.Shape;

/// What reductions over axes can give.
final class FoldBounds {
  private FoldBounds() {}

  static Precision sum(Sum op, Shape shape) {
    Precision x = op.x().precision();
    Shape full = op.x().shape();
    if (op.axes().contains(full.batchAxis())) {
      throw new FixedException("a sum over the batch axis has no bound: it grows with the number of samples");
    }
    Fold fold = Fold.of(x.grid(), op.axes(), op.keepDims());
    long repeats = 1;
    for (int axis : op.axes()) {
      repeats *= x.grid().dim(axis) == 1 ? full.dim(axis) : 1;
    }
    long count = repeats;
    return Bounds.over(shape, x.fraction(), fold.result, (index, out) -> {
      int base = Walk.offset(index, fold.outer);
      for (int o : fold.inner) {
        out.addTimes(x, base + o, count);
      }
    });
  }

  static Precision max(Max op, Shape shape) {
    Precision x = op.x().precision();
    Fold fold = Fold.of(x.grid(), op.axes(), op.keepDims());
    return Bounds.over(shape, x.fraction(), fold.result, (index, out) -> {
      int base = Walk.offset(index, fold.outer);
      out.set(x, base);
      for (int o : fold.inner) {
        out.maximum(x, base + o);
      }
    });
  }

  static Precision argMax(ArgMax op, Shape shape) {
    Precision x = op.x().precision();
    int extent = op.x().shape().dim(op.axis());
    if (extent == Shape.BATCH) {
      throw new FixedException("a position along the batch axis has no bound: it grows with the number of samples");
    }
    Fold fold = Fold.of(x.grid(), List.of(op.axis()), false);
    return Bounds.over(shape, 0, fold.result, (index, out) -> {
      int base = Walk.offset(index, fold.outer);
      int first = extent;
      int last = 0;
      for (int p = 0; p < extent; p++) {
        if (canWin(x, base, fold.inner, p, extent)) {
          first = Math.min(first, p);
          last = p;
        }
      }
      out.set(first, last, 0);
    });
  }

  /// Whether an element at its largest beats all others at their smallest; the first of equals wins.
  private static boolean canWin(Precision x, int base, int[] inner, int p, int extent) {
    long high = x.high(base + inner[Math.min(p, inner.length - 1)]);
    for (int q = 0; q < extent; q++) {
      long low = x.low(base + inner[Math.min(q, inner.length - 1)]);
      if ((q < p && high <= low) || (q > p && high < low)) {
        return false;
      }
    }
    return true;
  }

  /// The positions of a grid that are folded into one.
  ///
  /// @param result the grid of what they are folded to
  /// @param outer the distances of its positions
  /// @param inner the distances of those that are folded, row-major
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Fold(Shape result, int[] outer, int[] inner) {
    static Fold of(Shape grid, List<Integer> axes, boolean keepDims) {
      int[] strides = Walk.strides(grid, grid.rank());
      int[] outer = new int[grid.rank() - (keepDims ? 0 : axes.size())];
      int[] result = new int[outer.length];
      int[] folded = new int[axes.size()];
      int[] foldedStrides = new int[axes.size()];
      int kept = 0;
      int gone = 0;
      for (int i = 0; i < grid.rank(); i++) {
        boolean fold = axes.contains(i);
        if (fold) {
          folded[gone] = grid.dim(i);
          foldedStrides[gone++] = strides[i];
        }
        if (!fold || keepDims) {
          result[kept] = fold ? 1 : grid.dim(i);
          outer[kept++] = fold ? 0 : strides[i];
        }
      }
      int[] inner = new int[Shape.of(folded).size()];
      int[] index = new int[folded.length];
      for (int i = 0; i < inner.length; i++) {
        inner[i] = Walk.offset(index, foldedStrides);
        Walk.advance(index, folded);
      }
      return new Fold(Shape.of(result), outer, inner);
    }
  }
}
