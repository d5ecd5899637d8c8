package org.burin.nn;

import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Batch normalisation over the last axis: Ioffe and Szegedy, "Batch normalization", ICML 2015.
///
/// While training, `gamma * (x - mean) / sqrt(variance + epsilon) + beta` with mean and (biased) variance over all axes
/// but the last, which the states `moving_mean` and `moving_variance` follow:
/// `moving += (1 - momentum) * (batch - moving)`. Otherwise `x * scale + shift`, where scale and shift are computed
/// from parameters and states alone.
///
/// With quantizers the form `x * scale + shift` holds while training too, of the batch's mean and variance, so that what
/// is trained has the grids of what is used: `scale = quantized(gamma / sqrt(variance + epsilon))` and
/// `shift = quantized(beta - mean * scale)` with the quantized scale.
///
/// @param momentum how much of the moving averages is kept at each step, in [0,1)
/// @param epsilon added to the variance, above 0
/// @param center whether there is a `beta`
/// @param scale whether there is a `gamma`
/// @param betaInitializer how `beta` is filled
/// @param gammaInitializer how `gamma` is filled
/// @param scaleQuantizer the grid of the scale
/// @param shiftQuantizer the grid of the shift
/// @param name its name, or empty for an automatic one
public record BatchNorm(
    double momentum,
    float epsilon,
    boolean center,
    boolean scale,
    Initializer betaInitializer,
    Initializer gammaInitializer,
    Quantizer scaleQuantizer,
    Quantizer shiftQuantizer,
    String name)
    implements Layer {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when momentum is outside [0,1) or epsilon not positive
  public BatchNorm {
    if (!(momentum >= 0 && momentum < 1)) {
      throw Options.invalid("BatchNorm", name, "momentum must lie in [0,1), found " + momentum);
    }
    if (!(epsilon > 0f)) {
      throw Options.invalid("BatchNorm", name, "epsilon must be positive, found " + epsilon);
    }
  }

  /// Keras' defaults: momentum 0.99, epsilon 0.001, gamma of ones, beta of zeros.
  public static BatchNorm of() {
    return new BatchNorm(
        0.99, 1e-3f, true, true, Initializer.zeros(), Initializer.ones(), Quantizer.NONE, Quantizer.NONE, "");
  }

  /// The same layer with another momentum.
  public BatchNorm withMomentum(double newMomentum) {
    return new BatchNorm(newMomentum, epsilon, center, scale, betaInitializer, gammaInitializer,
        scaleQuantizer, shiftQuantizer, name);
  }

  /// The same layer with another epsilon.
  public BatchNorm withEpsilon(float newEpsilon) {
    return new BatchNorm(momentum, newEpsilon, center, scale, betaInitializer, gammaInitializer,
        scaleQuantizer, shiftQuantizer, name);
  }

  /// The same layer with or without `beta` and `gamma`.
  public BatchNorm withCenterAndScale(boolean newCenter, boolean newScale) {
    return new BatchNorm(momentum, epsilon, newCenter, newScale, betaInitializer, gammaInitializer,
        scaleQuantizer, shiftQuantizer, name);
  }

  /// The same layer with scale and shift on grids.
  public BatchNorm withQuantizers(Quantizer newScaleQuantizer, Quantizer newShiftQuantizer) {
    return new BatchNorm(momentum, epsilon, center, scale, betaInitializer, gammaInitializer,
        newScaleQuantizer, newShiftQuantizer, name);
  }

  /// The same layer under a chosen name.
  public BatchNorm named(String newName) {
    return new BatchNorm(momentum, epsilon, center, scale, betaInitializer, gammaInitializer,
        scaleQuantizer, shiftQuantizer, newName);
  }

  @Override
  public String stem() {
    return "batch_norm";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Options.rank(net, x, 2, Shape.MAX_RANK, "features [N,...,C]");
    Shape channels = Shape.of(x.shape().dim(-1));
    Value gamma = scale ? net.parameter("gamma", channels, gammaInitializer) : b.constant(1f);
    Value beta = center ? net.parameter("beta", channels, betaInitializer) : b.constant(0f);
    Value movingMean = net.state("moving_mean", channels, Initializer.zeros());
    Value movingVariance = net.state("moving_variance", channels, Initializer.ones());
    if (!net.training()) {
      return affine(net, x, gamma, beta, movingMean, movingVariance);
    }
    int[] axes = IntStream.range(0, x.shape().rank() - 1).toArray();
    Value mean = b.mean(x, axes);
    Value centred = b.sub(x, mean);
    Value variance = b.mean(b.unary(UnaryFn.SQUARE, centred), axes);
    follow(net, movingMean, mean);
    follow(net, movingVariance, variance);
    if (!(scaleQuantizer.equals(Quantizer.NONE) && shiftQuantizer.equals(Quantizer.NONE))) {
      return affine(net, x, gamma, beta, mean, variance);
    }
    Value y = b.mul(centred, times(b, gamma, inverseDeviation(b, variance)));
    return center ? b.add(y, beta) : y;
  }

  private Value affine(Net net, Value x, Value gamma, Value beta, Value mean, Value variance) {
    GraphBuilder b = net.graph();
    Value factor = times(b, gamma, inverseDeviation(b, variance));
    Value scaling = net.quantized(scaleQuantizer, "scale", factor);
    Value shift = net.quantized(shiftQuantizer, "shift", b.sub(beta, b.mul(mean, scaling)));
    return b.add(b.mul(x, scaling), shift);
  }

  private Value times(GraphBuilder b, Value gamma, Value factor) {
    return scale ? b.mul(gamma, factor) : factor;
  }

  private Value inverseDeviation(GraphBuilder b, Value variance) {
    return b.unary(UnaryFn.RSQRT, b.add(variance, b.constant(epsilon)));
  }

  private void follow(Net net, Value moving, Value batch) {
    GraphBuilder b = net.graph();
    Value latest = net.latest(moving);
    net.update(moving, b.add(latest, b.scale(b.sub(batch, latest), (float) (1 - momentum))));
  }
}
