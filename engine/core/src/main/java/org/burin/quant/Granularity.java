package org.burin.quant;

import java.util.Arrays;
import org.burin.tensor.Shape;

/// Which elements of a tensor share what a quantizer learns about them. Samples always share it.
public enum Granularity {
  /// nothing is shared: every weight, or every element of a sample, has bits of its own
  ELEMENT,
  /// all elements with the same index on the last axis
  CHANNEL,
  /// all elements
  TENSOR;

  /// The shape of what is learnt for a tensor of this shape: broadcasts to it, without a batch axis.
  Shape grid(Shape tensor) {
    int[] dims = tensor.dims();
    return switch (this) {
      case ELEMENT -> tensor.batchAxis() == 0 ? Shape.of(Arrays.copyOfRange(dims, 1, dims.length)) : tensor;
      case CHANNEL -> tensor.rank() == 0 || tensor.dim(-1) == Shape.BATCH ? Shape.SCALAR : Shape.of(tensor.dim(-1));
      case TENSOR -> Shape.SCALAR;
    };
  }
}
