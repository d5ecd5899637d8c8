package org.burin.train;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// Adam (Kingma and Ba, "Adam: A method for stochastic optimization", ICLR 2015, section 2, the more efficient order of
/// computation): with t steps done after this one
/// `m = m + (1 - beta1) (g - m)`, `v = v + (1 - beta2) (g^2 - v)`,
/// `p = p - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`.
///
/// With a weight decay it is AdamW (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019): p is
/// first made smaller by `rate weightDecay p`. The slots are `adam/m/...` and `adam/v/...`.
///
/// @param learningRate the rate when the trainer has no schedule, positive
/// @param beta1 how much of the mean gradient is kept, from 0 to below 1
/// @param beta2 how much of the mean squared gradient is kept, from 0 to below 1
/// @param epsilon keeps the quotient finite, positive
/// @param weightDecay at least 0
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  /// Checks the ranges.
  public Adam {
    Ranges.positive("adam", "learning rate", learningRate);
    Ranges.fraction("adam", "beta1", beta1);
    Ranges.fraction("adam", "beta2", beta2);
    Ranges.positive("adam", "epsilon", epsilon);
    Ranges.notNegative("adam", "weight decay", weightDecay);
  }

  /// The same at another rate.
  public Adam withLearningRate(double rate) {
    return new Adam(rate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with other decays of the means.
  public Adam withBetas(double first, double second) {
    return new Adam(learningRate, first, second, epsilon, weightDecay);
  }

  /// The same with another epsilon.
  public Adam withEpsilon(double eps) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay);
  }

  /// The same with another decoupled weight decay.
  public Adam withWeightDecay(double decay) {
    return new Adam(learningRate, beta1, beta2, epsilon, decay);
  }

  @Override
  public void update(UpdateBuilder u, Value parameter, Value gradient) {
    GraphBuilder b = u.graph();
    Value rate = u.scalar("adam_rate", (step, lr) ->
        lr * Math.sqrt(1 - StepMath.power(beta2, step)) / (1 - StepMath.power(beta1, step)));
    Value m = u.slot("adam/m", parameter, 0);
    Value v = u.slot("adam/v", parameter, 0);
    Value nextM = b.add(m, b.scale(b.sub(gradient, m), (float) (1 - beta1)));
    Value nextV = b.add(v, b.scale(b.sub(b.unary(UnaryFn.SQUARE, gradient), v), (float) (1 - beta2)));
    u.assign(m, nextM);
    u.assign(v, nextV);
    Value step = b.div(b.mul(nextM, rate), b.add(b.unary(UnaryFn.SQRT, nextV), b.constant((float) epsilon)));
    Value decayed = parameter;
    if (weightDecay > 0) {
      Value decay = u.scalar("weight_decay", (_, lr) -> lr * weightDecay);
      decayed = b.sub(parameter, b.mul(parameter, decay));
    }
    u.assign(parameter, b.sub(decayed, step));
  }

  @Override
  public String describe() {
    return "adam(beta1=" + beta1 + ", beta2=" + beta2 + ", epsilon=" + epsilon + ", weight_decay=" + weightDecay + ")";
  }
}
