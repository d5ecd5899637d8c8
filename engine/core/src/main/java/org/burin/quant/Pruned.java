package org.burin.quant;

import java.util.Arrays;
import org.burin.ir.Value;
import org.burin.nn.Initializer;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.Shape;

/// Weights of which some are 0, before they are quantized: `quantizer(mask * x)`, where the mask of ones and zeros is a
/// state of the layer, `NAME_mask`. What is masked has no gradient and keeps its number.
///
/// The mask is set from outside, by [org.burin.train.Pruning] say; being a state, it is in model files and checkpoints.
///
/// @param quantizer what follows
/// @param unit what is pruned together
public record Pruned(Quantizer quantizer, Unit unit) implements Quantizer {
  /// The end of the names of masks.
  public static final String MASK = "_mask";

  /// What is pruned together.
  public enum Unit {
    /// each weight by itself
    WEIGHT,
    /// all weights with the same index on the last axis: the neurons of a dense layer, the filters of a convolution.
    /// The bias of a layer goes with its kernel if it is pruned by outputs too
    OUTPUT
  }

  /// Weights that are pruned one by one.
  public static Pruned weights(Quantizer quantizer) {
    return new Pruned(quantizer, Unit.WEIGHT);
  }

  /// Neurons or filters that are pruned as a whole.
  public static Pruned outputs(Quantizer quantizer) {
    return new Pruned(quantizer, Unit.OUTPUT);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    Shape shape = x.shape();
    if (shape.batchAxis() >= 0) {
      throw net.problem("'" + name + "' of shape " + shape + " depends on the sample; only weights can be pruned");
    }
    Value mask = net.state(name + MASK, mask(shape), Initializer.ones());
    return quantizer.quantize(net, name, net.graph().mul(x, mask));
  }

  private Shape mask(Shape weights) {
    if (unit == Unit.WEIGHT || weights.rank() == 0) {
      return weights;
    }
    int[] dims = new int[weights.rank()];
    Arrays.fill(dims, 1);
    dims[dims.length - 1] = weights.dim(-1);
    return Shape.of(dims);
  }
}
