package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;

/// QKeras' `quantized_hswish`: the hard swish `x min(max(x + shift, 0), bound) / bound` of MobileNetV3, quantized.
///
/// @param quantizer the grid of the result
/// @param shift what is added to x, positive; 3 in MobileNetV3
/// @param bound where the rectifier ends, positive; 6 in MobileNetV3
public record QuantizedHswish(QuantizedBits quantizer, int shift, int bound) implements Quantizer {
  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedHswish {
    new Problems("quantized_hswish")
        .expect(shift > 0, "shift must be positive, found " + shift)
        .expect(bound > 0, "bound must be positive, found " + bound)
        .report();
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value limited = b.binary(BinaryFn.MIN, b.constant(bound), b.relu(b.add(x, b.constant(shift))));
    return quantizer.quantize(net, name, b.div(b.mul(x, limited), b.constant(bound)));
  }
}
