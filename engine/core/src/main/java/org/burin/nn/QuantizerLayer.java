package org.burin.nn;

import org.burin.ir.Value;

/// A quantizer as a layer: for inputs and for results of other layers. The shape stays.
///
/// @param quantizer the quantizer, which knows the value as `output`
/// @param name its name, or empty for an automatic one
public record QuantizerLayer(Quantizer quantizer, String name) implements Layer {
  /// The layer of a quantizer.
  public static QuantizerLayer of(Quantizer quantizer) {
    return new QuantizerLayer(quantizer, "");
  }

  /// The same layer under a chosen name.
  public QuantizerLayer named(String newName) {
    return new QuantizerLayer(quantizer, newName);
  }

  @Override
  public String stem() {
    return "quantize";
  }

  @Override
  public Value build(Net net, Value x) {
    return net.quantized(quantizer, "output", x);
  }
}
