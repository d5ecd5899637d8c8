package org.burin.nn;

import java.util.Arrays;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// The initializers that [Initializer]'s factories give.
final class Initializers {
  /// The standard deviation of a standard normal distribution that is cut off at -2 and 2.
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  private Initializers() {}

  record Constant(float value) implements Initializer {
    @Override
    public Tensor create(Shape shape, Draws draws) {
      return Tensor.full(shape, value);
    }
  }

  /// The bias of an LSTM: ones for the second of its four gates, the forget gate, zeros for the others (Jozefowicz et
  /// al., "An empirical exploration of recurrent network architectures", ICML 2015).
  record ForgetBias() implements Initializer {
    @Override
    public Tensor create(Shape shape, Draws draws) {
      Tensor t = Tensor.zeros(shape);
      Arrays.fill(t.data(), t.size() / 4, t.size() / 2, 1f);
      return t;
    }
  }

  record CopyOf(Tensor value) implements Initializer {
    @Override
    public Tensor create(Shape shape, Draws draws) {
      if (!value.shape().equals(shape)) {
        throw new IllegalArgumentException("the initial value has shape " + value.shape() + ", expected " + shape);
      }
      return value.copy();
    }
  }

  record Uniform(float low, float high) implements Initializer {
    Uniform {
      if (!(low <= high && high - low < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("uniform initializer needs low <= high, found " + low + " and " + high);
      }
    }

    @Override
    public Tensor create(Shape shape, Draws draws) {
      return uniform(shape, draws, low, high);
    }
  }

  record Normal(float mean, float deviation, boolean truncated) implements Initializer {
    Normal {
      if (!(deviation >= 0f)) {
        throw new IllegalArgumentException("normal initializer needs a deviation of at least 0, found " + deviation);
      }
    }

    @Override
    public Tensor create(Shape shape, Draws draws) {
      return normal(shape, draws, mean, deviation, truncated);
    }
  }

  /// Which extents of a kernel count for its variance.
  enum Fan {
    IN,
    AVERAGE
  }

  /// Random numbers of variance `scale / fan`.
  record VarianceScaling(double scale, Fan fan, boolean gaussian) implements Initializer {
    @Override
    public Tensor create(Shape shape, Draws draws) {
      double fanIn = fan(shape, -2);
      double fans = switch (fan) {
        case IN -> fanIn;
        case AVERAGE -> (fanIn + fan(shape, -1)) / 2;
      };
      double deviation = Math.sqrt(scale / Math.max(1, fans));
      double limit = deviation * Math.sqrt(3);
      return gaussian
          ? Initializers.normal(shape, draws, 0, deviation / TRUNCATED_DEVIATION, true)
          : uniform(shape, draws, -limit, limit);
    }

    /// Extent of an axis times the extents of all but the last two axes, which are a convolution's window.
    private static double fan(Shape shape, int axis) {
      if (shape.rank() < 2) {
        return shape.size();
      }
      double window = 1;
      for (int i = 0; i < shape.rank() - 2; i++) {
        window *= shape.dim(i);
      }
      return window * shape.dim(axis);
    }
  }

  record Orthogonal(float gain) implements Initializer {
    @Override
    public Tensor create(Shape shape, Draws draws) {
      if (shape.rank() < 2) {
        throw new IllegalArgumentException("orthogonal initializer needs at least 2 axes, found shape " + shape);
      }
      int columns = shape.dim(-1);
      int rows = columns == 0 ? 0 : shape.size() / columns;
      int few = Math.min(rows, columns);
      int many = Math.max(rows, columns);
      double[] z = draws.normal(rows * columns);
      double[][] basis = new double[few][many];
      for (int i = 0; i < few; i++) {
        for (int j = 0; j < many; j++) {
          basis[i][j] = z[j * few + i];
        }
        orthonormalize(basis, i);
      }
      float[] data = new float[rows * columns];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          data[r * columns + c] = (float) (gain * (rows >= columns ? basis[c][r] : basis[r][c]));
        }
      }
      return Tensor.of(shape, data);
    }

    /// Gram and Schmidt's step for vector `i`, twice, which leaves rounding errors only.
    private static void orthonormalize(double[][] basis, int i) {
      double[] v = basis[i];
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          double overlap = dot(v, basis[k]);
          for (int j = 0; j < v.length; j++) {
            v[j] -= overlap * basis[k][j];
          }
        }
        double norm = Math.sqrt(dot(v, v));
        for (int j = 0; j < v.length; j++) {
          v[j] /= norm;
        }
      }
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int j = 0; j < a.length; j++) {
        sum += a[j] * b[j];
      }
      return sum;
    }
  }

  private static Tensor uniform(Shape shape, Draws draws, double low, double high) {
    float[] data = draws.uniform(0, shape.size());
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (low + (high - low) * data[i]);
    }
    return Tensor.of(shape, data);
  }

  private static Tensor normal(Shape shape, Draws draws, double mean, double deviation, boolean truncated) {
    double[] z = truncated ? draws.truncatedNormal(shape.size()) : draws.normal(shape.size());
    float[] data = new float[z.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (mean + deviation * z[i]);
    }
    return Tensor.of(shape, data);
  }
}
