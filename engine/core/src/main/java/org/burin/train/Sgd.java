package org.burin.train;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;

/// Stochastic gradient descent: `p = p - rate g`; with momentum `v = momentum v - rate g`, `p = p + v`, and with
/// Nesterov's look-ahead `p = p + momentum v - rate g` instead (Sutskever et al., "On the importance of initialization
/// and momentum in deep learning", ICML 2013, in the form of Keras 3). The slot is `sgd/velocity/...`.
///
/// @param learningRate the rate when the trainer has no schedule, positive
/// @param momentum from 0 (none) to below 1
/// @param nesterov whether the momentum looks ahead
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
  /// Checks the ranges.
  public Sgd {
    Ranges.positive("sgd", "learning rate", learningRate);
    Ranges.fraction("sgd", "momentum", momentum);
  }

  /// The same at another rate.
  public Sgd withLearningRate(double rate) {
    return new Sgd(rate, momentum, nesterov);
  }

  /// The same with another momentum.
  public Sgd withMomentum(double factor) {
    return new Sgd(learningRate, factor, nesterov);
  }

  /// The same with Nesterov's look-ahead.
  public Sgd withNesterov() {
    return new Sgd(learningRate, momentum, true);
  }

  @Override
  public void update(UpdateBuilder u, Value parameter, Value gradient) {
    GraphBuilder b = u.graph();
    Value step = b.mul(gradient, u.learningRate());
    if (momentum == 0) {
      u.assign(parameter, b.sub(parameter, step));
      return;
    }
    Value velocity = u.slot("sgd/velocity", parameter, 0);
    Value next = b.sub(b.scale(velocity, (float) momentum), step);
    u.assign(velocity, next);
    u.assign(parameter, nesterov
        ? b.sub(b.add(parameter, b.scale(next, (float) momentum)), step)
        : b.add(parameter, next));
  }

  @Override
  public String describe() {
    return "sgd(momentum=" + momentum + ", nesterov=" + nesterov + ")";
  }
}
