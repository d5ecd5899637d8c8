package org.burin.codegen.netlist;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Which output of a product is computed from which other one: a minimum spanning tree over the columns of the matrix
/// and a root that stands for 0 (R. C. Prim, Shortest connection networks and some generalizations, 1957).
///
/// Column i is `sign[i]` times that of its parent plus a difference, which has as many signed digits as the edge is long;
/// below the root it is the difference itself.
///
/// @param parent for every column its parent, or -1 for the root
/// @param sign for every column 1 or -1
/// @param order the columns, parents before children
/// @param level for every column the number of columns between it and the root
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ColumnTree(int[] parent, int[] sign, int[] order, int[] level) {
  /// Columns whose distances are all computed; more are not connected.
  private static final long MOST_WORK = 60_000_000;

  /// How much of the tree is at random, and how deep it may be.
  ///
  /// @param noise by how many digits distances differ at random, 0 for not at all
  /// @param levels the most columns above another one
  /// @param limit the most adders between an input and an output; [CommonPairs#UNLIMITED] for any
  record Bounds(float noise, RandomGenerator random, int levels, int limit) {
    /// The most adders between an input and a column of this level: those below it need one more for each level.
    int limit(int columnLevel) {
      return limit >= CommonPairs.UNLIMITED ? CommonPairs.UNLIMITED : limit - (levels - columnLevel);
    }

    private boolean allows(int digits, int columnLevel) {
      int most = limit(columnLevel);
      return most >= CommonPairs.UNLIMITED
          || (most >= 0 && digits <= (columnLevel == 0 ? 1L << most : 1L << Math.max(0, most - 1)));
    }
  }

  /// The tree of columns, each an array over the inputs.
  static ColumnTree of(long[][] columns, Bounds bounds) {
    int n = columns.length;
    int[] parent = new int[n];
    int[] sign = new int[n];
    int[] order = new int[n];
    int[] level = new int[n];
    float[] distance = new float[n];
    boolean[] done = new boolean[n];
    Arrays.fill(parent, -1);
    Arrays.fill(sign, 1);
    long work = (long) n * n * (n == 0 ? 0 : columns[0].length);
    boolean flat = bounds.levels() == 0 || work > MOST_WORK;
    for (int i = 0; i < n; i++) {
      // The first digit needs no adder.
      distance[i] = digits(columns[i]) - 1 + shake(bounds);
    }
    for (int k = 0; k < n; k++) {
      int next = nearest(distance, done);
      order[k] = next;
      done[next] = true;
      level[next] = parent[next] < 0 ? 0 : level[parent[next]] + 1;
      if (flat || level[next] >= bounds.levels()) {
        continue;
      }
      for (int i = 0; i < n; i++) {
        if (done[i]) {
          continue;
        }
        int same = digits(columns[i], columns[next], 1);
        int opposite = digits(columns[i], columns[next], -1);
        int least = Math.min(same, opposite);
        float d = least + shake(bounds);
        if (d < distance[i] && bounds.allows(least, level[next] + 1)) {
          distance[i] = d;
          parent[i] = next;
          sign[i] = same <= opposite ? 1 : -1;
        }
      }
    }
    return new ColumnTree(parent, sign, order, level);
  }

  private static float shake(Bounds bounds) {
    return bounds.noise() == 0 ? 0 : bounds.noise() * (bounds.random().nextFloat() - 0.5f);
  }

  private static int nearest(float[] distance, boolean[] done) {
    int nearest = -1;
    for (int i = 0; i < distance.length; i++) {
      if (!done[i] && (nearest < 0 || distance[i] < distance[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  /// The part of column i that its parent does not give.
  long[] difference(long[][] columns, int i) {
    long[] d = columns[i].clone();
    if (parent[i] >= 0) {
      for (int k = 0; k < d.length; k++) {
        d[k] -= sign[i] * columns[parent[i]][k];
      }
    }
    return d;
  }

  private static int digits(long[] v) {
    int count = 0;
    for (long x : v) {
      count += SignedDigits.count(x);
    }
    return count;
  }

  private static int digits(long[] v, long[] w, int sign) {
    int count = 0;
    for (int k = 0; k < v.length; k++) {
      count += SignedDigits.count(v[k] - sign * w[k]);
    }
    return count;
  }
}
