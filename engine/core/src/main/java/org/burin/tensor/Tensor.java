package org.burin.tensor;

import java.util.Arrays;

/// A dense row-major block of float32 numbers on the Java heap.
///
/// There is nothing to close and nothing native behind it. The numbers are one flat array, shared with [#data]: who writes
/// to that array changes the tensor. Thread-safe as long as nobody does.
public final class Tensor {
  private static final int PRINTED = 8;

  private final Shape shape;
  private final float[] data;

  private Tensor(Shape shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /// A tensor over `data` itself (no copy), row-major.
  ///
  /// @throws IllegalArgumentException when the array's length is not the shape's element count
  public static Tensor of(Shape shape, float... data) {
    if (shape.size() != data.length) {
      throw new IllegalArgumentException("shape " + shape + " has " + shape.size() + " elements, the array has "
          + data.length);
    }
    return new Tensor(shape, data);
  }

  /// A one-dimensional tensor over `data` itself (no copy).
  public static Tensor vector(float... data) {
    return new Tensor(Shape.of(data.length), data);
  }

  /// A two-dimensional tensor with a copy of these rows.
  ///
  /// @throws IllegalArgumentException when the rows differ in length
  public static Tensor matrix(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] data = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " numbers, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, data, i * columns, columns);
    }
    return new Tensor(Shape.of(rows.length, columns), data);
  }

  /// A single number.
  public static Tensor scalar(float value) {
    return new Tensor(Shape.SCALAR, new float[] {value});
  }

  /// A tensor of zeros.
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()]);
  }

  /// A tensor whose elements are all `value`.
  public static Tensor full(Shape shape, float value) {
    Tensor t = zeros(shape);
    Arrays.fill(t.data, value);
    return t;
  }

  /// The extents.
  public Shape shape() {
    return shape;
  }

  /// The number of elements.
  public int size() {
    return data.length;
  }

  /// The row-major numbers themselves, not a copy.
  public float[] data() {
    return data;
  }

  /// One element.
  ///
  /// @param index one position per axis
  /// @throws IllegalArgumentException when the number of positions is not the rank, or one is out of range
  public float get(int... index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.rank() + " positions, found " + Arrays.toString(index));
    }
    int flat = 0;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= shape.dim(i)) {
        throw new IllegalArgumentException("position " + Arrays.toString(index) + " is outside shape " + shape);
      }
      flat = flat * shape.dim(i) + index[i];
    }
    return data[flat];
  }

  /// The only element of a tensor of size 1.
  ///
  /// @throws IllegalStateException when there is not exactly one element
  public float item() {
    if (data.length != 1) {
      throw new IllegalStateException("a tensor of shape " + shape + " is not a single number");
    }
    return data[0];
  }

  /// The same numbers (not a copy) under another shape.
  ///
  /// @throws IllegalArgumentException when the element counts differ
  public Tensor reshape(Shape to) {
    return of(to, data);
  }

  /// A tensor with its own copy of the numbers.
  public Tensor copy() {
    return new Tensor(shape, data.clone());
  }

  /// Whether `other` is a tensor of the same shape with the same bits in every element (a NaN equals the same NaN,
  /// 0.0 differs from -0.0).
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Tensor t) || !shape.equals(t.shape)) {
      return false;
    }
    for (int i = 0; i < data.length; i++) {
      if (Float.floatToRawIntBits(data[i]) != Float.floatToRawIntBits(t.data[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int h = shape.hashCode();
    for (float v : data) {
      h = 31 * h + Float.floatToRawIntBits(v);
    }
    return h;
  }

  /// The shape and the numbers, nested in brackets; of a long axis the first and last four with dots between.
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("f32").append(shape).append(' ');
    print(s, 0, 0);
    return s.toString();
  }

  private void print(StringBuilder s, int axis, int offset) {
    if (axis == shape.rank()) {
      s.append(data[offset]);
      return;
    }
    int extent = shape.dim(axis);
    int step = shape.strides()[axis];
    s.append('[');
    for (int i = 0; i < extent; i++) {
      if (i > 0) {
        s.append(", ");
      }
      if (extent > PRINTED && i == PRINTED / 2) {
        s.append("..., ");
        i = extent - PRINTED / 2;
      }
      print(s, axis + 1, offset + i * step);
    }
    s.append(']');
  }
}
