package org.burin.tensor;

/// The element-wise functions of one number. [#apply] is their definition: every kernel gives exactly its bits.
///
/// Transcendental functions are those of [FloatMath], whose results do not depend on the machine.
public enum UnaryFn {
  /// `-x`
  NEG,
  /// `|x|`
  ABS,
  /// `e^x`
  EXP,
  /// natural logarithm
  LOG,
  /// square root, correctly rounded
  SQRT,
  /// `1 / sqrt(x)`, as a division by the rounded root
  RSQRT,
  /// `x * x`
  SQUARE,
  /// `1 / x`
  RECIPROCAL,
  /// `x` where `x > 0`, else `0` (also for NaN)
  RELU,
  /// logistic function `1 / (1 + e^-x)`
  SIGMOID,
  /// hyperbolic tangent
  TANH,
  /// Gauss error function
  ERF,
  /// -1, 0 or 1; NaN gives 0
  SIGN,
  /// the largest whole number not above `x`
  FLOOR,
  /// the smallest whole number not below `x`
  CEIL,
  /// the nearest whole number, halves to even
  ROUND;

  /// The function of one number.
  public float apply(float x) {
    return switch (this) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case EXP -> FloatMath.exp(x);
      case LOG -> FloatMath.log(x);
      case SQRT -> (float) Math.sqrt(x);
      case RSQRT -> 1f / (float) Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1f / x;
      case RELU -> x > 0f ? x : 0f;
      case SIGMOID -> FloatMath.sigmoid(x);
      case TANH -> FloatMath.tanh(x);
      case ERF -> FloatMath.erf(x);
      case SIGN -> x > 0f ? 1f : x < 0f ? -1f : 0f;
      case FLOOR -> (float) Math.floor(x);
      case CEIL -> (float) Math.ceil(x);
      case ROUND -> (float) Math.rint(x);
    };
  }
}
