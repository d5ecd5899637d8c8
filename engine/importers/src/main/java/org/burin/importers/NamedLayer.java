package org.burin.importers;

import org.burin.ir.Value;
import org.burin.nn.Layer;
import org.burin.nn.Net;

/// An activation under a chosen name.
record NamedLayer(Layer layer, String name) implements Layer {
  @Override
  public String stem() {
    return layer.stem();
  }

  @Override
  public Value build(Net net, Value x) {
    return layer.build(net, x);
  }
}
