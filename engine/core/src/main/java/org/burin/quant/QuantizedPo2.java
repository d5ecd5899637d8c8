package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.UnaryFn;

/// QKeras' `quantized_po2`: the sign of `x` (1 for 0) times a power of two. **Never 0.**
///
/// The exponent is `round(log2(min(|x|, maxValue)))`, brought into `[-2^e, 2^e - 1]`, for `|x| >= 1e-7`, else `-2^e`,
/// where `e = bits - 1`, less one unless `maxValue <= 1`. Quadratic: `2 round(log2 sqrt(min(|x|, maxValue)))`. The
/// gradient is 1 everywhere.
///
/// @param bits bits of the sign and the exponent
/// @param maxValue the largest number that is looked at; may be infinite
/// @param options how exponents are rounded
public record QuantizedPo2(int bits, float maxValue, Po2Options options) implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException when the exponents are not those of floats
  public QuantizedPo2 {
    Po2.of("quantized_po2", bits - 1, maxValue, options);
  }

  /// The same quantizer looking at numbers as if they were at most `limit`.
  public QuantizedPo2 withMaxValue(float limit) {
    return new QuantizedPo2(bits, limit, options);
  }

  /// The same quantizer with other exponents.
  public QuantizedPo2 withOptions(Po2Options newOptions) {
    return new QuantizedPo2(bits, maxValue, newOptions);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value magnitude = b.unary(UnaryFn.ABS, x);
    Value power = Po2.of("quantized_po2", bits - 1, maxValue, options).power(net, magnitude);
    return b.straightThrough(b.mul(Surrogates.sign(b, x, -1f), power), x);
  }
}
