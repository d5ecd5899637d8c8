package org.burin.tensor;

/// Element-wise functions in plain Java: one loop per function, so that each can be vectorised by the compiler.
final class ScalarElementwise {
  private ScalarElementwise() {}

  static void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n) {
    switch (fn) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = -x[xOffset + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = Math.abs(x[xOffset + i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = FloatMath.exp(x[xOffset + i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = FloatMath.log(x[xOffset + i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = (float) Math.sqrt(x[xOffset + i]);
        }
      }
      case RSQRT -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = 1f / (float) Math.sqrt(x[xOffset + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = x[xOffset + i] * x[xOffset + i];
        }
      }
      case RECIPROCAL -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = 1f / x[xOffset + i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = x[xOffset + i] > 0f ? x[xOffset + i] : 0f;
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = FloatMath.sigmoid(x[xOffset + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = FloatMath.tanh(x[xOffset + i]);
        }
      }
      case ERF -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = FloatMath.erf(x[xOffset + i]);
        }
      }
      case SIGN, FLOOR, CEIL, ROUND -> {
        for (int i = 0; i < n; i++) {
          y[yOffset + i] = fn.apply(x[xOffset + i]);
        }
      }
    }
  }

  static void binary(
      BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    switch (fn) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] - b[bOffset + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] / b[bOffset + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] > b[bOffset + i] ? a[aOffset + i] : b[bOffset + i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] < b[bOffset + i] ? a[aOffset + i] : b[bOffset + i];
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = FloatMath.pow(a[aOffset + i], b[bOffset + i]);
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] < b[bOffset + i] ? 1f : 0f;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] <= b[bOffset + i] ? 1f : 0f;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] > b[bOffset + i] ? 1f : 0f;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] >= b[bOffset + i] ? 1f : 0f;
        }
      }
      case EQ -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] == b[bOffset + i] ? 1f : 0f;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] != b[bOffset + i] ? 1f : 0f;
        }
      }
    }
  }

  static void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    switch (fn) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] + s;
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] - s;
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] * s;
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] / s;
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] > s ? a[aOffset + i] : s;
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] < s ? a[aOffset + i] : s;
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = FloatMath.pow(a[aOffset + i], s);
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] < s ? 1f : 0f;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] <= s ? 1f : 0f;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] > s ? 1f : 0f;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] >= s ? 1f : 0f;
        }
      }
      case EQ -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] == s ? 1f : 0f;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = a[aOffset + i] != s ? 1f : 0f;
        }
      }
    }
  }

  static void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    switch (fn) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s + b[bOffset + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s - b[bOffset + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s * b[bOffset + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s / b[bOffset + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s > b[bOffset + i] ? s : b[bOffset + i];
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s < b[bOffset + i] ? s : b[bOffset + i];
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = FloatMath.pow(s, b[bOffset + i]);
        }
      }
      case LT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s < b[bOffset + i] ? 1f : 0f;
        }
      }
      case LE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s <= b[bOffset + i] ? 1f : 0f;
        }
      }
      case GT -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s > b[bOffset + i] ? 1f : 0f;
        }
      }
      case GE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s >= b[bOffset + i] ? 1f : 0f;
        }
      }
      case EQ -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s == b[bOffset + i] ? 1f : 0f;
        }
      }
      case NE -> {
        for (int i = 0; i < n; i++) {
          c[cOffset + i] = s != b[bOffset + i] ? 1f : 0f;
        }
      }
    }
  }
}
