package org.burin.fixed;

import java.util.Arrays;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Dense row-major fixed-point numbers `raw * 2^-fraction`, with one fraction for all elements.
public final class FixedTensor {
  private final Shape shape;
  private final int fraction;
  private final long[] raw;

  private FixedTensor(Shape shape, int fraction, long[] raw) {
    this.shape = shape;
    this.fraction = fraction;
    this.raw = raw;
  }

  /// A tensor over this array, which is not copied.
  ///
  /// @param fraction the number of bits right of the binary point; may be negative
  /// @param raw the integers, row-major
  /// @throws IllegalArgumentException when the number of integers is not that of the shape's elements
  public static FixedTensor of(Shape shape, int fraction, long... raw) {
    if (shape.size() != raw.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " integers, found " + raw.length);
    }
    return new FixedTensor(shape, fraction, raw);
  }

  /// The same numbers with the fewest fractional bits that hold them all; zeros have none.
  public FixedTensor reduced() {
    int zeros = Long.SIZE;
    for (long r : raw) {
      zeros = Math.min(zeros, Long.numberOfTrailingZeros(r));
    }
    if (zeros == Long.SIZE) {
      return fraction == 0 ? this : new FixedTensor(shape, 0, raw);
    }
    long[] reduced = new long[raw.length];
    for (int i = 0; i < raw.length; i++) {
      reduced[i] = raw[i] >> zeros;
    }
    return zeros == 0 ? this : new FixedTensor(shape, fraction - zeros, reduced);
  }

  /// The extents.
  public Shape shape() {
    return shape;
  }

  /// The number of bits right of the binary point.
  public int fraction() {
    return fraction;
  }

  /// The integers, row-major; not a copy.
  public long[] raw() {
    return raw;
  }

  /// The number of elements.
  public int size() {
    return raw.length;
  }

  /// The numbers as doubles: exact up to 53 bits, above that the nearest double.
  public double[] toDoubles() {
    double[] numbers = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      numbers[i] = Math.scalb((double) raw[i], -fraction);
    }
    return numbers;
  }

  /// The numbers as float32: exact up to 24 bits, above that the nearest float.
  public Tensor toTensor() {
    float[] numbers = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      numbers[i] = Math.scalb((float) raw[i], -fraction);
    }
    return Tensor.of(shape, numbers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FixedTensor t && shape.equals(t.shape) && fraction == t.fraction
        && Arrays.equals(raw, t.raw);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + fraction) + Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return "fixed" + shape + " * 2^" + -fraction;
  }
}
