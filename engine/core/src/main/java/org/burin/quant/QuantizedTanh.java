package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.UnaryFn;

/// QKeras' `quantized_tanh`: `clip(round(p m) / m, -1 + symmetric/m, 1 - 1/m)` with `m = 2^(bits-1)`, halves to even,
/// and `p = 2 sigmoid(x) - 1` or `p = tanh(x)`.
///
/// The gradient is that of `p`, and 0 where the clip cuts off (after rounding).
///
/// @param bits all bits, the sign included
/// @param symmetric whether -1 is left out
/// @param sigmoid the sigmoid in `p`
/// @param realTanh whether `p` is the hyperbolic tangent instead
/// @param stochastic whether the training graph rounds at random; to the grid, where QKeras takes halves of its step
public record QuantizedTanh(int bits, boolean symmetric, Sigmoid sigmoid, boolean realTanh, boolean stochastic)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedTanh {
    new Problems("quantized_tanh")
        .bits(bits, 0)
        .expect(bits != 1 || !symmetric, "one bit holds -1 and 0; it cannot be symmetric")
        .report();
  }

  /// The same quantizer without -1, or with it.
  public QuantizedTanh withSymmetric(boolean newSymmetric) {
    return new QuantizedTanh(bits, newSymmetric, sigmoid, realTanh, stochastic);
  }

  /// The same quantizer of `2 sigmoid(x) - 1` with another sigmoid.
  public QuantizedTanh withSigmoid(Sigmoid newSigmoid) {
    return new QuantizedTanh(bits, symmetric, newSigmoid, false, stochastic);
  }

  /// The same quantizer of the hyperbolic tangent.
  public QuantizedTanh withRealTanh() {
    return new QuantizedTanh(bits, symmetric, sigmoid, true, stochastic);
  }

  /// The same quantizer rounding at random while training, or not.
  public QuantizedTanh withStochastic(boolean newStochastic) {
    return new QuantizedTanh(bits, symmetric, sigmoid, realTanh, newStochastic);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value p = realTanh
        ? b.unary(UnaryFn.TANH, x)
        : b.sub(b.scale(sigmoid.of(b, x), 2f), b.constant(1f));
    float step = Math.scalb(1f, 1 - bits);
    FixedType unclipped = Surrogates.saturating(true, bits + 1, 2, false);
    Value rounded = Surrogates.quantize(net, p, unclipped, stochastic);
    Value value = b.quantize(rounded, Surrogates.saturating(true, bits, 1, symmetric));
    return b.straightThrough(value, Surrogates.within(b, p, rounded, symmetric ? step - 1f : -1f, 1f - step));
  }
}
