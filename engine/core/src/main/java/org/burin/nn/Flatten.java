package org.burin.nn;

import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Every sample as one row, `[N,a,b,c]` gives `[N,a*b*c]`, in row-major order.
///
/// @param name its name, or empty for an automatic one
public record Flatten(String name) implements Layer {
  /// The layer, under an automatic name.
  public static Flatten of() {
    return new Flatten("");
  }

  /// The same layer under a chosen name.
  public Flatten named(String newName) {
    return new Flatten(newName);
  }

  @Override
  public String stem() {
    return "flatten";
  }

  @Override
  public Value build(Net net, Value x) {
    Options.rank(net, x, 1, Shape.MAX_RANK, "samples [N,...]");
    return net.graph().reshape(x, Shape.of(x.shape().dim(0), Options.sample(x.shape()).size()));
  }
}
