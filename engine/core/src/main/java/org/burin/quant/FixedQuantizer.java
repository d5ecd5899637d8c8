package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;

/// The grid of one fixed-point type; the gradient is 1 everywhere.
///
/// @param type the type, with its rounding and its overflow
public record FixedQuantizer(FixedType type) implements Quantizer {
  @Override
  public Value quantize(Net net, String name, Value x) {
    return net.graph().quantize(x, type);
  }
}
