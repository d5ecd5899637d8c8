package org.burin.train;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// RMSprop (Tieleman and Hinton, "Lecture 6.5: RMSprop", 2012, in the form of Keras 3):
/// `v = rho v + (1 - rho) g^2`, `s = rate g / sqrt(v + epsilon)`; centered, with `a = rho a + (1 - rho) g`,
/// `s = rate g / sqrt(v - a^2 + epsilon)`. Then `p = p - s`, or with momentum `q = momentum q + s`, `p = p - q`.
/// The slots are `rmsprop/velocity/...`, `rmsprop/average/...` and `rmsprop/momentum/...`.
///
/// @param learningRate the rate when the trainer has no schedule, positive
/// @param rho how much of the means is kept, from 0 to below 1
/// @param momentum from 0 (none) to below 1
/// @param epsilon keeps the quotient finite, positive
/// @param centered whether the square of the mean gradient is taken off
public record RmsProp(double learningRate, double rho, double momentum, double epsilon, boolean centered)
    implements Optimizer {
  /// Checks the ranges.
  public RmsProp {
    Ranges.positive("rmsprop", "learning rate", learningRate);
    Ranges.fraction("rmsprop", "rho", rho);
    Ranges.fraction("rmsprop", "momentum", momentum);
    Ranges.positive("rmsprop", "epsilon", epsilon);
  }

  /// The same at another rate.
  public RmsProp withLearningRate(double rate) {
    return new RmsProp(rate, rho, momentum, epsilon, centered);
  }

  /// The same with another decay of the means.
  public RmsProp withRho(double factor) {
    return new RmsProp(learningRate, factor, momentum, epsilon, centered);
  }

  /// The same with another momentum.
  public RmsProp withMomentum(double factor) {
    return new RmsProp(learningRate, rho, factor, epsilon, centered);
  }

  /// The same, centered.
  public RmsProp withCentering() {
    return new RmsProp(learningRate, rho, momentum, epsilon, true);
  }

  @Override
  public void update(UpdateBuilder u, Value parameter, Value gradient) {
    GraphBuilder b = u.graph();
    Value velocity = average(u, "rmsprop/velocity", parameter, b.unary(UnaryFn.SQUARE, gradient));
    Value variance = velocity;
    if (centered) {
      Value mean = average(u, "rmsprop/average", parameter, gradient);
      variance = b.sub(velocity, b.unary(UnaryFn.SQUARE, mean));
    }
    Value root = b.unary(UnaryFn.SQRT, b.add(variance, b.constant((float) epsilon)));
    Value step = b.div(b.mul(gradient, u.learningRate()), root);
    if (momentum > 0) {
      Value slot = u.slot("rmsprop/momentum", parameter, 0);
      step = b.add(b.scale(slot, (float) momentum), step);
      u.assign(slot, step);
    }
    u.assign(parameter, b.sub(parameter, step));
  }

  private Value average(UpdateBuilder u, String name, Value parameter, Value x) {
    GraphBuilder b = u.graph();
    Value slot = u.slot(name, parameter, 0);
    Value next = b.add(b.scale(slot, (float) rho), b.scale(x, (float) (1 - rho)));
    u.assign(slot, next);
    return next;
  }

  @Override
  public String describe() {
    return "rmsprop(rho=" + rho + ", momentum=" + momentum + ", epsilon=" + epsilon + ", centered=" + centered + ")";
  }
}
