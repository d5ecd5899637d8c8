package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles with the widest vectors of the machine, up to 512 bits, for an inner dimension of even steps.
///
/// HotSpot keeps the vectors in registers because of two habits. A method has at most some 80 vector operations, which is about
/// what its inliner takes. And sums leave the loop through `lanewise`, called here rather than inside the library: adding -0
/// changes no bit, but such a call sees vectors of one length only, whereas `fma` and `intoArray` share their type profile
/// with all code of the JVM and, once they have seen two lengths, make the compiler keep sums as objects.
final class VectorWide {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private VectorWide() {}

  /// Eight rows of two vectors of columns.
  static void rows8x2(VectorTile t) {
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
    int a4 = 4 * a1;
    int a5 = 5 * a1;
    int a6 = 6 * a1;
    int a7 = 7 * a1;
    FloatVector s00;
    FloatVector s01;
    FloatVector s10;
    FloatVector s11;
    FloatVector s20;
    FloatVector s21;
    FloatVector s30;
    FloatVector s31;
    FloatVector s40;
    FloatVector s41;
    FloatVector s50;
    FloatVector s51;
    FloatVector s60;
    FloatVector s61;
    FloatVector s70;
    FloatVector s71;
    if (t.load) {
      s00 = FloatVector.fromArray(SPECIES, c, ci);
      s01 = FloatVector.fromArray(SPECIES, c, ci + LANES);
      s10 = FloatVector.fromArray(SPECIES, c, ci + ldc);
      s11 = FloatVector.fromArray(SPECIES, c, ci + ldc + LANES);
      s20 = FloatVector.fromArray(SPECIES, c, ci + 2 * ldc);
      s21 = FloatVector.fromArray(SPECIES, c, ci + 2 * ldc + LANES);
      s30 = FloatVector.fromArray(SPECIES, c, ci + 3 * ldc);
      s31 = FloatVector.fromArray(SPECIES, c, ci + 3 * ldc + LANES);
      s40 = FloatVector.fromArray(SPECIES, c, ci + 4 * ldc);
      s41 = FloatVector.fromArray(SPECIES, c, ci + 4 * ldc + LANES);
      s50 = FloatVector.fromArray(SPECIES, c, ci + 5 * ldc);
      s51 = FloatVector.fromArray(SPECIES, c, ci + 5 * ldc + LANES);
      s60 = FloatVector.fromArray(SPECIES, c, ci + 6 * ldc);
      s61 = FloatVector.fromArray(SPECIES, c, ci + 6 * ldc + LANES);
      s70 = FloatVector.fromArray(SPECIES, c, ci + 7 * ldc);
      s71 = FloatVector.fromArray(SPECIES, c, ci + 7 * ldc + LANES);
    } else {
      s00 = FloatVector.zero(SPECIES);
      s01 = s00;
      s10 = s00;
      s11 = s00;
      s20 = s00;
      s21 = s00;
      s30 = s00;
      s31 = s00;
      s40 = s00;
      s41 = s00;
      s50 = s00;
      s51 = s00;
      s60 = s00;
      s61 = s00;
      s70 = s00;
      s71 = s00;
    }
    int aStep = t.aStep;
    int bStep = t.bStep;
    for (int n = t.inner; n > 0; n--) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s00 = x.lanewise(VectorOperators.FMA, b0, s00);
      s01 = x.lanewise(VectorOperators.FMA, b1, s01);
      x = FloatVector.broadcast(SPECIES, a[ai + a1]);
      s10 = x.lanewise(VectorOperators.FMA, b0, s10);
      s11 = x.lanewise(VectorOperators.FMA, b1, s11);
      x = FloatVector.broadcast(SPECIES, a[ai + a2]);
      s20 = x.lanewise(VectorOperators.FMA, b0, s20);
      s21 = x.lanewise(VectorOperators.FMA, b1, s21);
      x = FloatVector.broadcast(SPECIES, a[ai + a3]);
      s30 = x.lanewise(VectorOperators.FMA, b0, s30);
      s31 = x.lanewise(VectorOperators.FMA, b1, s31);
      x = FloatVector.broadcast(SPECIES, a[ai + a4]);
      s40 = x.lanewise(VectorOperators.FMA, b0, s40);
      s41 = x.lanewise(VectorOperators.FMA, b1, s41);
      x = FloatVector.broadcast(SPECIES, a[ai + a5]);
      s50 = x.lanewise(VectorOperators.FMA, b0, s50);
      s51 = x.lanewise(VectorOperators.FMA, b1, s51);
      x = FloatVector.broadcast(SPECIES, a[ai + a6]);
      s60 = x.lanewise(VectorOperators.FMA, b0, s60);
      s61 = x.lanewise(VectorOperators.FMA, b1, s61);
      x = FloatVector.broadcast(SPECIES, a[ai + a7]);
      s70 = x.lanewise(VectorOperators.FMA, b0, s70);
      s71 = x.lanewise(VectorOperators.FMA, b1, s71);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s00.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s01.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
    s10.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc);
    s11.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc + LANES);
    s20.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc);
    s21.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc + LANES);
    s30.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc);
    s31.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc + LANES);
    s40.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 4 * ldc);
    s41.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 4 * ldc + LANES);
    s50.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 5 * ldc);
    s51.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 5 * ldc + LANES);
    s60.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 6 * ldc);
    s61.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 6 * ldc + LANES);
    s70.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 7 * ldc);
    s71.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 7 * ldc + LANES);
  }

  /// Four rows of two vectors of columns.
  static void rows4x2(VectorTile t) {
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
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, fi + fromRow);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, fi + fromRow + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow);
    FloatVector s21 = FloatVector.fromArray(SPECIES, from, fi + 2 * fromRow + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow);
    FloatVector s31 = FloatVector.fromArray(SPECIES, from, fi + 3 * fromRow + LANES);
    int aStep = t.aStep;
    int bStep = t.bStep;
    for (int n = t.inner; n > 0; n--) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s00 = x.lanewise(VectorOperators.FMA, b0, s00);
      s01 = x.lanewise(VectorOperators.FMA, b1, s01);
      x = FloatVector.broadcast(SPECIES, a[ai + a1]);
      s10 = x.lanewise(VectorOperators.FMA, b0, s10);
      s11 = x.lanewise(VectorOperators.FMA, b1, s11);
      x = FloatVector.broadcast(SPECIES, a[ai + a2]);
      s20 = x.lanewise(VectorOperators.FMA, b0, s20);
      s21 = x.lanewise(VectorOperators.FMA, b1, s21);
      x = FloatVector.broadcast(SPECIES, a[ai + a3]);
      s30 = x.lanewise(VectorOperators.FMA, b0, s30);
      s31 = x.lanewise(VectorOperators.FMA, b1, s31);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s00.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s01.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
    s10.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc);
    s11.lanewise(VectorOperators.ADD, none).intoArray(c, ci + ldc + LANES);
    s20.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc);
    s21.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 2 * ldc + LANES);
    s30.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc);
    s31.lanewise(VectorOperators.ADD, none).intoArray(c, ci + 3 * ldc + LANES);
  }

  /// One row of two vectors of columns.
  static void rows1x2(VectorTile t) {
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
    int aStep = t.aStep;
    int bStep = t.bStep;
    for (int n = t.inner; n > 0; n--) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
      s00 = x.lanewise(VectorOperators.FMA, b0, s00);
      s01 = x.lanewise(VectorOperators.FMA, b1, s01);
      ai += aStep;
      bi += bStep;
    }
    FloatVector none = FloatVector.broadcast(SPECIES, -0f);
    s00.lanewise(VectorOperators.ADD, none).intoArray(c, ci);
    s01.lanewise(VectorOperators.ADD, none).intoArray(c, ci + LANES);
  }
}
