package org.burin.quant;

import java.util.Optional;
import org.burin.fixed.FixedType;
import org.burin.nn.Quantizer;

/// Quantizers by the names that the field knows them by, with QKeras' defaults. Options are set on what is returned:
/// `Quantizers.quantizedBits(6, 0).withAlpha(Alpha.autoPo2())`.
public final class Quantizers {
  private Quantizers() {}

  /// The grid of a fixed-point type; gradient 1 everywhere.
  public static Quantizer fixed(FixedType type) {
    return new FixedQuantizer(type);
  }

  /// `fixed<bits,integer+1,rnd_conv,sat>`; integer bits do not count the sign.
  ///
  /// @throws IllegalArgumentException when a number of bits is out of range
  public static QuantizedBits quantizedBits(int bits, int integer) {
    return new QuantizedBits(bits, integer, false, true, Alpha.none(), false);
  }

  /// Symmetric, and without a gradient outside of the range; integer bits do not count the sign.
  ///
  /// @throws IllegalArgumentException when a number of bits is out of range
  public static QuantizedLinear quantizedLinear(int bits, int integer) {
    return new QuantizedLinear(bits, integer, true, true, Alpha.none(), false);
  }

  /// `ufixed<bits,integer,rnd_conv,sat>`, with the gradient of a rectifier cut off at the largest number.
  ///
  /// @throws IllegalArgumentException when a number of bits is out of range
  public static QuantizedRelu quantizedRelu(int bits, int integer) {
    return new QuantizedRelu(bits, integer, Optional.empty(), 0f, Float.POSITIVE_INFINITY, true, false);
  }

  /// `2 sigmoid(x) - 1` with the hard sigmoid, on `bits` bits with a sign.
  ///
  /// @throws IllegalArgumentException when the number of bits is out of range
  public static QuantizedTanh quantizedTanh(int bits) {
    return new QuantizedTanh(bits, false, Sigmoid.HARD, false, false);
  }

  /// The hard sigmoid on `bits` bits.
  ///
  /// @throws IllegalArgumentException when the number of bits is out of range
  public static QuantizedSigmoid quantizedSigmoid(int bits) {
    return new QuantizedSigmoid(bits, false, Sigmoid.HARD, false);
  }

  /// `x min(max(x + 3, 0), 6) / 6`, quantized like [#quantizedBits].
  ///
  /// @throws IllegalArgumentException when a number of bits is out of range
  public static QuantizedHswish quantizedHswish(int bits, int integer) {
    return new QuantizedHswish(quantizedBits(bits, integer), 3, 6);
  }

  /// µ-law levels with u = 255 and the hard sigmoid, brought onto the grid of [#quantizedBits].
  ///
  /// @throws IllegalArgumentException when a number of bits is out of range
  public static QuantizedUlaw quantizedUlaw(int bits, int integer) {
    return new QuantizedUlaw(bits, integer, false, 255f, Sigmoid.HARD, quantizedBits(bits, integer));
  }

  /// -1 and 1, with the gradient of tanh.
  public static Binary binary() {
    return new Binary(false, Alpha.none());
  }

  /// -1, 0 and 1 with the threshold 0.33, with the gradient of tanh.
  public static Ternary ternary() {
    return new Ternary(Alpha.none(), 0.33f);
  }

  /// -1 and 1, drawn while training with temperature 6.
  public static StochasticBinary stochasticBinary() {
    return new StochasticBinary(Alpha.none(), 6f, Sigmoid.REAL);
  }

  /// -1, 0 and 1 times a power of two per channel, drawn while training with temperature 8.
  public static StochasticTernary stochasticTernary() {
    return new StochasticTernary(Alpha.autoPo2(), 8f, Sigmoid.REAL);
  }

  /// A sign and a power of two in `bits` bits.
  ///
  /// @throws IllegalArgumentException when the exponents are not those of floats
  public static QuantizedPo2 quantizedPo2(int bits) {
    return new QuantizedPo2(bits, Float.POSITIVE_INFINITY, Po2Options.DEFAULT);
  }

  /// A power of two in `bits` bits.
  ///
  /// @throws IllegalArgumentException when the exponents are not those of floats
  public static QuantizedReluPo2 quantizedReluPo2(int bits) {
    return new QuantizedReluPo2(bits, Float.POSITIVE_INFINITY, 0f, Po2Options.DEFAULT);
  }
}
