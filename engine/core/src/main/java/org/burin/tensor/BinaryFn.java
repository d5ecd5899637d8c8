package org.burin.tensor;

/// The element-wise functions of two numbers. [#apply] is their definition: every kernel gives exactly its bits.
///
/// Comparisons give 1 for true and 0 for false, and are false where either number is NaN, except [#NE].
public enum BinaryFn {
  /// `a + b`
  ADD,
  /// `a - b`
  SUB,
  /// `a * b`
  MUL,
  /// `a / b`
  DIV,
  /// the larger number; `b` where they do not compare (so a NaN in `a` is dropped, one in `b` is kept)
  MAX,
  /// the smaller number; `b` where they do not compare
  MIN,
  /// `a` to the power `b`
  POW,
  /// `a < b`
  LT,
  /// `a <= b`
  LE,
  /// `a > b`
  GT,
  /// `a >= b`
  GE,
  /// `a == b`
  EQ,
  /// `a != b`
  NE;

  /// The function of two numbers.
  public float apply(float a, float b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> a > b ? a : b;
      case MIN -> a < b ? a : b;
      case POW -> FloatMath.pow(a, b);
      case LT -> a < b ? 1f : 0f;
      case LE -> a <= b ? 1f : 0f;
      case GT -> a > b ? 1f : 0f;
      case GE -> a >= b ? 1f : 0f;
      case EQ -> a == b ? 1f : 0f;
      case NE -> a != b ? 1f : 0f;
    };
  }
}
