package org.burin.train;

import org.burin.ir.Value;

/// How a gradient changes a parameter: a function on the graph, called once for every trainable parameter.
///
/// What it keeps between steps are slots, graph parameters of the parameter's shape; what changes from step to step by
/// itself, such as a bias correction, are scalars that the host computes in double. See [UpdateBuilder]. The optimizers
/// here have the formulas and defaults of Keras 3 (`keras.optimizers`).
public interface Optimizer {
  /// Adds the update of one parameter to the graph.
  ///
  /// @param parameter the parameter before the step
  /// @param gradient the gradient of the loss with respect to it, clipped if the trainer clips, of its shape
  void update(UpdateBuilder b, Value parameter, Value gradient);

  /// The learning rate when the trainer has no schedule.
  double learningRate();

  /// How the configuration in a checkpoint names this optimizer; without the learning rate, which belongs to the
  /// schedule.
  default String describe() {
    return "custom";
  }

  /// [Sgd] without momentum at rate 0.01.
  static Sgd sgd() {
    return new Sgd(0.01, 0, false);
  }

  /// [Adam] at rate 0.001.
  static Adam adam() {
    return new Adam(0.001, 0.9, 0.999, 1e-7, 0);
  }

  /// [Adam] at rate 0.001 with a decoupled weight decay of 0.004.
  static Adam adamW() {
    return adam().withWeightDecay(0.004);
  }

  /// [RmsProp] at rate 0.001.
  static RmsProp rmsProp() {
    return new RmsProp(0.001, 0.9, 0, 1e-7, false);
  }
}
