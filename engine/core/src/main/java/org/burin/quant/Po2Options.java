package org.burin.quant;

/// How quantizers to powers of two choose exponents.
///
/// @param quadratic whether exponents are even numbers, `2 round(log2 sqrt|x|)`
/// @param stochastic whether the exponent is drawn while training, so that the mean of the powers is the number
/// @param floor whether exponents are rounded down rather than to the nearest (QKeras' `log2_rounding`)
public record Po2Options(boolean quadratic, boolean stochastic, boolean floor) {
  /// The nearest exponent.
  public static final Po2Options DEFAULT = new Po2Options(false, false, false);
}
