package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;

/// While training, sets a random part of the numbers to 0 and divides the others by what is left of 1; otherwise
/// nothing: Srivastava et al., "Dropout", JMLR 15, 2014.
///
/// @param rate the part that is set to 0, in [0,1)
/// @param name its name, or empty for an automatic one
public record Dropout(float rate, String name) implements Layer {
  /// Checks the rate.
  ///
  /// @throws IllegalArgumentException when it is outside [0,1)
  public Dropout {
    if (!(rate >= 0f && rate < 1f)) {
      throw Options.invalid("Dropout", name, "rate must lie in [0,1), found " + rate);
    }
  }

  /// Drops this part.
  public static Dropout of(float rate) {
    return new Dropout(rate, "");
  }

  /// The same layer under a chosen name.
  public Dropout named(String newName) {
    return new Dropout(rate, newName);
  }

  @Override
  public String stem() {
    return "dropout";
  }

  @Override
  public Value build(Net net, Value x) {
    if (!net.training() || rate == 0f) {
      return x;
    }
    GraphBuilder b = net.graph();
    Value kept = b.binary(BinaryFn.GE, net.uniform(x.shape()), b.constant(rate));
    return b.select(kept, b.scale(x, 1f / (1f - rate)), b.constant(0f));
  }
}
