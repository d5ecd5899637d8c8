package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;

/// QKeras' `quantized_relu_po2`: a power of two for `x >= 0`, the least one for negative numbers. **Never 0.**
///
/// Exponents are those of [QuantizedPo2] with `e = bits`, less one unless `maxValue <= 1`. With a slope, negative
/// numbers become minus the power of two that suits `-slope x`. The gradient is that of the (leaky) rectifier, and 0
/// above `maxValue`.
///
/// @param bits bits of the exponent
/// @param maxValue the largest number that is looked at; may be infinite
/// @param slope slope for negative numbers: 0 or a power of two
/// @param options how exponents are rounded
public record QuantizedReluPo2(int bits, float maxValue, float slope, Po2Options options)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException when the exponents are not those of floats or the slope no power of two
  public QuantizedReluPo2 {
    Po2.of("quantized_relu_po2", bits, maxValue, options);
    new Problems("quantized_relu_po2")
        .expect(slope == 0f || (slope > 0f && slope == Math.scalb(1f, Math.getExponent(slope))),
            "slope must be 0 or a power of two, found " + slope)
        .report();
  }

  /// The same quantizer looking at numbers as if they were at most `limit`.
  public QuantizedReluPo2 withMaxValue(float limit) {
    return new QuantizedReluPo2(bits, limit, slope, options);
  }

  /// The same quantizer with another slope for negative numbers.
  public QuantizedReluPo2 withSlope(float newSlope) {
    return new QuantizedReluPo2(bits, maxValue, newSlope, options);
  }

  /// The same quantizer with other exponents.
  public QuantizedReluPo2 withOptions(Po2Options newOptions) {
    return new QuantizedReluPo2(bits, maxValue, slope, newOptions);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value zero = b.constant(0f);
    Po2 exponents = Po2.of("quantized_relu_po2", bits, maxValue, options);
    Value value = exponents.power(net, b.relu(x));
    if (slope != 0f) {
      Value below = exponents.power(net, b.scale(b.relu(b.neg(x)), slope));
      value = b.select(b.binary(BinaryFn.GE, x, zero), value, b.neg(below));
    }
    Value leaky = b.select(b.binary(BinaryFn.GT, x, zero), x, slope == 0f ? zero : b.scale(x, slope));
    Value surrogate = maxValue == Float.POSITIVE_INFINITY
        ? leaky
        : b.select(b.binary(BinaryFn.LE, x, b.constant(maxValue)), leaky, zero);
    return b.straightThrough(value, surrogate);
  }
}
