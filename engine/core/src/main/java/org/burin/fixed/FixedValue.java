package org.burin.fixed;

import org.burin.tensor.Shape;

/// The one result of one operation in one [FixedGraph]. Compared by identity; created by [FixedGraphBuilder] only.
public final class FixedValue {
  private final int id;
  private final FixedOp op;
  private final Shape shape;
  private final Precision precision;
  private final String layer;

  FixedValue(int id, FixedOp op, Shape shape, Precision precision, String layer) {
    this.id = id;
    this.op = op;
    this.shape = shape;
    this.precision = precision;
    this.layer = layer;
  }

  /// The position in its graph's topological order, printed `%id`.
  public int id() {
    return id;
  }

  /// The operation that computes it.
  public FixedOp op() {
    return op;
  }

  /// Its extents; the first may be the open batch size.
  public Shape shape() {
    return shape;
  }

  /// What its elements can be: the fewest bits for each.
  public Precision precision() {
    return precision;
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
