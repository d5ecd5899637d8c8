package org.burin.nn;

import org.burin.ir.Value;

/// A function of one value with parameters of its own: what [Net#apply(Layer,Value)] adds to a model.
///
/// Layers are immutable descriptions. An instance that is applied again within one model uses the same parameters; two
/// instances, even equal ones, have parameters of their own.
public interface Layer {
  /// Builds the layer's operations. Called by [Net#apply(Layer,Value)], inside the layer's scope; call that, not this.
  ///
  /// @throws org.burin.ir.GraphException when the input does not fit: layer path, what was expected, what was found
  Value build(Net net, Value x);

  /// The stem of automatic names: the second `dense` of a scope is called `dense_1`.
  String stem();

  /// The name that the user chose, or empty for an automatic one.
  default String name() {
    return "";
  }

  /// The layer's result for an input: the same as `net.apply(this, x)`.
  default Value apply(Net net, Value x) {
    return net.apply(this, x);
  }
}
