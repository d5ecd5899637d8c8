package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;

/// QKeras' `quantized_sigmoid`: `clip(round(sigmoid(x) m) / m, symmetric/m, 1 - 1/m)` with `m = 2^bits`, halves to
/// even.
///
/// The gradient is that of the sigmoid, and 0 where the clip cuts off (after rounding).
///
/// @param bits bits, all right of the binary point
/// @param symmetric whether 0 is left out
/// @param sigmoid the sigmoid
/// @param stochastic whether the training graph rounds at random; to the grid, where QKeras takes halves of its step
public record QuantizedSigmoid(int bits, boolean symmetric, Sigmoid sigmoid, boolean stochastic)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException when the bits are not 1 to 32
  public QuantizedSigmoid {
    new Problems("quantized_sigmoid").bits(bits, 0).report();
  }

  /// The same quantizer without 0, or with it.
  public QuantizedSigmoid withSymmetric(boolean newSymmetric) {
    return new QuantizedSigmoid(bits, newSymmetric, sigmoid, stochastic);
  }

  /// The same quantizer of another sigmoid.
  public QuantizedSigmoid withSigmoid(Sigmoid newSigmoid) {
    return new QuantizedSigmoid(bits, symmetric, newSigmoid, stochastic);
  }

  /// The same quantizer rounding at random while training, or not.
  public QuantizedSigmoid withStochastic(boolean newStochastic) {
    return new QuantizedSigmoid(bits, symmetric, sigmoid, newStochastic);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value p = sigmoid.of(b, x);
    float step = Math.scalb(1f, -bits);
    FixedType unclipped = Surrogates.saturating(false, bits + 1, 1, false);
    Value rounded = Surrogates.quantize(net, p, unclipped, stochastic);
    Value bounded = symmetric ? b.binary(BinaryFn.MAX, rounded, b.constant(step)) : rounded;
    Value value = b.quantize(bounded, Surrogates.saturating(false, bits, 0, false));
    return b.straightThrough(value, Surrogates.within(b, p, rounded, symmetric ? step : 0f, 1f - step));
  }
}
