package org.burin.exec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A dense row-major block of double-precision numbers, as [ReferenceInterpreter] computes with.
public final class DoubleTensor {
  private final Shape shape;
  private final double[] data;

  private DoubleTensor(Shape shape, double[] data) {
    this.shape = shape;
    this.data = data;
  }

  /// A tensor over `data` itself (no copy), row-major.
  ///
  /// @throws IllegalArgumentException when the array's length is not the shape's element count
  public static DoubleTensor of(Shape shape, double... data) {
    if (shape.size() != data.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " has " + shape.size() + " elements, the array has " + data.length);
    }
    return new DoubleTensor(shape, data);
  }

  /// The same numbers in double precision.
  public static DoubleTensor of(Tensor t) {
    float[] from = t.data();
    double[] data = new double[from.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = from[i];
    }
    return new DoubleTensor(t.shape(), data);
  }

  /// The same tensors in double precision, by name, in the same order.
  public static Map<String, DoubleTensor> all(Map<String, Tensor> tensors) {
    Map<String, DoubleTensor> doubles = new LinkedHashMap<>();
    tensors.forEach((name, t) -> doubles.put(name, of(t)));
    return doubles;
  }

  /// The tensor whose element at each index is what `element` gives for it; indices come in row-major order, in one array
  /// that is reused.
  public static DoubleTensor generate(Shape shape, ToDoubleFunction<int[]> element) {
    double[] data = new double[shape.size()];
    int[] index = new int[shape.rank()];
    for (int i = 0; i < data.length; i++) {
      data[i] = element.applyAsDouble(index);
      advance(index, shape);
    }
    return new DoubleTensor(shape, data);
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
  public double[] data() {
    return data;
  }

  /// One element; `index` holds one position per axis.
  public double get(int... index) {
    return data[flat(index)];
  }

  /// The only element of a tensor of size 1.
  ///
  /// @throws IllegalStateException when there is not exactly one element
  public double item() {
    if (data.length != 1) {
      throw new IllegalStateException("a tensor of shape " + shape + " is not a single number");
    }
    return data[0];
  }

  /// The element that stands at `index` after broadcasting to a shape of as many axes as `index` has (NumPy's rule).
  double broadcastGet(int[] index) {
    int shift = index.length - shape.rank();
    int flat = 0;
    for (int i = 0; i < shape.rank(); i++) {
      flat = flat * shape.dim(i) + (shape.dim(i) == 1 ? 0 : index[i + shift]);
    }
    return data[flat];
  }

  /// Adds to one element.
  void add(double amount, int... index) {
    data[flat(index)] += amount;
  }

  /// Moves `index` to the next position of `shape` in row-major order; after the last one, to the first.
  static void advance(int[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape.dim(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  /// The numbers rounded to float32.
  public Tensor toTensor() {
    float[] to = new float[data.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) data[i];
    }
    return Tensor.of(shape, to);
  }

  private int flat(int[] index) {
    int flat = 0;
    for (int i = 0; i < index.length; i++) {
      flat = flat * shape.dim(i) + index[i];
    }
    return flat;
  }

  /// Whether `other` has the same shape and the same bits.
  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleTensor t && shape.equals(t.shape) && Arrays.equals(data, t.data);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "f64" + shape + " " + Arrays.toString(data);
  }
}
