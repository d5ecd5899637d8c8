package org.burin.tensor;

import java.util.Arrays;
import java.util.Locale;

/// The extents of a tensor, outermost first, row-major. Immutable, compared by value.
///
/// A shape has 0 (a scalar) to [#MAX_RANK] dimensions. One extent may be the symbol [#BATCH], printed `N`: the number
/// of samples, which a graph leaves open until it is bound ([#bind]).
public final class Shape {
  /// The largest number of dimensions.
  public static final int MAX_RANK = 6;

  /// The extent that stands for "the number of samples, not known yet"; printed `N`.
  public static final int BATCH = -1;

  /// The shape of a single number: no dimensions, one element.
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /// The shape with these extents. Each is at least 0, or [#BATCH] at most once.
  ///
  /// @throws IllegalArgumentException when there are more than [#MAX_RANK] extents, one is negative, or the element
  ///     count overflows an `int`
  public static Shape of(int... dims) {
    if (dims.length == 0) {
      return SCALAR;
    }
    if (dims.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "shape " + text(dims) + " has " + dims.length + " dimensions; at most " + MAX_RANK + " are supported");
    }
    long size = 1;
    int symbols = 0;
    for (int d : dims) {
      if (d == BATCH) {
        symbols++;
      } else if (d < 0) {
        throw new IllegalArgumentException("shape " + text(dims) + " has the negative extent " + d);
      } else {
        size *= d;
      }
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + text(dims) + " has more than " + Integer.MAX_VALUE + " elements");
      }
    }
    if (symbols > 1) {
      throw new IllegalArgumentException("shape " + text(dims) + " has the batch size N more than once");
    }
    return new Shape(dims.clone());
  }

  /// Reads the form that [#toString] prints, such as `[N,16]` or `[]`.
  ///
  /// @throws IllegalArgumentException when the text has another form
  public static Shape parse(String text) {
    String s = text.strip();
    if (!s.startsWith("[") || !s.endsWith("]")) {
      throw new IllegalArgumentException("expected a shape such as [N,16], found '" + text + "'");
    }
    String body = s.substring(1, s.length() - 1).strip();
    if (body.isEmpty()) {
      return SCALAR;
    }
    String[] parts = body.split(",", -1);
    int[] dims = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      try {
        dims[i] = part.toUpperCase(Locale.ROOT).equals("N") ? BATCH : Integer.parseInt(part);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected a shape such as [N,16], found '" + text + "'", e);
      }
    }
    return of(dims);
  }

  /// The number of dimensions.
  public int rank() {
    return dims.length;
  }

  /// The extent of one axis; a negative axis counts from the last (-1).
  ///
  /// @throws IllegalArgumentException when the shape has no such axis
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /// The axis as a number from 0 to `rank() - 1`; a negative one counts from the end.
  ///
  /// @throws IllegalArgumentException when the shape has no such axis
  public int axis(int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new IllegalArgumentException("shape " + this + " has no axis " + axis);
    }
    return a;
  }

  /// The extents, outermost first, as a new array.
  public int[] dims() {
    return dims.clone();
  }

  /// The number of elements.
  ///
  /// @throws IllegalStateException when the batch size is not bound
  public int size() {
    int size = 1;
    for (int d : dims) {
      if (d == BATCH) {
        throw new IllegalStateException("shape " + this + " has an unbound batch size N; bind it first");
      }
      size *= d;
    }
    return size;
  }

  /// Whether no extent is the open batch size.
  public boolean isBound() {
    return batchAxis() < 0;
  }

  /// The axis whose extent is the open batch size, or -1.
  public int batchAxis() {
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == BATCH) {
        return i;
      }
    }
    return -1;
  }

  /// This shape with the open batch size, if any, replaced by `n`.
  public Shape bind(int n) {
    return isBound() ? this : with(batchAxis(), n);
  }

  /// This shape with one extent replaced.
  public Shape with(int axis, int extent) {
    int[] d = dims.clone();
    d[axis(axis)] = extent;
    return of(d);
  }

  /// The distance in elements between neighbours along each axis of the dense row-major layout.
  public int[] strides() {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= dims[i];
    }
    return strides;
  }

  /// Whether this shape, repeated along missing leading axes and along axes of extent 1 (NumPy's rule), gives `target`.
  public boolean broadcastsTo(Shape target) {
    int shift = target.dims.length - dims.length;
    if (shift < 0) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != 1 && dims[i] != target.dims[i + shift]) {
        return false;
      }
    }
    return true;
  }

  /// The smallest shape that both broadcast to (NumPy's rule).
  ///
  /// @throws IllegalArgumentException when the shapes do not agree
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.dims.length, b.dims.length);
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      int da = i < rank - a.dims.length ? 1 : a.dims[i - (rank - a.dims.length)];
      int db = i < rank - b.dims.length ? 1 : b.dims[i - (rank - b.dims.length)];
      if (da != db && da != 1 && db != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast: " + extent(da)
            + " against " + extent(db) + " at axis " + i + " of " + rank);
      }
      out[i] = da == 1 ? db : da;
    }
    return of(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /// The extents in brackets, without blanks, such as `[N,16]`; `[]` for a scalar.
  @Override
  public String toString() {
    return text(dims);
  }

  /// One extent as text: a number, or `N` for [#BATCH].
  public static String extent(int d) {
    return d == BATCH ? "N" : Integer.toString(d);
  }

  private static String text(int[] dims) {
    StringBuilder s = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      s.append(i == 0 ? "" : ",").append(extent(dims[i]));
    }
    return s.append(']').toString();
  }
}
