package org.burin.ir;

import org.burin.tensor.Shape;

/// The one result of one operation in one graph. Compared by identity; created by [GraphBuilder] only.
public final class Value {
  private final int id;
  private final Op op;
  private final TensorType type;
  private final String layer;

  Value(int id, Op op, TensorType type, String layer) {
    this.id = id;
    this.op = op;
    this.type = type;
    this.layer = layer;
  }

  /// The position in its graph's topological order, printed `%id`.
  public int id() {
    return id;
  }

  /// The operation that computes it.
  public Op op() {
    return op;
  }

  /// Its type.
  public TensorType type() {
    return type;
  }

  /// Its shape: `type().shape()`.
  public Shape shape() {
    return type.shape();
  }

  /// The path of the layer that it was built for, such as `encoder/dense_1`; empty outside of any layer.
  public String layer() {
    return layer;
  }

  /// The reference by which operands are printed, `%id`.
  @Override
  public String toString() {
    return "%" + id;
  }
}
