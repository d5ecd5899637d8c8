package org.burin.data;

import java.util.List;
import java.util.Locale;
import org.burin.tensor.Shape;

/// One named block of float32 numbers that every sample of a [Dataset] has.
///
/// @param role what the numbers are for
/// @param name the name of the model's input or target that the numbers belong to; unique among the columns of its
///     role. The name of a weight column is the target whose loss it weights, or [#EVERY_TARGET]
/// @param shape the shape of one sample, without the sample axis; `[]` for a single number such as a class index
/// @param classes for a target of class indices the names of the classes, index 0 first; otherwise empty
public record Column(Role role, String name, Shape shape, List<String> classes) {
  /// The name of the weight column that weights the loss of every target.
  public static final String EVERY_TARGET = "*";

  /// What the numbers of a column are for.
  public enum Role {
    /// Fed to the model.
    INPUT,
    /// Compared with what the model gives.
    TARGET,
    /// One factor per sample for its loss.
    WEIGHT
  }

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException when the shape has the batch size in it or no room for a sample axis, or a weight
  ///     is not a single number
  public Column {
    classes = List.copyOf(classes);
    if (!shape.isBound() || shape.rank() == Shape.MAX_RANK || shape.size() == 0) {
      throw new IllegalArgumentException("column '" + name + "' has the shape " + shape
          + "; expected the shape of one sample: bound, not empty, at most " + (Shape.MAX_RANK - 1) + " dimensions");
    }
    if (role == Role.WEIGHT && shape.rank() != 0) {
      throw new IllegalArgumentException(
          "weight column '" + name + "' has the shape " + shape + "; expected one number per sample, shape []");
    }
  }

  /// An input column.
  public static Column input(String name, Shape shape) {
    return new Column(Role.INPUT, name, shape, List.of());
  }

  /// A target column.
  public static Column target(String name, Shape shape) {
    return new Column(Role.TARGET, name, shape, List.of());
  }

  /// A target column of class indices, shape `[]`.
  public static Column labels(String name, List<String> classes) {
    return new Column(Role.TARGET, name, Shape.SCALAR, classes);
  }

  /// A column of factors for the loss of one target, or of [#EVERY_TARGET].
  public static Column weight(String target) {
    return new Column(Role.WEIGHT, target, Shape.SCALAR, List.of());
  }

  /// The shape of many samples: this shape behind the sample axis `N`.
  public Shape batchShape() {
    return batchShape(Shape.BATCH);
  }

  /// The shape of `samples` samples: this shape behind the sample axis.
  public Shape batchShape(int samples) {
    int[] dims = new int[shape.rank() + 1];
    dims[0] = samples;
    System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
    return Shape.of(dims);
  }

  /// This column with samples of another shape.
  public Column withShape(Shape to) {
    return new Column(role, name, to, classes);
  }

  /// For people, such as `input x [16]`.
  @Override
  public String toString() {
    return role.name().toLowerCase(Locale.ROOT) + ' ' + name + ' ' + shape;
  }
}
