package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles as in [VectorWide], of fewer rows and more columns: they load half as many numbers of A alone, but need B from
/// the first-level cache.
final class VectorBroad {
  private static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorBroad() {}

  /// Four rows of four vectors of columns.
  static void rows4x4(VectorTile t) {
    float[] a = t.a;
    float[] b = t.b;
    float[] c = t.c;
    int ai = t.aIndex;
    int bi = t.bIndex;
    int ci = t.cIndex;
    int ldc = t.cRow;
    int a1 = t.aRow;
    int a2 = 2 * a1;
    int a3 = 3 * a1;
    float[] from = t.load ? c : VectorTile.ZEROS;
    int fi = t.load ? ci : 0;
    int fromRow = t.load ? ldc : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, fi);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, fi + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, fi + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, fi + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, fi + fromRow);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, fi + fromRow + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, from, fi + fromRow + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, from, fi + fromRow + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow);
    FloatVector s21 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow + LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow);
    FloatVector s31 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow + LANES);
    FloatVector s32 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow + 3 * LANES);
    int aStep = t.aStep;
    int bStep = t.bStep;
    for (int n = t.inner; n > 0; n--) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s00 = x.lanewise(VectorOperators.FMA, b0, s00);
      s01 = x.lanewise(VectorOperators.FMA, b1, s01);
      s02 = x.lanewise(VectorOperators.FMA, b2, s02);
      s03 = x.lanewise(VectorOperators.FMA, b3, s03);
      x = FloatVector.broadcast(SPECIES, a[ai + a1]);
      s10 = x.lanewise(VectorOperators.FMA, b0, s10);
      s11 = x.lanewise(VectorOperators.FMA, b1, s11);
      s12 = x.lanewise(VectorOperators.FMA, b2, s12);
      s13 = x.lanewise(VectorOperators.FMA, b3, s13);
      x = FloatVector.broadcast(SPECIES, a[ai + a2]);
      s20 = x.lanewise(VectorOperators.FMA, b0, s20);
      s21 = x.lanewise(VectorOperators.FMA, b1, s21);
      s22 = x.lanewise(VectorOperators.FMA, b2, s22);
      s23 = x.lanewise(VectorOperators.FMA, b3, s23);
      x = FloatVector.broadcast(SPECIES, a[ai + a3]);
      s30 = x.lanewise(VectorOperators.FMA, b0, s30);
      s31 = x.lanewise(VectorOperators.FMA, b1, s31);
      s32 = x.lanewise(VectorOperators.FMA, b2, s32);
      s33 = x.lanewise(VectorOperators.FMA, b3, s33);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s00.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s01.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
    s02.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * LANES);
    s03.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * LANES);
    s10.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc);
    s11.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc + LANES);
    s12.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc + 2 * LANES);
    s13.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc + 3 * LANES);
    s20.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc);
    s21.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc + LANES);
    s22.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc + 2 * LANES);
    s23.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc + 3 * LANES);
    s30.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc);
    s31.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc + LANES);
    s32.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc + 2 * LANES);
    s33.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc + 3 * LANES);
  }

  /// One row of four vectors of columns.
  static void rows1x4(VectorTile t) {
    float[] a = t.a;
    float[] b = t.b;
    float[] c = t.c;
    int ai = t.aIndex;
    int bi = t.bIndex;
    int ci = t.cIndex;
    float[] from = t.load ? c : VectorTile.ZEROS;
    int fi = t.load ? ci : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, fi);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, fi + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, fi + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, fi + 3 * LANES);
    int aStep = t.aStep;
    int bStep = t.bStep;
    for (int n = t.inner; n > 0; n--) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s00 = x.lanewise(VectorOperators.FMA, b0, s00);
      s01 = x.lanewise(VectorOperators.FMA, b1, s01);
      s02 = x.lanewise(VectorOperators.FMA, b2, s02);
      s03 = x.lanewise(VectorOperators.FMA, b3, s03);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s00.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s01.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
    s02.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * LANES);
    s03.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * LANES);
  }
}
