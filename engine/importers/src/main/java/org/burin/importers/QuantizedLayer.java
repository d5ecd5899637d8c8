package org.burin.importers;

import org.burin.ir.Value;
import org.burin.nn.Layer;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;

/// A layer with a quantizer as its activation.
record QuantizedLayer(Layer layer, Quantizer activation) implements Layer {
  @Override
  public String stem() {
    return layer.stem();
  }

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public Value build(Net net, Value x) {
    return net.quantized(activation, "output", layer.build(net, x));
  }
}
