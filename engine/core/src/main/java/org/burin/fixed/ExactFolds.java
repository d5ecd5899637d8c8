package org.burin.fixed;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.burin.fixed.FixedOp.ArgMax;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling and reductions, element by element.
final class ExactFolds {
  private ExactFolds() {}

  /// Folds each window over the elements that lie inside the image, of which there is at least one.
  static FixedTensor pool(
      FixedTensor x, int kernelH, int kernelW, Window window, Shape shape, LongBinaryOperator fold) {
    Shape image = x.shape();
    long[] y = new long[shape.size()];
    int[] at = new int[4];
    for (int i = 0; i < y.length; i++) {
      boolean first = true;
      for (int kh = 0; kh < kernelH; kh++) {
        for (int kw = 0; kw < kernelW; kw++) {
          int h = at[1] * window.strideH() - window.top() + kh;
          int w = at[2] * window.strideW() - window.left() + kw;
          if (h >= 0 && h < image.dim(1) && w >= 0 && w < image.dim(2)) {
            long raw = x.raw()[((at[0] * image.dim(1) + h) * image.dim(2) + w) * image.dim(3) + at[3]];
            y[i] = first ? raw : fold.applyAsLong(y[i], raw);
            first = false;
          }
        }
      }
      Walk.advance(at, shape.dims());
    }
    return FixedTensor.of(shape, x.fraction(), y);
  }

  /// Folds axes; no extent is 0.
  static FixedTensor reduce(FixedTensor x, List<Integer> axes, Shape shape, LongBinaryOperator fold) {
    Shape kept = x.shape();
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    int[] into = Walk.sources(kept, x.shape());
    long[] y = new long[shape.size()];
    boolean[] started = new boolean[y.length];
    for (int i = 0; i < into.length; i++) {
      int o = into[i];
      y[o] = started[o] ? fold.applyAsLong(y[o], x.raw()[i]) : x.raw()[i];
      started[o] = true;
    }
    return FixedTensor.of(shape, x.fraction(), y);
  }

  static FixedTensor argMax(FixedTensor x, ArgMax op, Shape shape) {
    int extent = x.shape().dim(op.axis());
    int inner = x.shape().strides()[op.axis()];
    long[] y = new long[shape.size()];
    for (int i = 0; i < y.length; i++) {
      int first = i / inner * inner * extent + i % inner;
      for (int p = 1; p < extent; p++) {
        if (x.raw()[first + p * inner] > x.raw()[first + (int) y[i] * inner]) {
          y[i] = p;
        }
      }
    }
    return FixedTensor.of(shape, 0, y);
  }
}
