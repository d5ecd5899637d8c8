package org.burin.nn;

import java.util.List;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;

/// Joins several values into one: element by element (with broadcasting), or end to end.
///
/// @param kind how
/// @param axis the axis of [Kind#CONCAT], negative from the end; without meaning for others
/// @param name its name, or empty for an automatic one
public record Merge(Kind kind, int axis, String name) implements MultiInputLayer {
  /// How values are joined.
  public enum Kind {
    /// the sum
    ADD,
    /// the first minus the second
    SUBTRACT,
    /// the product
    MULTIPLY,
    /// the sum times the reciprocal of the number of values
    AVERAGE,
    /// the largest
    MAXIMUM,
    /// the smallest
    MINIMUM,
    /// end to end along an axis
    CONCAT
  }

  /// The sum.
  public static Merge add() {
    return new Merge(Kind.ADD, 0, "");
  }

  /// The first minus the second.
  public static Merge subtract() {
    return new Merge(Kind.SUBTRACT, 0, "");
  }

  /// The product.
  public static Merge multiply() {
    return new Merge(Kind.MULTIPLY, 0, "");
  }

  /// The mean.
  public static Merge average() {
    return new Merge(Kind.AVERAGE, 0, "");
  }

  /// The largest.
  public static Merge maximum() {
    return new Merge(Kind.MAXIMUM, 0, "");
  }

  /// The smallest.
  public static Merge minimum() {
    return new Merge(Kind.MINIMUM, 0, "");
  }

  /// End to end along the last axis.
  public static Merge concat() {
    return concat(-1);
  }

  /// End to end along an axis, negative from the end.
  public static Merge concat(int axis) {
    return new Merge(Kind.CONCAT, axis, "");
  }

  /// The same layer under a chosen name.
  public Merge named(String newName) {
    return new Merge(kind, axis, newName);
  }

  @Override
  public String stem() {
    return switch (kind) {
      case ADD -> "add";
      case SUBTRACT -> "subtract";
      case MULTIPLY -> "multiply";
      case AVERAGE -> "average";
      case MAXIMUM -> "maximum";
      case MINIMUM -> "minimum";
      case CONCAT -> "concat";
    };
  }

  /// @throws org.burin.ir.GraphException when there is no value, or for a subtraction not two, or the shapes do not fit
  @Override
  public Value build(Net net, List<Value> inputs) {
    if (inputs.isEmpty() || (kind == Kind.SUBTRACT && inputs.size() != 2)) {
      throw net.problem("expected " + (kind == Kind.SUBTRACT ? "two values" : "values") + ", found " + inputs.size());
    }
    GraphBuilder b = net.graph();
    return switch (kind) {
      case ADD -> fold(b, BinaryFn.ADD, inputs);
      case SUBTRACT -> fold(b, BinaryFn.SUB, inputs);
      case MULTIPLY -> fold(b, BinaryFn.MUL, inputs);
      case AVERAGE -> b.scale(fold(b, BinaryFn.ADD, inputs), 1f / inputs.size());
      case MAXIMUM -> fold(b, BinaryFn.MAX, inputs);
      case MINIMUM -> fold(b, BinaryFn.MIN, inputs);
      case CONCAT -> b.concat(inputs, axis);
    };
  }

  private static Value fold(GraphBuilder b, BinaryFn fn, List<Value> values) {
    return values.stream().reduce((left, right) -> b.binary(fn, left, right)).orElseThrow();
  }
}
