package org.burin.data;

import java.util.Arrays;
import org.apache.commons.numbers.core.Sum;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Shifts and scales every feature so that it has mean 0 and variance 1 over the samples that it was fitted to:
/// `(x - mean) / scale`, in float32.
///
/// Mean and scale are stored with the model, so that what it sees in use is what it saw in training. Apply it to a
/// dataset with [Dataset#map].
///
/// @param mean the mean of every feature, in the shape of one sample
/// @param scale the population standard deviation of every feature, 1 where it is constant, in the shape of one sample
public record Standardizer(Tensor mean, Tensor scale) implements SampleMap {
  private static final int CHUNK = 4096;

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException when the shapes differ, or a number is not finite, or a scale is not positive
  public Standardizer {
    if (!mean.shape().equals(scale.shape())) {
      throw new IllegalArgumentException("mean has the shape " + mean.shape() + ", scale " + scale.shape());
    }
    for (int i = 0; i < mean.size(); i++) {
      if (!Float.isFinite(mean.data()[i]) || !Float.isFinite(scale.data()[i]) || !(scale.data()[i] > 0)) {
        throw new IllegalArgumentException("feature " + i + " has the mean " + mean.data()[i] + " and the scale "
            + scale.data()[i] + "; expected finite numbers and a positive scale");
      }
    }
  }

  /// Fits to one column of a dataset, of which files are read twice. The sums carry the rounding error along
  /// (commons-numbers `Sum`), so that mean and scale stay accurate for any number of samples.
  ///
  /// @throws DataException when there is no such column, no sample, or a number that is not finite
  public static Standardizer fit(Dataset data, Role role, String name) {
    int column = Columns.require(data, role, name);
    Shape shape = data.columns().get(column).shape();
    if (data.size() == 0) {
      throw new DataException("cannot standardize " + data.columns().get(column) + ": the dataset has no samples");
    }
    int features = shape.size();
    double[] mean = new double[features];
    float[] low = new float[features];
    float[] high = new float[features];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    double[] sums = sums(data, column, (feature, value) -> {
      low[feature] = Math.min(low[feature], value);
      high[feature] = Math.max(high[feature], value);
      return value;
    });
    for (int f = 0; f < features; f++) {
      mean[f] = sums[f] / data.size();
    }
    double[] squares = sums(data, column, (feature, value) -> (value - mean[feature]) * (value - mean[feature]));
    Tensor means = Tensor.zeros(shape);
    Tensor scales = Tensor.zeros(shape);
    for (int f = 0; f < features; f++) {
      means.data()[f] = (float) mean[f];
      float scale = low[f] == high[f] ? 1 : (float) Math.sqrt(squares[f] / data.size());
      scales.data()[f] = scale > 0 ? scale : 1;
    }
    return new Standardizer(means, scales);
  }

  /// Fits to the features of a tensor, the first axis being the samples.
  ///
  /// @throws DataException when there is no sample, or a number that is not finite
  public static Standardizer fit(Tensor samples) {
    return fit(Dataset.builder().input("x", samples).build(), Role.INPUT, "x");
  }

  @Override
  public void apply(float[] from, int fromOffset, float[] to, int toOffset) {
    float[] m = mean.data();
    float[] s = scale.data();
    for (int f = 0; f < m.length; f++) {
      to[toOffset + f] = (from[fromOffset + f] - m[f]) / s[f];
    }
  }

  /// Standardizes samples in place, the first axis being the samples.
  ///
  /// @throws IllegalArgumentException when a sample has another shape than mean and scale
  public void apply(Tensor samples) {
    int[] dims = samples.shape().dims();
    if (dims.length == 0 || !Arrays.equals(dims, 1, dims.length, mean.shape().dims(), 0, mean.shape().rank())) {
      throw new IllegalArgumentException("cannot standardize the shape " + samples.shape()
          + "; expected samples of shape " + mean.shape() + " behind a sample axis");
    }
    for (int i = 0; i < dims[0]; i++) {
      apply(samples.data(), i * mean.size(), samples.data(), i * mean.size());
    }
  }

  /// The sum of a term over all samples, for every feature.
  private static double[] sums(Dataset data, int column, Term term) {
    int features = data.columns().get(column).shape().size();
    Sum[] sums = new Sum[features];
    Arrays.setAll(sums, f -> Sum.create());
    try (Batches batches = data.batches(BatchOptions.of((int) Math.min(CHUNK, data.size())))) {
      float[][] into = batches.newBuffers();
      long sample = 0;
      for (int n = batches.next(into); n > 0; n = batches.next(into)) {
        for (int i = 0; i < n * features; i++) {
          float value = into[column][i];
          if (!Float.isFinite(value)) {
            throw new DataException("cannot standardize " + data.columns().get(column) + ": feature " + i % features
                + " of sample " + (sample + i / features) + " is " + value);
          }
          sums[i % features].add(term.of(i % features, value));
        }
        sample += n;
      }
    }
    return Arrays.stream(sums).mapToDouble(Sum::getAsDouble).toArray();
  }

  private interface Term {
    double of(int feature, float value);
  }
}
