package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A single row of a product, such as one sample in a dense layer: so little work that setting up tiles would double it.
final class VectorRow {
  private static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorRow() {}

  /// Computes columns in groups of four vectors, and returns the first column that is left.
  static int run(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int row, int colFrom, int colTo) {
    int ai = aOffset + row * (spec.transA() ? 1 : spec.lda());
    int aStep = spec.transA() ? spec.lda() : 1;
    int ci = cOffset + row * spec.ldc();
    int j = colFrom;
    for (; j + 4 * LANES <= colTo; j += 4 * LANES) {
      group(a, ai, aStep, b, bOffset + j, spec.ldb(), c, ci + j, spec.k());
    }
    int columns = j - colFrom;
    if (spec.bias() && columns > 0) {
      VectorElementwise.binary(BinaryFn.ADD, c, ci + colFrom, bias, biasOffset + colFrom, c, ci + colFrom, columns);
    }
    if (spec.relu() && columns > 0) {
      VectorElementwise.unary(UnaryFn.RELU, c, ci + colFrom, c, ci + colFrom, columns);
    }
    return j;
  }

  private static void group(
      float[] a, int aIndex, int aStep, float[] b, int bIndex, int bStep, float[] c, int ci, int k) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int ai = aIndex;
    int bi = bIndex;
    for (int n = k; n > 0; n--) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s0 = x.lanewise(VectorOperators.FMA, FloatVector.fromArray(SPECIES, b, bi), s0);
      s1 = x.lanewise(VectorOperators.FMA, FloatVector.fromArray(SPECIES, b, bi + LANES), s1);
      s2 = x.lanewise(VectorOperators.FMA, FloatVector.fromArray(SPECIES, b, bi + 2 * LANES), s2);
      s3 = x.lanewise(VectorOperators.FMA, FloatVector.fromArray(SPECIES, b, bi + 3 * LANES), s3);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s0.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s1.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
    s2.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * LANES);
    s3.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * LANES);
  }
}
