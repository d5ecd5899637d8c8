package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;

/// The static methods of generated classes that compute products for many samples at once.
///
/// A row holds one element of all samples of a block. A kernel adds several products to several rows in one loop over
/// the samples, in which the compiler makes vectors: the index is the loop's variable alone, in arrays of their own, so
/// that nothing can overlap but the same element. Sixteen products are as many as HotSpot takes into vectors; four rows
/// times four products read and write the least.
final class BatchKernels {
  /// The samples of a block: enough to outweigh what is left and right of the vectors, few enough for the caches.
  static final int BLOCK = 256;
  /// Fewer samples are computed one by one.
  static final int LEAST = 32;

  private BatchKernels() {}

  static final String DENSE = """
      /** Sets every row of y to its sum of products of rows of x. */
      private static void dense(float[][] x, float[][] y, int[] starts, int[] elements, int[] rows, int outputs, \
      float[] w, int n) {
        for (int p = 0; p + 1 < starts.length; p++) {
          final int end = starts[p + 1];
          for (int o = 0; o < outputs; o += 4) {
            final int first = p * outputs + o;
            final int count = Math.min(4, outputs - o);
            for (int r = 0; r < count; r++) {
              java.util.Arrays.fill(y[first + r], 0, n, 0f);
            }
            int t = starts[p];
            for (; t + 4 <= end; t += 4) {
              final int a = rows[t] * outputs + o;
              final int b = rows[t + 1] * outputs + o;
              final int c = rows[t + 2] * outputs + o;
              final int d = rows[t + 3] * outputs + o;
              final float[] e = x[elements[t]];
              final float[] f = x[elements[t + 1]];
              final float[] g = x[elements[t + 2]];
              final float[] h = x[elements[t + 3]];
              if (count == 4) {
                add4x4(y[first], y[first + 1], y[first + 2], y[first + 3], e, f, g, h, w, a, b, c, d, n);
              } else {
                for (int r = 0; r < count; r++) {
                  add1x4(y[first + r], e, f, g, h, w, a + r, b + r, c + r, d + r, n);
                }
              }
            }
            for (; t < end; t++) {
              final int a = rows[t] * outputs + o;
              final float[] e = x[elements[t]];
              if (count == 4) {
                add4x1(y[first], y[first + 1], y[first + 2], y[first + 3], e, w, a, n);
              } else {
                for (int r = 0; r < count; r++) {
                  add1x1(y[first + r], e, w, a + r, n);
                }
              }
            }
          }
        }
      }
      """;

  static final String SPARSE = """
      /** Sets every row of y to its sum of products of rows of x. */
      private static void sparse(float[][] x, float[][] y, int[] starts, int[] elements, float[] w, int n) {
        for (int o = 0; o + 1 < starts.length; o++) {
          final float[] sum = y[o];
          java.util.Arrays.fill(sum, 0, n, 0f);
          final int end = starts[o + 1];
          int t = starts[o];
          for (; t + 8 <= end; t += 8) {
            add1x8(sum, x[elements[t]], x[elements[t + 1]], x[elements[t + 2]], x[elements[t + 3]], \
      x[elements[t + 4]],
                x[elements[t + 5]], x[elements[t + 6]], x[elements[t + 7]], w, t, t + 1, t + 2, t + 3, t + 4, t + 5, \
      t + 6,
                t + 7, n);
          }
          for (; t + 4 <= end; t += 4) {
            add1x4(sum, x[elements[t]], x[elements[t + 1]], x[elements[t + 2]], x[elements[t + 3]], w, t, t + 1, t + 2,
                t + 3, n);
          }
          for (; t + 2 <= end; t += 2) {
            add1x2(sum, x[elements[t]], x[elements[t + 1]], w, t, t + 1, n);
          }
          for (; t < end; t++) {
            add1x1(sum, x[elements[t]], w, t, n);
          }
        }
      }
      """;

  /// The kernel that adds `terms` products each to so many rows; the products of a row follow one another.
  static String kernel(int rows, int terms) {
    List<String> parameters = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    StringBuilder loads = new StringBuilder();
    StringBuilder sums = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      parameters.add("float[] y" + r);
      String sum = "y" + r + "[s]";
      for (int t = 0; t < terms; t++) {
        names.append("  final float w").append(r).append(t).append(" = w[k").append(t).append(r == 0 ? "" : " + " + r)
            .append("];\n");
        sum = "Math.fma(x" + t + ", w" + r + t + ", " + sum + ")";
      }
      sums.append("    y").append(r).append("[s] = ").append(sum).append(";\n");
    }
    for (int t = 0; t < terms; t++) {
      parameters.add("float[] row" + t);
      loads.append("    final float x").append(t).append(" = row").append(t).append("[s];\n");
    }
    parameters.add("float[] w");
    for (int t = 0; t < terms; t++) {
      parameters.add("int k" + t);
    }
    parameters.add("int n");
    return "private static void add" + rows + "x" + terms + "(" + String.join(", ", parameters) + ") {\n" + names
        + "  for (int s = 0; s < n; s++) {\n" + loads + sums + "  }\n}\n";
  }

  static final String SPREAD = """
      /** The elements of samples one after another, each as a row. */
      private static void spread(float[] x, int at, float[][] rows, int n) {
        for (int e = 0; e < rows.length; e++) {
          final float[] row = rows[e];
          for (int s = 0; s < n; s++) {
            row[s] = x[at + s * rows.length + e];
          }
        }
      }
      """;

  static final String LIMIT = """
      /** Whether numbers are not larger than a limit; false if there is a NaN. */
      private static boolean isUpTo(float limit, float[] x, int at, int count) {
        float most = 0f;
        for (int i = 0; i < count; i++) {
          most = Math.max(most, Math.abs(x[at + i]));
        }
        return most <= limit;
      }
      """;

  static final String GATHER = """
      /** Rows as the elements of samples one after another. */
      private static void gather(float[][] rows, float scale, float[] y, int at, int n) {
        for (int e = 0; e < rows.length; e++) {
          final float[] row = rows[e];
          for (int s = 0; s < n; s++) {
            y[at + s * rows.length + e] = row[s] * scale;
          }
        }
      }
      """;
}
