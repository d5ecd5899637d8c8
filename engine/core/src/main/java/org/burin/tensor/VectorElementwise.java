package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Element-wise functions on the Vector API, with the bits of [ScalarElementwise], which does the rare ones and what does not
/// fill a vector.
///
/// One small loop for each function: the operation has to be a constant where the loop is compiled.
final class VectorElementwise {
  private static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorElementwise() {}

  static void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n) {
    int bound = SPECIES.loopBound(n);
    switch (fn) {
      case NEG -> neg(x, xOffset, y, yOffset, bound);
      case ABS -> abs(x, xOffset, y, yOffset, bound);
      case SQUARE -> square(x, xOffset, y, yOffset, bound);
      case RELU -> relu(x, xOffset, y, yOffset, bound);
      case SQRT -> sqrt(x, xOffset, y, yOffset, bound);
      case RSQRT -> rsqrt(x, xOffset, y, yOffset, bound);
      case RECIPROCAL -> reciprocal(x, xOffset, y, yOffset, bound);
      case EXP -> exp(x, xOffset, y, yOffset, bound);
      case LOG -> log(x, xOffset, y, yOffset, bound);
      case SIGMOID -> sigmoid(x, xOffset, y, yOffset, bound);
      case TANH -> tanh(x, xOffset, y, yOffset, bound);
      case SIGN -> sign(x, xOffset, y, yOffset, bound);
      case FLOOR -> floor(x, xOffset, y, yOffset, bound);
      case CEIL -> ceil(x, xOffset, y, yOffset, bound);
      case ROUND -> round(x, xOffset, y, yOffset, bound);
      case ERF -> bound = 0;
    }
    ScalarElementwise.unary(fn, x, xOffset + bound, y, yOffset + bound, n - bound);
  }

  static void binary(BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    int bound = SPECIES.loopBound(n);
    switch (fn) {
      case ADD -> add(a, aOffset, b, bOffset, c, cOffset, bound);
      case SUB -> sub(a, aOffset, b, bOffset, c, cOffset, bound);
      case MUL -> mul(a, aOffset, b, bOffset, c, cOffset, bound);
      case DIV -> div(a, aOffset, b, bOffset, c, cOffset, bound);
      case MAX -> max(a, aOffset, b, bOffset, c, cOffset, bound);
      case MIN -> min(a, aOffset, b, bOffset, c, cOffset, bound);
      case GT -> gt(a, aOffset, b, bOffset, c, cOffset, bound);
      case EQ -> eq(a, aOffset, b, bOffset, c, cOffset, bound);
      case POW, LT, LE, GE, NE -> bound = 0;
    }
    ScalarElementwise.binary(fn, a, aOffset + bound, b, bOffset + bound, c, cOffset + bound, n - bound);
  }

  static void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    int bound = SPECIES.loopBound(n);
    switch (fn) {
      case ADD -> addScalar(a, aOffset, s, c, cOffset, bound);
      case SUB -> subScalar(a, aOffset, s, c, cOffset, bound);
      case MUL -> mulScalar(a, aOffset, s, c, cOffset, bound);
      case DIV -> divScalar(a, aOffset, s, c, cOffset, bound);
      case MAX -> maxScalar(a, aOffset, s, c, cOffset, bound);
      case MIN -> minScalar(a, aOffset, s, c, cOffset, bound);
      case GT -> gtScalar(a, aOffset, s, c, cOffset, bound);
      case EQ -> eqScalar(a, aOffset, s, c, cOffset, bound);
      case POW, LT, LE, GE, NE -> bound = 0;
    }
    ScalarElementwise.binaryScalar(fn, a, aOffset + bound, s, c, cOffset + bound, n - bound);
  }

  static void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    int bound = SPECIES.loopBound(n);
    switch (fn) {
      case ADD -> scalarAdd(s, b, bOffset, c, cOffset, bound);
      case SUB -> scalarSub(s, b, bOffset, c, cOffset, bound);
      case MUL -> scalarMul(s, b, bOffset, c, cOffset, bound);
      case DIV -> scalarDiv(s, b, bOffset, c, cOffset, bound);
      case MAX, MIN, POW, LT, LE, GT, GE, EQ, NE -> bound = 0;
    }
    ScalarElementwise.scalarBinary(fn, s, b, bOffset + bound, c, cOffset + bound, n - bound);
  }

  private static void neg(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      v.neg().intoArray(y, yOffset + i);
    }
  }

  private static void abs(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      v.abs().intoArray(y, yOffset + i);
    }
  }

  private static void square(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      v.mul(v).intoArray(y, yOffset + i);
    }
  }

  private static void relu(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      zeroUnless(v.compare(VectorOperators.GT, 0f), v).intoArray(y, yOffset + i);
    }
  }

  private static void sqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      v.sqrt().intoArray(y, yOffset + i);
    }
  }

  private static void rsqrt(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      broadcast(1f).div(v.sqrt()).intoArray(y, yOffset + i);
    }
  }

  private static void reciprocal(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      broadcast(1f).div(v).intoArray(y, yOffset + i);
    }
  }

  private static void exp(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.exp(v).intoArray(y, yOffset + i);
    }
  }

  private static void log(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.log(v).intoArray(y, yOffset + i);
    }
  }

  private static void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.sigmoid(v).intoArray(y, yOffset + i);
    }
  }

  private static void tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.tanh(v).intoArray(y, yOffset + i);
    }
  }

  private static void sign(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.sign(v).intoArray(y, yOffset + i);
    }
  }

  private static void floor(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.floor(v).intoArray(y, yOffset + i);
    }
  }

  private static void ceil(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.ceil(v).intoArray(y, yOffset + i);
    }
  }

  private static void round(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xOffset + i);
      VectorMath.round(v).intoArray(y, yOffset + i);
    }
  }

  private static void add(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      p.add(q).intoArray(c, cOffset + i);
    }
  }

  private static void sub(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      p.sub(q).intoArray(c, cOffset + i);
    }
  }

  private static void mul(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      p.mul(q).intoArray(c, cOffset + i);
    }
  }

  private static void div(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      p.div(q).intoArray(c, cOffset + i);
    }
  }

  private static void max(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      q.blend(p, p.compare(VectorOperators.GT, q)).intoArray(c, cOffset + i);
    }
  }

  private static void min(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      q.blend(p, p.compare(VectorOperators.LT, q)).intoArray(c, cOffset + i);
    }
  }

  private static void gt(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      zeroUnless(p.compare(VectorOperators.GT, q), broadcast(1f)).intoArray(c, cOffset + i);
    }
  }

  private static void eq(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      FloatVector q = load(b, bOffset + i);
      zeroUnless(p.compare(VectorOperators.EQ, q), broadcast(1f)).intoArray(c, cOffset + i);
    }
  }

  private static void addScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      p.add(q).intoArray(c, cOffset + i);
    }
  }

  private static void subScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      p.sub(q).intoArray(c, cOffset + i);
    }
  }

  private static void mulScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      p.mul(q).intoArray(c, cOffset + i);
    }
  }

  private static void divScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      p.div(q).intoArray(c, cOffset + i);
    }
  }

  private static void maxScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      q.blend(p, p.compare(VectorOperators.GT, q)).intoArray(c, cOffset + i);
    }
  }

  private static void minScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      q.blend(p, p.compare(VectorOperators.LT, q)).intoArray(c, cOffset + i);
    }
  }

  private static void gtScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      zeroUnless(p.compare(VectorOperators.GT, q), broadcast(1f)).intoArray(c, cOffset + i);
    }
  }

  private static void eqScalar(float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    FloatVector q = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector p = load(a, aOffset + i);
      zeroUnless(p.compare(VectorOperators.EQ, q), broadcast(1f)).intoArray(c, cOffset + i);
    }
  }

  private static void scalarAdd(float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    FloatVector p = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector q = load(b, bOffset + i);
      p.add(q).intoArray(c, cOffset + i);
    }
  }

  private static void scalarSub(float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    FloatVector p = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector q = load(b, bOffset + i);
      p.sub(q).intoArray(c, cOffset + i);
    }
  }

  private static void scalarMul(float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    FloatVector p = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector q = load(b, bOffset + i);
      p.mul(q).intoArray(c, cOffset + i);
    }
  }

  private static void scalarDiv(float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    FloatVector p = broadcast(s);
    for (int i = 0; i < n; i += LANES) {
      FloatVector q = load(b, bOffset + i);
      p.div(q).intoArray(c, cOffset + i);
    }
  }

  static void select(
      float[] condition, int conditionOffset, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset,
      int n) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      VectorMask<Float> chosen = load(condition, conditionOffset + i).compare(VectorOperators.NE, 0f);
      load(b, bOffset + i).blend(load(a, aOffset + i), chosen).intoArray(y, yOffset + i);
    }
    for (int i = bound; i < n; i++) {
      y[yOffset + i] = condition[conditionOffset + i] != 0f ? a[aOffset + i] : b[bOffset + i];
    }
  }

  static void reluMask(float[] x, int xOffset, float[] g, int gOffset, float[] y, int yOffset, int n) {
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      VectorMask<Float> positive = load(x, xOffset + i).compare(VectorOperators.GT, 0f);
      zeroUnless(positive, load(g, gOffset + i)).intoArray(y, yOffset + i);
    }
    for (int i = bound; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] > 0f ? g[gOffset + i] : 0f;
    }
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static FloatVector zeroUnless(VectorMask<Float> mask, FloatVector v) {
    return FloatVector.zero(SPECIES).blend(v, mask);
  }
}
