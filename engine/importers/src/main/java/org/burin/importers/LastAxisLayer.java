package org.burin.importers;

import org.burin.ir.Value;
import org.burin.nn.Layer;
import org.burin.nn.Net;

/// A normalisation, after a check that the axis in its configuration is the last one.
///
/// @param layer the layer
/// @param axis the axis in the configuration, negative from the end
record LastAxisLayer(Layer layer, int axis) implements Layer {
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
    int rank = x.shape().rank();
    if (axis != -1 && axis != rank - 1) {
      throw net.problem("'axis': expected the last one, " + (rank - 1) + " of shape " + x.shape() + ", found " + axis);
    }
    return layer.build(net, x);
  }
}
