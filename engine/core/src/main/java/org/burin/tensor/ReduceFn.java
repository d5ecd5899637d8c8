package org.burin.tensor;

/// The ways to fold an axis.
public enum ReduceFn {
  /// the sum; 0 over nothing
  SUM,
  /// the sum divided by the count
  MEAN,
  /// the largest element by [BinaryFn#MAX], starting from negative infinity
  MAX
}
