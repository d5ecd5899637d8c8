package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Adds the bias to a tile of C and applies RELU while the tile is in the first-level cache.
///
/// This is not part of the tiles' own code because that would take it beyond the size up to which HotSpot inlines.
final class VectorEpilogue {
  private VectorEpilogue() {}

  /// Finishes `rows` rows of `columns` columns at the tile's position.
  static void apply(VectorTile t, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = t.cIndex + i * t.cRow;
      if (t.bias.length == 0) {
        relu(t.c, row, columns);
      } else if (t.relu) {
        biasRelu(t.c, row, t.bias, t.biasIndex, columns);
      } else {
        bias(t.c, row, t.bias, t.biasIndex, columns);
      }
    }
  }

  private static void bias(float[] c, int cIndex, float[] bias, int biasIndex, int n) {
    int lanes = VectorWide.LANES;
    int j = 0;
    for (; j + lanes <= n; j += lanes) {
      FloatVector y = FloatVector.fromArray(VectorWide.SPECIES, c, cIndex + j);
      y.add(FloatVector.fromArray(VectorWide.SPECIES, bias, biasIndex + j)).intoArray(c, cIndex + j);
    }
    for (; j < n; j++) {
      c[cIndex + j] += bias[biasIndex + j];
    }
  }

  private static void biasRelu(float[] c, int cIndex, float[] bias, int biasIndex, int n) {
    int lanes = VectorWide.LANES;
    FloatVector zero = FloatVector.zero(VectorWide.SPECIES);
    int j = 0;
    for (; j + lanes <= n; j += lanes) {
      FloatVector y = FloatVector.fromArray(VectorWide.SPECIES, c, cIndex + j)
          .add(FloatVector.fromArray(VectorWide.SPECIES, bias, biasIndex + j));
      zero.blend(y, y.compare(VectorOperators.GT, 0f)).intoArray(c, cIndex + j);
    }
    for (; j < n; j++) {
      float y = c[cIndex + j] + bias[biasIndex + j];
      c[cIndex + j] = y > 0f ? y : 0f;
    }
  }

  private static void relu(float[] c, int cIndex, int n) {
    int lanes = VectorWide.LANES;
    FloatVector zero = FloatVector.zero(VectorWide.SPECIES);
    int j = 0;
    for (; j + lanes <= n; j += lanes) {
      FloatVector y = FloatVector.fromArray(VectorWide.SPECIES, c, cIndex + j);
      zero.blend(y, y.compare(VectorOperators.GT, 0f)).intoArray(c, cIndex + j);
    }
    for (; j < n; j++) {
      c[cIndex + j] = c[cIndex + j] > 0f ? c[cIndex + j] : 0f;
    }
  }
}
