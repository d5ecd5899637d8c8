package org.burin.tensor;

/// The element-wise functions of one number. [#apply] is their definition: every kernel gives exactly its bits.
///
/// Transcendental functions are those of [FloatMath], whose results do not depend on the machine.
public enum UnaryFn {
  /// `-x`
  NEG {
    @Override
    public float apply(float x) {
      return -x;
    }
  },
  /// `|x|`
  ABS {
    @Override
    public float apply(float x) {
      return Math.abs(x);
    }
  },
  /// `e^x`
  EXP {
    @Override
    public float apply(float x) {
      return FloatMath.exp(x);
    }
  },
  /// natural logarithm
  LOG {
    @Override
    public float apply(float x) {
      return FloatMath.log(x);
    }
  },
  /// square root, correctly rounded
  SQRT {
    @Override
    public float apply(float x) {
      return (float) Math.sqrt(x);
    }
  },
  /// `1 / sqrt(x)`, as a division by the rounded root
  RSQRT {
    @Override
    public float apply(float x) {
      return 1f / (float) Math.sqrt(x);
    }
  },
  /// `x * x`
  SQUARE {
    @Override
    public float apply(float x) {
      return x * x;
    }
  },
  /// `1 / x`
  RECIPROCAL {
    @Override
    public float apply(float x) {
      return 1f / x;
    }
  },
  /// `x` where `x > 0`, else `0` (also for NaN)
  RELU {
    @Override
    public float apply(float x) {
      return x > 0f ? x : 0f;
    }
  },
  /// logistic function `1 / (1 + e^-x)`
  SIGMOID {
    @Override
    public float apply(float x) {
      return FloatMath.sigmoid(x);
    }
  },
  /// hyperbolic tangent
  TANH {
    @Override
    public float apply(float x) {
      return FloatMath.tanh(x);
    }
  },
  /// Gauss error function
  ERF {
    @Override
    public float apply(float x) {
      return FloatMath.erf(x);
    }
  },
  /// -1, 0 or 1; NaN gives 0
  SIGN {
    @Override
    public float apply(float x) {
      return x > 0f ? 1f : x < 0f ? -1f : 0f;
    }
  },
  /// the largest whole number not above `x`
  FLOOR {
    @Override
    public float apply(float x) {
      return (float) Math.floor(x);
    }
  },
  /// the smallest whole number not below `x`
  CEIL {
    @Override
    public float apply(float x) {
      return (float) Math.ceil(x);
    }
  },
  /// the nearest whole number, halves to even
  ROUND {
    @Override
    public float apply(float x) {
      return (float) Math.rint(x);
    }
  };

  /// The function of one number.
  public abstract float apply(float x);
}
