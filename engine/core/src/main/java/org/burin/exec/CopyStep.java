package org.burin.exec;

import java.util.Arrays;
import java.util.List;
import org.burin.tensor.Kernels;

/// Copies a block between two strided layouts of up to six axes: slices, padding, transpositions, broadcasts, concatenation.
final class CopyStep extends Step {
  private final int[] extents;
  private final int[] fromStrides;
  private final int[] toStrides;
  private final int fromStart;
  private final int toStart;
  private final boolean clear;
  private final float background;
  private final Buffer x;
  private final Buffer y;
  private final int innerCount;
  private final int outerCount;

  /// @param extents the block, outermost first
  /// @param fromStart offset of its first element in x
  /// @param toStart offset of its first element in y
  /// @param clear whether y is filled with `background` first
  CopyStep(
      String name, Buffer x, int fromStart, int[] fromStrides, Buffer y, int toStart, int[] toStrides, int[] extents,
      boolean clear, float background) {
    super(name, List.of(x), List.of(y), y.size);
    int[][] block = merged(extents, fromStrides, toStrides);
    this.extents = block[0];
    this.fromStrides = block[1];
    this.toStrides = block[2];
    int last = this.extents.length - 1;
    this.fromStart = fromStart;
    this.toStart = toStart;
    this.clear = clear;
    this.background = background;
    this.x = x;
    this.y = y;
    innerCount = this.extents[last];
    outerCount = Arrays.stream(this.extents, 0, last).reduce(1, Math::multiplyExact);
  }

  /// The same block with as few axes as possible: neighbours that are one run in both layouts become one axis.
  private static int[][] merged(int[] extents, int[] fromStrides, int[] toStrides) {
    int[] e = new int[Math.max(1, extents.length)];
    int[] f = new int[e.length];
    int[] t = new int[e.length];
    int n = 0;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == 1) {
        continue;
      }
      boolean joins = n > 0 && f[n - 1] == fromStrides[i] * extents[i] && t[n - 1] == toStrides[i] * extents[i];
      int at = joins ? n - 1 : n++;
      e[at] = joins ? e[at] * extents[i] : extents[i];
      f[at] = fromStrides[i];
      t[at] = toStrides[i];
    }
    if (n == 0) {
      e[n++] = 1;
    }
    return new int[][] {Arrays.copyOf(e, n), Arrays.copyOf(f, n), Arrays.copyOf(t, n)};
  }

  /// A copy of a whole buffer.
  static CopyStep whole(String name, Buffer x, Buffer y) {
    return new CopyStep(name, x, 0, new int[] {1}, y, 0, new int[] {1}, new int[] {y.size}, false, 0);
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    if (clear) { // whole rows of the result belong to one worker only without a background
      if (worker == 0) {
        Arrays.fill(y.array(), y.offset(), y.offset() + y.size, background);
        copy(0, outerCount);
      }
      return;
    }
    copy(from(outerCount, 1, worker, workers), from(outerCount, 1, worker + 1, workers));
  }

  private void copy(int from, int to) {
    int last = extents.length - 1;
    int fromStep = fromStrides[last];
    int toStep = toStrides[last];
    float[] source = x.array();
    float[] target = y.array();
    for (int i = from; i < to; i++) {
      int rest = i;
      int s = x.offset() + fromStart;
      int t = y.offset() + toStart;
      for (int axis = last - 1; axis >= 0; axis--) {
        int at = rest % extents[axis];
        rest /= extents[axis];
        s += at * fromStrides[axis];
        t += at * toStrides[axis];
      }
      if (fromStep == 1 && toStep == 1) {
        System.arraycopy(source, s, target, t, innerCount);
      } else if (fromStep == 0 && toStep == 1) {
        Arrays.fill(target, t, t + innerCount, source[s]);
      } else {
        for (int j = 0; j < innerCount; j++) {
          target[t + j * toStep] = source[s + j * fromStep];
        }
      }
    }
  }
}
