package org.burin.train;

import java.util.Arrays;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A [Metric] of one output while batches come in.
sealed interface Gauge {
  /// Adds a batch.
  ///
  /// @param prediction `[n, ...]`
  /// @param target `[n, ...]`
  /// @param weight at least n numbers; read only for weighted metrics
  void add(Tensor prediction, Tensor target, float[] weight);

  /// The metric of all batches since the last [#clear].
  double result();

  /// Begins anew.
  void clear();

  static Gauge of(Metric metric) {
    return switch (metric) {
      case Metric.Mean mean -> new Running(mean);
      case Metric.Whole whole -> new Gathered(whole);
    };
  }

  /// A running mean.
  final class Running implements Gauge {
    private final Metric.Mean metric;
    double sum;
    double weights;

    Running(Metric.Mean metric) {
      this.metric = metric;
    }

    /// Where the last axis of the prediction has target numbers of its own, every row along it counts as a sample.
    @Override
    public void add(Tensor prediction, Tensor target, float[] weight) {
      int n = prediction.shape().dim(0);
      int last = prediction.shape().rank() < 2 ? 1 : prediction.shape().dim(-1);
      int rows = prediction.size() / (n * last);
      if (target.size() % (n * rows) != 0) {
        rows = 1;
      }
      int size = prediction.size() / (n * rows);
      int targetSize = target.size() / (n * rows);
      for (int row = 0; row < n * rows; row++) {
        double w = metric.isWeighted() ? weight[row / rows] : 1;
        sum += w * metric.function()
            .of(prediction.data(), row * size, size, target.data(), row * targetSize, targetSize);
        weights += w;
      }
    }

    @Override
    public double result() {
      return sum / weights;
    }

    @Override
    public void clear() {
      sum = 0;
      weights = 0;
    }
  }

  /// Everything that came in, for a function of the whole set.
  final class Gathered implements Gauge {
    private final Metric.Whole metric;
    private final Column predictions = new Column();
    private final Column targets = new Column();
    private final Column weights = new Column();
    private int samples;

    Gathered(Metric.Whole metric) {
      this.metric = metric;
    }

    @Override
    public void add(Tensor prediction, Tensor target, float[] weight) {
      int n = prediction.shape().dim(0);
      predictions.append(prediction.shape(), prediction.data(), prediction.size());
      targets.append(target.shape(), target.data(), target.size());
      if (metric.isWeighted()) {
        weights.append(Shape.of(n), weight, n);
      }
      samples += n;
    }

    @Override
    public double result() {
      Tensor weight = metric.isWeighted() ? weights.tensor(samples) : Tensor.full(Shape.of(samples), 1f);
      return metric.function().of(predictions.tensor(samples), targets.tensor(samples), weight);
    }

    @Override
    public void clear() {
      predictions.size = 0;
      targets.size = 0;
      weights.size = 0;
      samples = 0;
    }

    /// Numbers one after the other in an array that grows.
    private static final class Column {
      Shape shape = Shape.SCALAR;
      float[] data = {};
      int size;

      void append(Shape batch, float[] from, int count) {
        shape = batch;
        if (size + count > data.length) {
          data = Arrays.copyOf(data, Math.max(Math.addExact(size, count), data.length + data.length / 2));
        }
        System.arraycopy(from, 0, data, size, count);
        size += count;
      }

      Tensor tensor(int samples) {
        return Tensor.of(shape.with(0, samples), Arrays.copyOf(data, size));
      }
    }
  }
}
