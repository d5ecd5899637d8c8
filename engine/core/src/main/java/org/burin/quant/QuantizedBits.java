package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;

/// QKeras' `quantized_bits`: Coelho et al., "Automatic heterogeneous quantization of deep neural networks", Nature
/// Machine Intelligence 3, 2021.
///
/// With `u = bits - (keepNegative ? 1 : 0)`, `m = 2^u` and `k = 2^integer` (integer bits do not count the sign):
/// - alpha none or fixed: `alpha * k * clip(round(x m / k), keepNegative ? -m + symmetric : 0, m - 1) / m`, where
///   round takes halves to even; the type is `fixed<bits,integer+1,rnd_conv,sat>`, or `sat_sym`, or unsigned with
///   `integer`.
/// - one bit with its sign: `alpha` where `x >= 0`, else `-alpha`.
/// - alpha auto: with `y = x / k`, `l = 2^(bits-1) - 1` and the scale `s = max|y| / l`, the result is `k s z` for
///   `z = sign(y) min(floor(|y| / s + 1/2), l)`: symmetric, halves away from zero.
/// - alpha auto_po2: the same for the power of two `s` nearest to that (in the logarithm), improved five times by
///   `s = 2^round(log2(mean(y z) / (mean(z z) + 1e-7) + 1e-7))`.
///
/// The gradient is 1 everywhere, also beyond the ends of the range.
///
/// @param bits all bits, the sign included
/// @param integer bits left of the binary point, the sign not included
/// @param symmetric whether the most negative number is left out
/// @param keepNegative whether there is a sign; otherwise negative numbers become 0
/// @param alpha the factor
/// @param stochastic whether the training graph rounds at random (not with alpha auto, as in QKeras)
public record QuantizedBits(
    int bits, int integer, boolean symmetric, boolean keepNegative, Alpha alpha, boolean stochastic)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedBits {
    new Problems("quantized_bits")
        .bits(bits, integer)
        .expect(!alpha.isAuto() || keepNegative, "alpha auto needs keepNegative")
        .expect(!alpha.isAuto() || bits > 1, "alpha auto needs at least 2 bits; of one bit, choose binary")
        .report();
  }

  /// The same quantizer without the most negative number, or with it.
  public QuantizedBits withSymmetric(boolean newSymmetric) {
    return new QuantizedBits(bits, integer, newSymmetric, keepNegative, alpha, stochastic);
  }

  /// The same quantizer with or without a sign.
  public QuantizedBits withKeepNegative(boolean newKeepNegative) {
    return new QuantizedBits(bits, integer, symmetric, newKeepNegative, alpha, stochastic);
  }

  /// The same quantizer with another factor.
  public QuantizedBits withAlpha(Alpha newAlpha) {
    return new QuantizedBits(bits, integer, symmetric, keepNegative, newAlpha, stochastic);
  }

  /// The same quantizer rounding at random while training, or not.
  public QuantizedBits withStochastic(boolean newStochastic) {
    return new QuantizedBits(bits, integer, symmetric, keepNegative, alpha, newStochastic);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    if (alpha.isAuto()) {
      return b.straightThrough(scaled(net, name, x), x);
    }
    boolean binary = bits == 1 && keepNegative;
    Value q = binary
        ? Surrogates.sign(b, x, -1f)
        : Surrogates.quantize(net, x, type(), stochastic);
    if (alpha instanceof Alpha.Fixed(var factor) && factor != 1f) {
      return b.straightThrough(b.scale(q, factor), x);
    }
    return binary ? b.straightThrough(q, x) : q;
  }

  /// The type of the numbers before they are multiplied by a fixed alpha.
  private FixedType type() {
    return Surrogates.saturating(keepNegative, bits, keepNegative ? integer + 1 : integer, symmetric);
  }

  private Value scaled(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value y = b.scale(x, Math.scalb(1f, -integer));
    // floor(|v| + 1/2) with the sign of v is rounding with halves away from zero.
    FixedType whole = new FixedType(true, bits, bits, Rounding.RND_INF, Overflow.SAT_SYM);
    int largest = (1 << (bits - 1)) - 1;
    Value scale = alpha.first(net, name, y, 1f / largest);
    if (alpha instanceof Alpha.AutoPo2) {
      for (int i = 0; i < 5; i++) {
        scale = alpha.leastSquares(net, name, y, b.quantize(b.div(y, scale), whole));
      }
    }
    Value z = b.quantize(b.div(y, scale), whole);
    return b.mul(b.scale(scale, Math.scalb(1f, integer)), z);
  }
}
