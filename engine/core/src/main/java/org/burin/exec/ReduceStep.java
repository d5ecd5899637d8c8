package org.burin.exec;

import java.util.List;
import org.burin.tensor.Kernels;
import org.burin.tensor.ReduceFn;

/// Folds the middle axis of a block `[outer, axis, inner]`.
final class ReduceStep extends Step {
  private static final int COLUMN_GRAIN = 16;

  private final ReduceFn fn;
  private final int outer;
  private final int axis;
  private final int inner;
  private final Buffer x;
  private final Buffer y;

  ReduceStep(String name, ReduceFn fn, int outer, int axis, int inner, Buffer x, Buffer y) {
    super(name, List.of(x), List.of(y), (long) outer * axis * inner);
    this.fn = fn;
    this.outer = outer;
    this.axis = axis;
    this.inner = inner;
    this.x = x;
    this.y = y;
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    if (inner == 1) {
      int from = from(outer, 1, worker, workers);
      int to = from(outer, 1, worker + 1, workers);
      if (from < to) {
        k.reduceColumns(fn, outer, axis, x.array(), x.offset(), y.array(), y.offset(), from, to);
      }
      return;
    }
    boolean byBlocks = outer >= workers;
    int from = byBlocks ? from(outer, 1, worker, workers) : 0;
    int to = byBlocks ? from(outer, 1, worker + 1, workers) : outer;
    int colFrom = byBlocks ? 0 : from(inner, COLUMN_GRAIN, worker, workers);
    int colTo = byBlocks ? inner : from(inner, COLUMN_GRAIN, worker + 1, workers);
    for (int i = from; i < to && colFrom < colTo; i++) {
      k.reduceRows(fn, axis, inner, x.array(), x.offset() + i * axis * inner, y.array(), y.offset() + i * inner,
          colFrom, colTo);
    }
  }
}
