package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;

/// QKeras' `quantized_linear`, the successor of `quantized_bits`.
///
/// `s round(clip(x / s, low, high))` with halves to even, `low = keepNegative ? -2^(bits-1) + symmetric : 0`,
/// `high = 2^(bits-keepNegative) - 1` and the scale `s = alpha * 2^(integer-bits+keepNegative)`. One bit with its sign
/// gives `s/2` where `x >= 0`, else `-s/2`. With alpha auto, `s = max(2 max|x| / (high - low), 1e-7)` (unsigned:
/// `max(max|x| / high, 1e-7)`); with auto_po2 the nearest power of two, improved up to five times (of one bit: once) by
/// least squares, as in [QuantizedBits].
///
/// The gradient is 1 where `low <= x / s <= high` and **0 outside**, unlike that of [QuantizedBits].
///
/// @param bits all bits, the sign included
/// @param integer bits left of the binary point, the sign not included
/// @param symmetric whether the most negative number is left out
/// @param keepNegative whether there is a sign; otherwise negative numbers become 0
/// @param alpha the factor
/// @param stochastic whether the training graph rounds at random
public record QuantizedLinear(
    int bits, int integer, boolean symmetric, boolean keepNegative, Alpha alpha, boolean stochastic)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedLinear {
    new Problems("quantized_linear")
        .bits(bits, integer)
        .expect(!alpha.isAuto() || keepNegative, "alpha auto needs keepNegative")
        .report();
  }

  /// The same quantizer without the most negative number, or with it.
  public QuantizedLinear withSymmetric(boolean newSymmetric) {
    return new QuantizedLinear(bits, integer, newSymmetric, keepNegative, alpha, stochastic);
  }

  /// The same quantizer with or without a sign.
  public QuantizedLinear withKeepNegative(boolean newKeepNegative) {
    return new QuantizedLinear(bits, integer, symmetric, newKeepNegative, alpha, stochastic);
  }

  /// The same quantizer with another factor.
  public QuantizedLinear withAlpha(Alpha newAlpha) {
    return new QuantizedLinear(bits, integer, symmetric, keepNegative, newAlpha, stochastic);
  }

  /// The same quantizer rounding at random while training, or not.
  public QuantizedLinear withStochastic(boolean newStochastic) {
    return new QuantizedLinear(bits, integer, symmetric, keepNegative, alpha, newStochastic);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value scale = scale(net, name, x);
    Value steps = b.div(x, scale);
    Value value = alpha instanceof Alpha.None && !binary()
        ? Surrogates.quantize(net, x, type(keepNegative ? integer + 1 : integer), stochastic)
        : b.mul(scale, whole(net, steps, stochastic));
    return b.straightThrough(value, Surrogates.within(b, x, steps, low(), high()));
  }

  private boolean binary() {
    return bits == 1 && keepNegative;
  }

  private float low() {
    return binary() ? -0.5f : keepNegative ? -Math.scalb(1f, bits - 1) + (symmetric ? 1 : 0) : 0f;
  }

  private float high() {
    return binary() ? 0.5f : Math.scalb(1f, keepNegative ? bits - 1 : bits) - 1;
  }

  private FixedType type(int integerWithSign) {
    return Surrogates.saturating(keepNegative, bits, integerWithSign, symmetric);
  }

  /// Clipped and rounded to whole numbers, of one bit to halves.
  private Value whole(Net net, Value steps, boolean atRandom) {
    GraphBuilder b = net.graph();
    if (!binary()) {
      return Surrogates.quantize(net, steps, type(bits), atRandom);
    }
    if (atRandom && net.training()) {
      // Rounding x - 1/2 within [-1, 0] at random.
      Value chance = b.add(steps, b.constant(0.5f));
      Value up = b.binary(BinaryFn.GE, chance, net.uniform(steps.shape()));
      return b.select(up, b.constant(0.5f), b.constant(-0.5f));
    }
    return b.scale(Surrogates.sign(b, steps, -1f), 0.5f);
  }

  private Value scale(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    float step = Math.scalb(1f, integer - bits + (keepNegative ? 1 : 0));
    return switch (alpha) {
      case Alpha.None _ -> b.constant(step);
      case Alpha.Fixed(var factor) -> b.constant(factor * step);
      case Alpha.Auto auto -> b.binary(BinaryFn.MAX, auto.first(net, name, x, 2f / (high() - low())),
          b.constant(Alpha.EPSILON));
      case Alpha.AutoPo2 po2 -> {
        Value scale = po2.first(net, name, x, 2f / (high() - low()));
        for (int i = 0; i < (binary() ? 1 : 5); i++) {
          scale = po2.leastSquares(net, name, x, whole(net, b.div(x, scale), false));
        }
        yield scale;
      }
    };
  }
}
