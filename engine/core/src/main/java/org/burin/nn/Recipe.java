package org.burin.nn;

/// Describes a model by building it: declares inputs, applies layers, names outputs.
///
/// It is run twice, once for the graph to train and once for the graph to use, and must apply the same layers in the
/// same order both times.
@FunctionalInterface
public interface Recipe {
  /// Builds the model over `net`.
  void build(Net net);
}
