package org.burin.exec;

import java.util.List;
import org.burin.tensor.Kernels;

/// Softmax, or its logarithm, of each row.
final class SoftmaxStep extends Step {
  private static final int COST = 16;

  private final boolean logarithm;
  private final int rows;
  private final int columns;
  private final Buffer x;
  private final Buffer y;

  SoftmaxStep(String name, boolean logarithm, int rows, int columns, Buffer x, Buffer y) {
    super(name, List.of(x), List.of(y), (long) rows * columns * COST);
    this.logarithm = logarithm;
    this.rows = rows;
    this.columns = columns;
    this.x = x;
    this.y = y;
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    int from = from(rows, 1, worker, workers);
    int to = from(rows, 1, worker + 1, workers);
    if (from == to) {
      return;
    }
    if (logarithm) {
      k.logSoftmax(rows, columns, x.array(), x.offset(), y.array(), y.offset(), from, to);
    } else {
      k.softmax(rows, columns, x.array(), x.offset(), y.array(), y.offset(), from, to);
    }
  }
}
