package org.burin.backend.jvm;

/// The forms of generated code.
public enum Form {
  /// chosen for each layer by what it was measured to cost
  AUTO,
  /// no loops: every weight is a literal, zeros vanish
  STRAIGHT,
  /// loops over tables of weights
  LOOPS,
  /// loops over tables in which several weights share a `long`, where a layer allows it
  LANES
}
