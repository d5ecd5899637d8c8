package org.burin.codegen.verify;

import java.util.random.RandomGenerator;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Precision;
import org.burin.tensor.Shape;

/// What the elements of one sample of an input of a fixed-point graph can be.
///
/// @param name the input
/// @param size the number of elements of a sample
/// @param fraction the number of fractional bits of raw integers
/// @param low the smallest raw integer of each element
/// @param high the largest raw integer of each element
/// @param step the number of low bits of each element that are 0
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record InputRange(String name, int size, int fraction, long[] low, long[] high, int[] step) {
  static InputRange of(FixedValue input) {
    Precision p = input.precision();
    Shape sample = input.shape().bind(1);
    int size = sample.size();
    long[] low = new long[size];
    long[] high = new long[size];
    int[] step = new int[size];
    for (int i = 0; i < size; i++) {
      int position = position(p.grid(), sample, i);
      low[i] = p.low(position);
      high[i] = p.high(position);
      step[i] = p.step(position);
    }
    return new InputRange(((FixedOp.Input) input.op()).name(), size, p.fraction(), low, high, step);
  }

  /// The position in a grid of an element, row-major, of a tensor of the same rank.
  private static int position(Shape grid, Shape shape, int element) {
    int rest = element;
    int position = 0;
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int extent = grid.dim(axis);
      position += extent == 1 ? 0 : rest % shape.dim(axis) * stride;
      stride *= extent;
      rest /= shape.dim(axis);
    }
    return position;
  }

  /// The number nearest to 0 that element `i` can be.
  long small(int i) {
    return Math.clamp(0L, low[i], high[i]);
  }

  /// Any number that element `i` can be, all alike.
  long random(int i, RandomGenerator random) {
    long last = (high[i] - low[i]) >>> step[i];
    long drawn = random.nextLong();
    // All 2^64 numbers are one more than a long can count.
    return low[i] + ((last == -1 ? drawn : Long.remainderUnsigned(drawn, last + 1)) << step[i]);
  }
}
