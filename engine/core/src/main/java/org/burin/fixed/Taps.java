package org.burin.fixed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.burin.tensor.Window;

/// Which elements a window reads along one axis: for every position of the result the taps that lie inside the source.
///
/// @param taps for every position of the result the numbers of its taps
/// @param sources for every position of the result the source positions that its taps read
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Taps(int[][] taps, int[][] sources) {
  /// The rows of a convolution or pooling.
  static Taps rows(int results, int height, int kernelH, Window w) {
    return forward(results, height, kernelH, w.strideH(), w.top(), w.dilationH());
  }

  /// The columns of a convolution or pooling.
  static Taps columns(int results, int width, int kernelW, Window w) {
    return forward(results, width, kernelW, w.strideW(), w.left(), w.dilationW());
  }

  /// The rows of a transposed convolution.
  static Taps transposedRows(int results, int height, int kernelH, Window w) {
    return transposed(results, height, kernelH, w.strideH(), w.top(), w.dilationH());
  }

  /// The columns of a transposed convolution.
  static Taps transposedColumns(int results, int width, int kernelW, Window w) {
    return transposed(results, width, kernelW, w.strideW(), w.left(), w.dilationW());
  }

  private static Taps forward(int results, int extent, int kernel, int stride, int before, int dilation) {
    Collector c = new Collector(results);
    for (int r = 0; r < results; r++) {
      for (int k = 0; k < kernel; k++) {
        int source = r * stride - before + k * dilation;
        if (source >= 0 && source < extent) {
          c.add(r, k, source);
        }
      }
    }
    return c.taps();
  }

  private static Taps transposed(int results, int extent, int kernel, int stride, int before, int dilation) {
    Collector c = new Collector(results);
    for (int source = 0; source < extent; source++) {
      for (int k = 0; k < kernel; k++) {
        int r = source * stride - before + k * dilation;
        if (r >= 0 && r < results) {
          c.add(r, k, source);
        }
      }
    }
    return c.taps();
  }

  /// Positions of the result that stand for all: every set of taps comes up.
  int[] representatives() {
    Set<List<Integer>> seen = new HashSet<>();
    List<Integer> chosen = new ArrayList<>();
    for (int r = 0; r < taps.length; r++) {
      List<Integer> set = new ArrayList<>();
      for (int tap : taps[r]) {
        set.add(tap);
      }
      set.sort(null);
      if (seen.add(set)) {
        chosen.add(r);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static final class Collector {
    private final List<List<Integer>> taps = new ArrayList<>();
    private final List<List<Integer>> sources = new ArrayList<>();

    Collector(int results) {
      for (int i = 0; i < results; i++) {
        taps.add(new ArrayList<>());
        sources.add(new ArrayList<>());
      }
    }

    void add(int result, int tap, int source) {
      taps.get(result).add(tap);
      sources.get(result).add(source);
    }

    Taps taps() {
      return new Taps(arrays(taps), arrays(sources));
    }

    private static int[][] arrays(List<List<Integer>> lists) {
      return lists.stream().map(l -> l.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }
  }
}
