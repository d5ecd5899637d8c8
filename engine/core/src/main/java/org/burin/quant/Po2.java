package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// What the quantizers to powers of two have in common.
///
/// @param minExponent the least exponent
/// @param maxExponent the largest exponent
/// @param maxValue the largest number that is looked at; may be infinite
/// @param options how exponents are rounded
record Po2(int minExponent, int maxExponent, float maxValue, Po2Options options) {
  private static final float LN2 = 0.6931472f;

  /// The exponents that `bits` bits hold, one of them for the exponent's sign if numbers above 1 occur.
  ///
  /// @param quantizer its name, for messages
  /// @throws IllegalArgumentException when there are no bits for exponents, or floats have no such exponents
  static Po2 of(String quantizer, int bits, float maxValue, Po2Options options) {
    if (!(maxValue > 0f)) {
      throw new IllegalArgumentException(quantizer + ": maxValue must be positive, found " + maxValue);
    }
    int sign = maxValue > 1f ? 1 : 0;
    int effective = bits - sign;
    if (effective < 0 || effective > 6) {
      throw new IllegalArgumentException(quantizer + ": " + bits + " bits for exponents" + (sign == 1
          ? ", one of them their sign," : "") + " give exponents from -2^" + effective
          + "; they must be whole and lie within those of floats, so choose " + sign + " to " + (6 + sign) + " bits");
    }
    int largest = (1 << effective) - 1;
    return new Po2(-(1 << effective), options.quadratic() ? largest / 2 * 2 : largest, maxValue, options);
  }

  /// `log(x) / log(2)`, as QKeras computes it.
  static Value log2(GraphBuilder b, Value x) {
    return b.div(b.unary(UnaryFn.LOG, x), b.constant(LN2));
  }

  /// `2^e` with the exponent `e` that suits the numbers `x >= 0`; below Keras' epsilon it is the least one.
  Value power(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value epsilon = b.constant(Alpha.EPSILON);
    Value least = b.constant(minExponent);
    Value tiny = b.binary(BinaryFn.LT, x, epsilon);
    Value bounded = b.binary(BinaryFn.MAX, epsilon, x);
    if (maxValue < Float.POSITIVE_INFINITY) {
      bounded = b.binary(BinaryFn.MIN, bounded, b.constant(maxValue));
    }
    Value base = options.quadratic() ? b.unary(UnaryFn.SQRT, bounded) : bounded;
    Value exponent = b.clip(rounded(net, base), minExponent, maxExponent);
    Value chosen = b.select(tiny, least, options.quadratic() ? b.scale(exponent, 2f) : exponent);
    return b.binary(BinaryFn.POW, b.constant(2f), chosen);
  }

  private Value rounded(Net net, Value x) {
    GraphBuilder b = net.graph();
    if (options.floor()) {
      return b.unary(UnaryFn.FLOOR, log2(b, x));
    }
    return options.stochastic() && net.training() ? drawn(net, x) : b.unary(UnaryFn.ROUND, log2(b, x));
  }

  /// The exponent of one of the two neighbouring powers of two, drawn so that the mean power is `x`.
  private static Value drawn(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value two = b.constant(2f);
    Value one = b.constant(1f);
    Value nearest = b.unary(UnaryFn.ROUND, log2(b, b.add(x, b.constant(Alpha.EPSILON))));
    Value above = b.binary(BinaryFn.GT, b.binary(BinaryFn.POW, two, nearest), x);
    Value low = b.select(above, b.sub(nearest, one), nearest);
    Value power = b.binary(BinaryFn.POW, two, low);
    // Uniform in [2^low, 2^(low + 1)), an interval as long as its lower end.
    Value limit = b.add(power, b.mul(power, net.uniform(x.shape())));
    return b.select(b.binary(BinaryFn.LT, x, limit), low, b.add(low, one));
  }
}
