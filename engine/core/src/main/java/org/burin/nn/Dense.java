package org.burin.nn;

import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// A matrix product over the last axis: `x [...,C]` gives `activation(x · kernel + bias) [...,units]`, kernel
/// `[C,units]`.
///
/// @param units extent of the result's last axis, at least 1
/// @param affine kernel, bias and activation
/// @param name its name, or empty for an automatic one
public record Dense(int units, Affine affine, String name) implements AffineLayer<Dense> {
  /// Checks the number of units.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public Dense {
    Options.atLeast(1, units, "Dense", name, "units");
  }

  /// A layer of this many units, with Keras' defaults.
  public static Dense of(int units) {
    return new Dense(units, Affine.DEFAULT, "");
  }

  /// A layer of this many units with an activation.
  public static Dense of(int units, Activation activation) {
    return of(units).withActivation(activation);
  }

  /// The same layer under a chosen name.
  public Dense named(String newName) {
    return new Dense(units, affine, newName);
  }

  @Override
  public Dense withAffine(Affine newAffine) {
    return new Dense(units, newAffine, name);
  }

  @Override
  public String stem() {
    return "dense";
  }

  @Override
  public Value build(Net net, Value x) {
    Shape in = Options.rank(net, x, 2, Shape.MAX_RANK, "features [N,...,C]");
    Value kernel = affine.kernel(net, Shape.of(in.dim(-1), units));
    return affine.finish(net, net.graph().matMul(x, kernel));
  }
}
