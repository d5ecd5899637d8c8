package org.burin.fixed;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.tensor.Shape;

/// What is proven of a tensor's elements: each is `raw * 2^-fraction` with `low <= raw <= high` and `raw` a multiple of
/// `2^step`. From this follows the smallest type of each element.
///
/// Positions are those of a grid: a shape of the tensor's rank, in which extents of 1 stand for all positions of an
/// axis (always so for the batch axis, and for any axis along which nothing differs).
public final class Precision {
  /// The largest grid of which every position is printed.
  private static final int PRINTED = 32;

  private final Shape grid;
  private final int fraction;
  private final long[] low;
  private final long[] high;
  private final byte[] step;

  private Precision(Shape grid, int fraction, long[] low, long[] high, byte[] step) {
    this.grid = grid;
    this.fraction = fraction;
    this.low = low;
    this.high = high;
    this.step = step;
  }

  /// Bounds over a grid; the arrays are not copied.
  ///
  /// @throws IllegalArgumentException when an array has another length than the grid, or a bound is empty or no
  ///     multiple of its step
  static Precision of(Shape grid, int fraction, long[] low, long[] high, byte[] step) {
    if (low.length != grid.size() || high.length != grid.size() || step.length != grid.size()) {
      throw new IllegalArgumentException("a grid " + grid + " needs " + grid.size() + " bounds, found " + low.length
          + ", " + high.length + " and " + step.length);
    }
    for (int i = 0; i < low.length; i++) {
      long mask = (1L << step[i]) - 1;
      if (low[i] > high[i] || ((low[i] | high[i]) & mask) != 0) {
        throw new IllegalArgumentException("no numbers are multiples of 2^" + step[i] + " from " + low[i] + " to "
            + high[i]);
      }
    }
    return new Precision(grid, fraction, low, high, step);
  }

  /// The positions told apart.
  public Shape grid() {
    return grid;
  }

  /// The number of fractional bits of all raw integers.
  public int fraction() {
    return fraction;
  }

  /// The position of the grid that an element of the tensor belongs to.
  ///
  /// @param index one number per axis; any along an axis of extent 1
  public int position(int... index) {
    int position = 0;
    for (int i = 0; i < index.length; i++) {
      int extent = grid.dim(i);
      position = position * extent + (extent == 1 ? 0 : index[i]);
    }
    return position;
  }

  /// The smallest raw integer at a position of the grid.
  public long low(int position) {
    return low[position];
  }

  /// The largest raw integer at a position of the grid.
  public long high(int position) {
    return high[position];
  }

  /// The number of low bits that are always 0 at a position of the grid.
  public int step(int position) {
    return step[position];
  }

  /// The smallest raw integer of all positions.
  public long low() {
    long least = Long.MAX_VALUE;
    for (long l : low) {
      least = Math.min(least, l);
    }
    return least;
  }

  /// The largest raw integer of all positions.
  public long high() {
    long most = Long.MIN_VALUE;
    for (long h : high) {
      most = Math.max(most, h);
    }
    return most;
  }

  /// The number of low bits that are always 0 at all positions.
  public int step() {
    int common = Interval.ANY;
    for (byte s : step) {
      common = Math.min(common, s);
    }
    return common;
  }

  /// The smallest type that holds all that a position can be. A position that is always 0 has one bit.
  public FixedType type(int position) {
    return smallest(low[position], high[position], step[position]);
  }

  /// The smallest type that holds all positions.
  public FixedType type() {
    return smallest(low(), high(), step());
  }

  private FixedType smallest(long least, long most, int zeros) {
    if (least == 0 && most == 0) {
      return new FixedType(false, 1, 1, Rounding.TRN, Overflow.WRAP);
    }
    long magnitude = Math.max(most, ~least) >> zeros;
    int width = Math.max(1, 64 - Long.numberOfLeadingZeros(magnitude)) + (least < 0 ? 1 : 0);
    // A range of -1 to 0 steps needs no bit beside the sign.
    if (least < 0 && magnitude == 0) {
      width = 1;
    }
    return new FixedType(least < 0, width, width - (fraction - zeros), Rounding.TRN, Overflow.WRAP);
  }

  /// Whether `other` is a precision over the same grid with the same fraction, bounds and steps.
  @Override
  public boolean equals(Object other) {
    return other instanceof Precision p && grid.equals(p.grid) && fraction == p.fraction && Arrays.equals(low, p.low)
        && Arrays.equals(high, p.high) && Arrays.equals(step, p.step);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * grid.hashCode() + fraction) + Arrays.hashCode(low) + 7 * Arrays.hashCode(high);
  }

  /// The smallest type of all, its range of raw integers and their exponent, then the grid with the range of each
  /// position if there are several but not more than 32: `fixed<7,4> -46..28*2^-3 grid=[1,2]{-32..28;-46..0/1}`. A step
  /// other than 0 is printed after a slash.
  @Override
  public String toString() {
    FixedType t = type();
    StringBuilder s = new StringBuilder(t.signed() ? "" : "u").append("fixed<").append(t.width()).append(',')
        .append(t.integer()).append("> ").append(range(low(), high(), step())).append("*2^").append(-fraction);
    if (low.length > 1) {
      s.append(" grid=").append(grid);
      if (low.length <= PRINTED) {
        s.append(IntStream.range(0, low.length).mapToObj(i -> range(low[i], high[i], step[i]))
            .collect(Collectors.joining(";", "{", "}")));
      }
    }
    return s.toString();
  }

  private static String range(long least, long most, int zeros) {
    return least == most ? Long.toString(least) : least + ".." + most + (zeros == 0 ? "" : "/" + zeros);
  }

  /// The same bounds over a grid in which an axis along which they repeat has extent 1.
  Precision withoutRepetition(int axis) {
    int extent = grid.dim(axis);
    int inner = grid.strides()[axis];
    int block = extent * inner;
    for (int i = 0; i < low.length; i++) {
      int first = i / block * block + i % inner;
      if (low[i] != low[first] || high[i] != high[first] || step[i] != step[first]) {
        return this;
      }
    }
    if (extent == 1) {
      return this;
    }
    int size = low.length / extent;
    long[] l = new long[size];
    long[] h = new long[size];
    byte[] s = new byte[size];
    for (int i = 0; i < size; i++) {
      int from = i / inner * block + i % inner;
      l[i] = low[from];
      h[i] = high[from];
      s[i] = step[from];
    }
    return new Precision(grid.with(axis, 1), fraction, l, h, s);
  }
}
