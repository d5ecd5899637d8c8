package org.burin.tensor;

/// The element-wise functions of two numbers. [#apply] is their definition: every kernel gives exactly its bits.
///
/// Comparisons give 1 for true and 0 for false, and are false where either number is NaN, except [#NE].
public enum BinaryFn {
  /// `a + b`
  ADD {
    @Override
    public float apply(float a, float b) {
      return a + b;
    }
  },
  /// `a - b`
  SUB {
    @Override
    public float apply(float a, float b) {
      return a - b;
    }
  },
  /// `a * b`
  MUL {
    @Override
    public float apply(float a, float b) {
      return a * b;
    }
  },
  /// `a / b`
  DIV {
    @Override
    public float apply(float a, float b) {
      return a / b;
    }
  },
  /// the larger number; `b` where they do not compare (so a NaN in `a` is dropped, one in `b` is kept)
  MAX {
    @Override
    public float apply(float a, float b) {
      return a > b ? a : b;
    }
  },
  /// the smaller number; `b` where they do not compare
  MIN {
    @Override
    public float apply(float a, float b) {
      return a < b ? a : b;
    }
  },
  /// `a` to the power `b`
  POW {
    @Override
    public float apply(float a, float b) {
      return FloatMath.pow(a, b);
    }
  },
  /// `a < b`
  LT {
    @Override
    public float apply(float a, float b) {
      return a < b ? 1f : 0f;
    }
  },
  /// `a <= b`
  LE {
    @Override
    public float apply(float a, float b) {
      return a <= b ? 1f : 0f;
    }
  },
  /// `a > b`
  GT {
    @Override
    public float apply(float a, float b) {
      return a > b ? 1f : 0f;
    }
  },
  /// `a >= b`
  GE {
    @Override
    public float apply(float a, float b) {
      return a >= b ? 1f : 0f;
    }
  },
  /// `a == b`
  EQ {
    @Override
    public float apply(float a, float b) {
      return a == b ? 1f : 0f;
    }
  },
  /// `a != b`
  NE {
    @Override
    public float apply(float a, float b) {
      return a != b ? 1f : 0f;
    }
  };

  /// The function of two numbers.
  public abstract float apply(float a, float b);
}
