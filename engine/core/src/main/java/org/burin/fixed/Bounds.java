package org.burin.fixed;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.burin.tensor.Shape;

/// Collects a [Precision], position by position.
final class Bounds {
  /// The largest sample whose elements are all told apart; of a larger one only the positions of the last axis are.
  /// Tensors without a batch axis (weights) are told apart element by element at any size.
  static final int LARGEST_SAMPLE = 1 << 14;

  private final Shape grid;
  private final int fraction;
  private final int[] strides;
  private final long[] low;
  private final long[] high;
  private final byte[] step;

  private Bounds(Shape grid, int fraction) {
    this.grid = grid;
    this.fraction = fraction;
    strides = Walk.strides(grid, grid.rank());
    low = new long[grid.size()];
    high = new long[grid.size()];
    step = new byte[grid.size()];
    Arrays.fill(low, Long.MAX_VALUE);
    Arrays.fill(high, Long.MIN_VALUE);
    Arrays.fill(step, (byte) Interval.ANY);
  }

  /// The rule of an operation: sets what the result can be at a position.
  @FunctionalInterface
  interface Rule {
    void at(int[] index, Interval result);
  }

  /// The bounds of a result.
  ///
  /// @param shape of the result
  /// @param domain the positions at which the rule is asked: each extent is 1, for all positions of an axis, or that of
  ///     one sample; missing leading axes count as 1
  /// @throws Interval.TooWide when a number needs more than 64 bits
  static Precision over(Shape shape, int fraction, Shape domain, Rule rule) {
    int[] dims = new int[shape.rank()];
    Arrays.fill(dims, 1);
    System.arraycopy(domain.dims(), 0, dims, dims.length - domain.rank(), domain.rank());
    Bounds bounds = new Bounds(isLarge(shape) ? lastAxis(dims) : Shape.of(dims), fraction);
    int[][] positions = IntStream.of(dims).mapToObj(d -> IntStream.range(0, d).toArray()).toArray(int[][]::new);
    return bounds.collect(positions, rule);
  }

  /// The bounds of images that are too large to tell pixels apart.
  ///
  /// @param rows rows that stand for all
  /// @param columns columns that stand for all
  static Precision overChannels(Shape shape, int fraction, int[] rows, int[] columns, Rule rule) {
    int[] channels = IntStream.range(0, shape.dim(3)).toArray();
    return new Bounds(Shape.of(1, 1, 1, channels.length), fraction)
        .collect(new int[][] {{0}, rows, columns, channels}, rule);
  }

  /// Every position of one sample.
  static Shape all(Shape shape) {
    return shape.bind(1);
  }

  /// Whether only the positions of the last axis are told apart.
  static boolean isLarge(Shape shape) {
    return shape.batchAxis() >= 0 && shape.bind(1).size() > LARGEST_SAMPLE;
  }

  private Precision collect(int[][] domain, Rule rule) {
    int[] dims = Arrays.stream(domain).mapToInt(positions -> positions.length).toArray();
    int[] at = new int[dims.length];
    int[] index = new int[dims.length];
    Interval result = new Interval();
    for (int n = Shape.of(dims).size(); n > 0; n--) {
      for (int i = 0; i < at.length; i++) {
        index[i] = domain[i][at[i]];
      }
      result.clear();
      rule.at(index, result);
      include(Walk.offset(index, strides), result.low(), result.high(), result.step());
      Walk.advance(at, dims);
    }
    return build();
  }

  private static Shape lastAxis(int[] dims) {
    int[] grid = new int[dims.length];
    Arrays.fill(grid, 1);
    grid[dims.length - 1] = dims[dims.length - 1];
    return Shape.of(grid);
  }

  private void include(int position, long least, long most, int zeros) {
    low[position] = Math.min(low[position], least);
    high[position] = Math.max(high[position], most);
    step[position] = (byte) Math.min(step[position], zeros);
  }

  /// The bounds, over the coarsest grid that tells as much.
  private Precision build() {
    for (int i = 0; i < low.length; i++) {
      if (low[i] == high[i]) {
        step[i] = (byte) Interval.step(low[i]);
      }
    }
    Precision p = Precision.of(grid, fraction, low, high, step);
    for (int axis = 0; axis < grid.rank(); axis++) {
      p = p.withoutRepetition(axis);
    }
    return p;
  }
}
