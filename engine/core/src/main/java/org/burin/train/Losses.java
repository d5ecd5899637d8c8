package org.burin.train;

import java.util.Arrays;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;

/// The formulas behind the factories of [Loss].
final class Losses {
  /// Keras' fuzz factor (`keras.config.epsilon()`).
  static final float EPSILON = 1e-7f;

  private Losses() {}

  /// A formula on the graph.
  @FunctionalInterface
  interface Formula {
    Value of(GraphBuilder b, Value prediction, Value target);
  }

  /// A loss whose target has the shape of the prediction.
  record Standard(String describe, Formula formula) implements Loss {
    @Override
    public Value perSample(GraphBuilder b, Value prediction, Value target) {
      return formula.of(b, prediction, aligned(b, describe, prediction, target));
    }
  }

  /// A loss whose target is a class index where the prediction has one number per class.
  record Sparse(String describe, Formula formula) implements Loss {
    @Override
    public Value perSample(GraphBuilder b, Value prediction, Value target) {
      Shape p = prediction.shape();
      if (p.rank() < 2 || target.shape().size() != p.size() / Math.max(1, p.dim(-1))) {
        throw new IllegalArgumentException(describe + " needs a prediction [n, ..., classes] and one class index for "
            + "each of its rows; the prediction is " + p + ", the target " + target.shape()
            + "; if the targets are one-hot or probabilities, take the loss without 'sparse'");
      }
      Value index = b.reshape(target, p.with(-1, 1));
      return formula.of(b, prediction, b.binary(BinaryFn.EQ, index, b.constant(classes(p.dim(-1)))));
    }

    @Override
    public String problem(Shape prediction, float[] targets, int count) {
      int classes = prediction.dim(-1);
      for (int i = 0; i < count; i++) {
        float t = targets[i];
        if (!(t >= 0 && t < classes) || t != (int) t) {
          return "sample " + i + " of the batch has the class index " + t + "; expected a whole number from 0 to "
              + (classes - 1) + ", because the model gives " + classes + " numbers per sample";
        }
      }
      return "";
    }

    private static Tensor classes(int n) {
      Tensor t = Tensor.zeros(Shape.of(n));
      for (int i = 0; i < n; i++) {
        t.data()[i] = i;
      }
      return t;
    }
  }

  /// The target in the prediction's shape: they may differ by axes of extent 1 behind the first, as `[n]` and `[n,1]`
  /// do.
  private static Value aligned(GraphBuilder b, String loss, Value prediction, Value target) {
    if (!withoutOnes(prediction.shape()).equals(withoutOnes(target.shape()))) {
      throw new IllegalArgumentException(loss + " needs a target of the prediction's shape; the prediction is "
          + prediction.shape() + ", the target " + target.shape()
          + (target.shape().rank() == prediction.shape().rank() - 1
              ? "; for class indices take a sparse loss" : "; check the dataset's target column and the last layer"));
    }
    return b.reshape(target, prediction.shape());
  }

  private static Shape withoutOnes(Shape s) {
    int[] dims = s.dims();
    int kept = 1;
    for (int i = 1; i < dims.length; i++) {
      if (dims[i] != 1) {
        dims[kept++] = dims[i];
      }
    }
    return Shape.of(Arrays.copyOf(dims, Math.min(kept, dims.length)));
  }

  static Value meanSquaredError(GraphBuilder b, Value p, Value t) {
    return meanOfLast(b, b.unary(UnaryFn.SQUARE, b.sub(p, t)));
  }

  static Value meanAbsoluteError(GraphBuilder b, Value p, Value t) {
    return meanOfLast(b, b.unary(UnaryFn.ABS, b.sub(p, t)));
  }

  static Value meanAbsolutePercentageError(GraphBuilder b, Value p, Value t) {
    Value scale = b.binary(BinaryFn.MAX, b.unary(UnaryFn.ABS, t), b.constant(EPSILON));
    return b.scale(meanOfLast(b, b.div(b.unary(UnaryFn.ABS, b.sub(p, t)), scale)), 100f);
  }

  static Value meanSquaredLogarithmicError(GraphBuilder b, Value p, Value t) {
    return meanOfLast(b, b.unary(UnaryFn.SQUARE, b.sub(logOfOneMore(b, p), logOfOneMore(b, t))));
  }

  private static Value logOfOneMore(GraphBuilder b, Value x) {
    return b.unary(UnaryFn.LOG, b.add(b.binary(BinaryFn.MAX, b.constant(EPSILON), x), b.constant(1f)));
  }

  static Value huber(GraphBuilder b, Value p, Value t, float delta) {
    Value e = b.sub(p, t);
    Value size = b.unary(UnaryFn.ABS, e);
    Value square = b.scale(b.unary(UnaryFn.SQUARE, e), 0.5f);
    Value line = b.sub(b.scale(size, delta), b.constant(0.5f * delta * delta));
    return meanOfLast(b, b.select(b.binary(BinaryFn.LE, size, b.constant(delta)), square, line));
  }

  static Value binaryCrossentropy(GraphBuilder b, Value p, Value t) {
    Value clipped = clip(b, p, EPSILON, 1 - EPSILON);
    Value yes = b.mul(t, b.unary(UnaryFn.LOG, clipped));
    Value no = b.mul(oneMinus(b, t), b.unary(UnaryFn.LOG, oneMinus(b, clipped)));
    return meanOfLast(b, b.neg(b.add(yes, no)));
  }

  /// `log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)`. -|x| is written as x - 2 max(x, 0): equal, but with the right slope
  /// at 0, where all logits of a model start whose last layer starts at zero.
  static Value binaryCrossentropyFromLogits(GraphBuilder b, Value p, Value t) {
    Value positive = b.relu(p);
    Value e = b.unary(UnaryFn.EXP, b.sub(p, b.scale(positive, 2f)));
    Value softplus = b.add(positive, b.unary(UnaryFn.LOG, b.add(e, b.constant(1f))));
    return meanOfLast(b, b.sub(softplus, b.mul(p, t)));
  }

  static Value categoricalCrossentropy(GraphBuilder b, Value p, Value t) {
    Value sum = b.reduce(ReduceFn.SUM, p, true, -1);
    Value clipped = clip(b, b.div(p, sum), EPSILON, 1 - EPSILON);
    return b.neg(b.sum(b.mul(t, b.unary(UnaryFn.LOG, clipped)), -1));
  }

  static Value categoricalCrossentropyFromLogits(GraphBuilder b, Value p, Value t) {
    return b.neg(b.sum(b.mul(t, b.logSoftmax(p)), -1));
  }

  static Value kullbackLeiblerDivergence(GraphBuilder b, Value p, Value t) {
    Value target = clip(b, t, EPSILON, 1f);
    return b.sum(b.mul(target, b.unary(UnaryFn.LOG, b.div(target, clip(b, p, EPSILON, 1f)))), -1);
  }

  /// `x` brought into `[low, high]`. The bounds are the first operands so that a NaN stays one and training stops at
  /// it.
  static Value clip(GraphBuilder b, Value x, float low, float high) {
    return b.binary(BinaryFn.MIN, b.constant(high), b.binary(BinaryFn.MAX, b.constant(low), x));
  }

  private static Value oneMinus(GraphBuilder b, Value x) {
    return b.sub(b.constant(1f), x);
  }

  private static Value meanOfLast(GraphBuilder b, Value x) {
    return x.shape().rank() < 2 ? x : b.mean(x, -1);
  }
}
