package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Layer normalisation: `gamma * (x - mean) / sqrt(variance + epsilon) + beta` with mean and (biased) variance over the
/// last axis of each sample: Ba et al., "Layer normalization", 2016.
///
/// @param epsilon added to the variance, above 0
/// @param center whether there is a `beta`, zeros at first
/// @param scale whether there is a `gamma`, ones at first
/// @param name its name, or empty for an automatic one
public record LayerNorm(float epsilon, boolean center, boolean scale, String name) implements Layer {
  /// Checks the range.
  ///
  /// @throws IllegalArgumentException when epsilon is not positive
  public LayerNorm {
    if (!(epsilon > 0f)) {
      throw Options.invalid("LayerNorm", name, "epsilon must be positive, found " + epsilon);
    }
  }

  /// Keras' defaults: epsilon 0.001, with beta and gamma.
  public static LayerNorm of() {
    return new LayerNorm(1e-3f, true, true, "");
  }

  /// The same layer with another epsilon.
  public LayerNorm withEpsilon(float newEpsilon) {
    return new LayerNorm(newEpsilon, center, scale, name);
  }

  /// The same layer with or without `beta` and `gamma`.
  public LayerNorm withCenterAndScale(boolean newCenter, boolean newScale) {
    return new LayerNorm(epsilon, newCenter, newScale, name);
  }

  /// The same layer under a chosen name.
  public LayerNorm named(String newName) {
    return new LayerNorm(epsilon, center, scale, newName);
  }

  @Override
  public String stem() {
    return "layer_norm";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Options.rank(net, x, 2, Shape.MAX_RANK, "features [N,...,C]");
    Shape features = Shape.of(x.shape().dim(-1));
    Value centred = b.sub(x, b.reduce(ReduceFn.MEAN, x, true, -1));
    Value variance = b.reduce(ReduceFn.MEAN, b.unary(UnaryFn.SQUARE, centred), true, -1);
    Value y = b.mul(centred, b.unary(UnaryFn.RSQRT, b.add(variance, b.constant(epsilon))));
    if (scale) {
      y = b.mul(y, net.parameter("gamma", features, Initializer.ones()));
    }
    return center ? b.add(y, net.parameter("beta", features, Initializer.zeros())) : y;
  }
}
