package org.burin.exec;

import java.util.Arrays;
import java.util.List;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Kernels;

/// The operations that compute positions: gather, its adjoint, argmax, random numbers.
final class IndexStep extends Step {
  /// Which of them.
  enum Kind {
    /// `y[outer, i, inner] = x[outer, index[i], inner]`
    GATHER,
    /// `y[outer, index[i], inner] += x[outer, i, inner]`, from zeros
    SCATTER_ADD,
    /// `y[outer, inner]` = position of the first largest `x[outer, *, inner]`
    ARG_MAX,
    /// `y[i]` = i-th number of the stream keyed by x
    RANDOM
  }

  private final Kind kind;
  private final int outer;
  private final int axis;
  private final int inner;
  private final int stream;
  private final Buffer x;
  private final Buffer index;
  private final Buffer y;

  /// @param axis extent of the axis that is indexed
  /// @param index positions for GATHER and SCATTER_ADD; else the same as x
  IndexStep(
      String name, Kind kind, int outer, int axis, int inner, int stream, Buffer x, Buffer index, Buffer y) {
    super(name, List.of(x, index), List.of(y), (long) (x.size + y.size) * 2);
    this.kind = kind;
    this.outer = outer;
    this.axis = axis;
    this.inner = inner;
    this.stream = stream;
    this.x = x;
    this.index = index;
    this.y = y;
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    if (kind == Kind.RANDOM) {
      long base = CounterRandom.base(
          CounterRandom.seed(x.array(), x.offset()), CounterRandom.step(x.array(), x.offset()), stream);
      for (int i = from(y.size, 16, worker, workers); i < from(y.size, 16, worker + 1, workers); i++) {
        y.array()[y.offset() + i] = CounterRandom.uniform(base, i);
      }
    } else if (kind == Kind.GATHER) {
      int rows = outer * index.size;
      for (int row = from(rows, 1, worker, workers); row < from(rows, 1, worker + 1, workers); row++) {
        int source = (row / index.size * axis + position(row % index.size)) * inner;
        System.arraycopy(x.array(), x.offset() + source, y.array(), y.offset() + row * inner, inner);
      }
    } else {
      for (int o = from(outer, 1, worker, workers); o < from(outer, 1, worker + 1, workers); o++) {
        if (kind == Kind.ARG_MAX) {
          argMax(o);
        } else {
          scatterAdd(o);
        }
      }
    }
  }

  private void scatterAdd(int o) {
    float[] to = y.array();
    float[] from = x.array();
    int base = y.offset() + o * axis * inner;
    Arrays.fill(to, base, base + axis * inner, 0f);
    for (int i = 0; i < index.size; i++) {
      int t = base + position(i) * inner;
      int s = x.offset() + (o * index.size + i) * inner;
      for (int j = 0; j < inner; j++) {
        to[t + j] += from[s + j];
      }
    }
  }

  private void argMax(int o) {
    float[] from = x.array();
    for (int j = 0; j < inner; j++) {
      int base = x.offset() + o * axis * inner + j;
      int best = 0;
      for (int i = 1; i < axis; i++) {
        if (from[base + i * inner] > from[base + best * inner]) {
          best = i;
        }
      }
      y.array()[y.offset() + o * inner + j] = best;
    }
  }

  private int position(int i) {
    float p = index.array()[index.offset() + i];
    int at = (int) p;
    if (at != p || at < 0 || at >= axis) {
      throw new IndexOutOfBoundsException(name() + ": index " + p + " at position " + i
          + " is not a whole number from 0 to " + (axis - 1));
    }
    return at;
  }
}
