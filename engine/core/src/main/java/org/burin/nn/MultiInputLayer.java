package org.burin.nn;

import java.util.List;
import org.burin.ir.Value;

/// A function of several values, such as [Merge], [Block] or [ModelLayer]. Otherwise as [Layer].
public interface MultiInputLayer {
  /// Builds the layer's operations. Called by [Net#apply(MultiInputLayer,List)], inside the layer's scope.
  ///
  /// @throws org.burin.ir.GraphException when the inputs do not fit: layer path, what was expected, what was found
  Value build(Net net, List<Value> inputs);

  /// The stem of automatic names.
  String stem();

  /// The name that the user chose, or empty for an automatic one.
  default String name() {
    return "";
  }

  /// The layer's result for these inputs: the same as `net.apply(this, List.of(inputs))`.
  default Value apply(Net net, Value... inputs) {
    return net.apply(this, List.of(inputs));
  }
}
