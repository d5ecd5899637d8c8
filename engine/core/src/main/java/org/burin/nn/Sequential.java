package org.burin.nn;

import java.util.List;
import org.burin.ir.Value;

/// Layers applied one after the other, as one layer.
///
/// @param layers the layers, in order
/// @param name its name, or empty for an automatic one
public record Sequential(List<Layer> layers, String name) implements Layer {
  /// Copies the list.
  public Sequential {
    layers = List.copyOf(layers);
  }

  /// These layers, in order.
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers), "");
  }

  /// The same layers under a chosen name.
  public Sequential named(String newName) {
    return new Sequential(layers, newName);
  }

  @Override
  public String stem() {
    return "sequential";
  }

  @Override
  public Value build(Net net, Value x) {
    return net.chain(x, layers.toArray(Layer[]::new));
  }
}
