package org.burin.exec;

import java.util.Arrays;
import java.util.List;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;

/// Folds of axes.
final class ReferenceReductions {
  private ReferenceReductions() {}

  static DoubleTensor reduce(ReduceFn fn, DoubleTensor x, List<Integer> axes, boolean keepDims, Shape shape) {
    double[] out = new double[shape.size()];
    Arrays.fill(out, fn == ReduceFn.MAX ? Double.NEGATIVE_INFINITY : 0);
    DoubleTensor y = DoubleTensor.of(shape, out);
    int[] strides = shape.strides();
    int[] at = new int[x.shape().rank()];
    for (int i = 0; i < x.size(); i++) {
      int to = 0;
      int kept = 0;
      for (int axis = 0; axis < at.length; axis++) {
        if (!axes.contains(axis)) {
          to += at[axis] * strides[kept];
        }
        kept += axes.contains(axis) && !keepDims ? 0 : 1;
      }
      double value = x.data()[i];
      out[to] = switch (fn) {
        case SUM, MEAN -> out[to] + value;
        case MAX -> out[to] > value ? out[to] : value;
      };
      DoubleTensor.advance(at, x.shape());
    }
    if (fn == ReduceFn.MEAN) {
      int count = axes.stream().mapToInt(x.shape()::dim).reduce(1, (a, b) -> a * b);
      for (int i = 0; i < out.length; i++) {
        out[i] /= count;
      }
    }
    return y;
  }

  static DoubleTensor argMax(DoubleTensor x, int axis, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      int[] in = new int[at.length + 1];
      System.arraycopy(at, 0, in, 0, axis);
      System.arraycopy(at, axis, in, axis + 1, at.length - axis);
      int best = 0;
      double largest = x.get(in);
      for (int p = 1; p < x.shape().dim(axis); p++) {
        in[axis] = p;
        if (x.get(in) > largest) {
          largest = x.get(in);
          best = p;
        }
      }
      return best;
    });
  }

  static DoubleTensor softmax(DoubleTensor x) {
    DoubleTensor logs = logSoftmax(x);
    return DoubleTensor.generate(x.shape(), at -> StrictMath.exp(logs.get(at)));
  }

  static DoubleTensor logSoftmax(DoubleTensor x) {
    int last = x.shape().dim(-1);
    double[] out = x.data().clone();
    for (int row = 0; row < out.length; row += last) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = row; j < row + last; j++) {
        largest = Math.max(largest, out[j]);
      }
      double sum = 0;
      for (int j = row; j < row + last; j++) {
        sum += StrictMath.exp(out[j] - largest);
      }
      for (int j = row; j < row + last; j++) {
        out[j] = out[j] - largest - StrictMath.log(sum);
      }
    }
    return DoubleTensor.of(x.shape(), out);
  }
}
