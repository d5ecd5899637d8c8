package org.burin.quant;

import java.util.Optional;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;

/// QKeras' `quantized_relu`.
///
/// With `u = bits - (slope == 0 ? 0 : 1)`, `m = 2^u`, `k = 2^integer` and halves rounded to even:
/// - `k clip(round(x m / k) / m, 0, 1 - 1/m)`, plus, with a slope,
///   `k slope clip(round(x m slope / k) / (slope m), -1, 0)`;
/// - with a sigmoid: `k clip(2 round(p) / m - 1, 0, 1 - 1/m)` with `p = m sigmoid(x / k)`, plus, with a slope,
///   `k slope clip(2 round(p slope) / (slope m) - 1, -1, 0)`.
///
/// The gradient is that of the leaky rectifier below the largest number `t` of the type and **0 above it**: 1 for
/// `0 < x <= t`, the slope for `x <= 0` (0 without one). Unless `clipAtLargest`, `t` is the upper bound, if there is
/// one.
///
/// @param bits all bits, a sign (with a slope) included
/// @param integer bits left of the binary point, a sign not included
/// @param sigmoid the sigmoid that numbers go through, if any
/// @param slope slope for negative numbers: 0, or a power of two of at most 1
/// @param upperBound the largest result when `clipAtLargest` is false, a number of the grid or infinite
/// @param clipAtLargest QKeras' `is_quantized_clip`, which takes precedence over the upper bound
/// @param stochastic whether the training graph rounds at random; to the grid, where QKeras takes halves of its step
public record QuantizedRelu(
    int bits,
    int integer,
    Optional<Sigmoid> sigmoid,
    float slope,
    float upperBound,
    boolean clipAtLargest,
    boolean stochastic)
    implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedRelu {
    boolean powerOfTwo = slope > 0f && slope == Math.scalb(1f, Math.getExponent(slope));
    int nonSign = slope == 0f ? bits : bits - 1;
    Problems problems = new Problems("quantized_relu")
        .bits(bits, integer)
        .expect(slope == 0f || (powerOfTwo && slope <= 1f),
            "slope must be 0 or a power of two of at most 1, found " + slope)
        .expect(!powerOfTwo || -Math.getExponent(slope) <= nonSign,
            "slope " + slope + " needs " + (1 - Math.getExponent(slope)) + " bits, found " + bits)
        .expect(slope == 0f || nonSign >= 1, "a slope needs a bit for the sign and one more");
    if (upperBound < Float.POSITIVE_INFINITY && !clipAtLargest && bits >= 1 && bits <= 32) {
      FixedType type = Surrogates.saturating(false, Math.max(nonSign, 1), integer, false);
      double nearest = FixedMath.quantize(upperBound, type);
      problems.expect(nearest == upperBound && upperBound > 0f, "upper bound " + upperBound
          + " is no positive number of " + type + "; the nearest is " + nearest);
    }
    problems.report();
  }

  /// The same quantizer of numbers that went through a sigmoid.
  public QuantizedRelu withSigmoid(Sigmoid newSigmoid) {
    return new QuantizedRelu(bits, integer, Optional.of(newSigmoid), slope, upperBound, clipAtLargest, stochastic);
  }

  /// The same quantizer with another slope for negative numbers.
  public QuantizedRelu withSlope(float newSlope) {
    return new QuantizedRelu(bits, integer, sigmoid, newSlope, upperBound, clipAtLargest, stochastic);
  }

  /// The same quantizer with results and gradient cut off at `bound` rather than at the largest number of the type.
  public QuantizedRelu withUpperBound(float bound) {
    return new QuantizedRelu(bits, integer, sigmoid, slope, bound, false, stochastic);
  }

  /// The same quantizer whose gradient is 0 above the largest number of the type, or (without an upper bound) nowhere.
  public QuantizedRelu withClipAtLargest(boolean clip) {
    return new QuantizedRelu(bits, integer, sigmoid, slope, upperBound, clip, stochastic);
  }

  /// The same quantizer rounding at random while training, or not.
  public QuantizedRelu withStochastic(boolean newStochastic) {
    return new QuantizedRelu(bits, integer, sigmoid, slope, upperBound, clipAtLargest, newStochastic);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value value = sigmoid.map(kind -> squashed(net, kind, x)).orElseGet(() -> rectified(net, x));
    if (bounded()) {
      value = b.binary(BinaryFn.MIN, value, b.constant(upperBound));
    }
    return b.straightThrough(value, surrogate(b, x));
  }

  private boolean bounded() {
    return !clipAtLargest && upperBound < Float.POSITIVE_INFINITY;
  }

  private int nonSignBits() {
    return slope == 0f ? bits : bits - 1;
  }

  /// Binary digits by which the slope shifts to the right.
  private int shift() {
    return -Math.getExponent(slope);
  }

  /// The type of results that are not negative.
  private FixedType positive() {
    return Surrogates.saturating(false, nonSignBits(), integer, false);
  }

  private Value rectified(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value above = Surrogates.quantize(net, x, positive(), stochastic);
    if (slope == 0f) {
      return above;
    }
    // Down to -slope * 2^integer: a type with a sign and that much fewer integer bits.
    FixedType type = Surrogates.saturating(true, nonSignBits() - shift() + 1, integer - shift() + 1, false);
    Value below = Surrogates.quantize(net, b.scale(x, slope), type, stochastic);
    return joined(b, above, b.binary(BinaryFn.MIN, below, b.constant(0f)));
  }

  private Value squashed(Net net, Sigmoid kind, Value x) {
    GraphBuilder b = net.graph();
    Value p = kind.of(b, b.scale(x, Math.scalb(1f, -integer)));
    Value one = b.constant(1f);
    int u = nonSignBits();
    Value rounded = Surrogates.quantize(net, p, Surrogates.saturating(false, u + 1, 1, false), stochastic);
    Value symmetric = b.sub(b.scale(rounded, 2f), one);
    Value above = b.quantize(b.scale(symmetric, Math.scalb(1f, integer)), positive());
    if (slope == 0f) {
      return above;
    }
    FixedType coarse = Surrogates.saturating(false, u - shift() + 1, 1, false);
    Value roundedCoarsely = Surrogates.quantize(net, p, coarse, stochastic);
    Value signed = b.binary(BinaryFn.MIN, b.sub(b.scale(roundedCoarsely, 2f), one), b.constant(0f));
    return joined(b, above, b.scale(signed, slope * Math.scalb(1f, integer)));
  }

  /// The sum, which a type of all bits holds.
  private Value joined(GraphBuilder b, Value above, Value below) {
    return b.quantize(b.add(above, below), Surrogates.saturating(true, bits, integer + 1, false));
  }

  private Value surrogate(GraphBuilder b, Value x) {
    Value zero = b.constant(0f);
    Value leaky = b.select(b.binary(BinaryFn.GT, x, zero), x, slope == 0f ? zero : b.scale(x, slope));
    float top = clipAtLargest
        ? Math.scalb(1f, integer) - Math.scalb(1f, integer - nonSignBits())
        : upperBound;
    return top == Float.POSITIVE_INFINITY ? leaky : b.select(b.binary(BinaryFn.LE, x, b.constant(top)), leaky, zero);
  }
}
