package org.burin.nn;

import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// How a parameter is filled before training: a function of its shape and of its own random numbers.
///
/// The numbers depend on the model's seed and the parameter's path alone ([Draws]), so that adding a layer to a model
/// changes no other parameter.
@FunctionalInterface
public interface Initializer {
  /// A new tensor of this shape.
  Tensor create(Shape shape, Draws draws);

  /// All zeros.
  static Initializer zeros() {
    return new Initializers.Constant(0f);
  }

  /// All ones.
  static Initializer ones() {
    return new Initializers.Constant(1f);
  }

  /// All equal to `value`.
  static Initializer constant(float value) {
    return new Initializers.Constant(value);
  }

  /// A copy of `value`, which must have the parameter's shape.
  static Initializer copyOf(Tensor value) {
    return new Initializers.CopyOf(value);
  }

  /// Uniform in `[low, high)`.
  static Initializer uniform(float low, float high) {
    return new Initializers.Uniform(low, high);
  }

  /// Normal.
  static Initializer normal(float mean, float deviation) {
    return new Initializers.Normal(mean, deviation, false);
  }

  /// Normal, drawn again while further than two standard deviations from the mean.
  static Initializer truncatedNormal(float mean, float deviation) {
    return new Initializers.Normal(mean, deviation, true);
  }

  /// Uniform of variance `2 / (fanIn + fanOut)`: Glorot and Bengio, "Understanding the difficulty of training deep
  /// feedforward neural networks", AISTATS 2010, equation 16.
  static Initializer glorotUniform() {
    return new Initializers.VarianceScaling(1, Initializers.Fan.AVERAGE, false);
  }

  /// Truncated normal of variance `2 / (fanIn + fanOut)`.
  static Initializer glorotNormal() {
    return new Initializers.VarianceScaling(1, Initializers.Fan.AVERAGE, true);
  }

  /// Uniform of variance `2 / fanIn`: He et al., "Delving deep into rectifiers", ICCV 2015, equation 10.
  static Initializer heUniform() {
    return new Initializers.VarianceScaling(2, Initializers.Fan.IN, false);
  }

  /// Truncated normal of variance `2 / fanIn`.
  static Initializer heNormal() {
    return new Initializers.VarianceScaling(2, Initializers.Fan.IN, true);
  }

  /// Uniform of variance `1 / fanIn`: LeCun et al., "Efficient BackProp", 1998, section 4.6.
  static Initializer lecunUniform() {
    return new Initializers.VarianceScaling(1, Initializers.Fan.IN, false);
  }

  /// Truncated normal of variance `1 / fanIn`.
  static Initializer lecunNormal() {
    return new Initializers.VarianceScaling(1, Initializers.Fan.IN, true);
  }

  /// A random matrix with orthonormal rows or columns (whichever are fewer), times `gain`; all axes but the last count
  /// as rows: Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR
  /// 2014.
  static Initializer orthogonal(float gain) {
    return new Initializers.Orthogonal(gain);
  }
}
