package org.burin.nn;

import java.util.Arrays;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Checks of layers' options and inputs.
final class Options {
  private Options() {}

  /// Checks an option when a layer is described, before it has a path.
  static void atLeast(int least, int found, String layer, String name, String option) {
    if (found < least) {
      throw invalid(layer, name, option + " must be at least " + least + ", found " + found);
    }
  }

  /// An error in a layer's description.
  static IllegalArgumentException invalid(String layer, String name, String text) {
    return new IllegalArgumentException(layer + (name.isEmpty() ? "" : " '" + name + "'") + ": " + text);
  }

  /// The shape of a layer's input, after a check of its rank.
  static Shape rank(Net net, Value x, int least, int most, String expected) {
    Shape s = x.shape();
    if (s.rank() < least || s.rank() > most) {
      throw net.problem("expected " + expected + ", found shape " + s);
    }
    return s;
  }

  /// The shape of one sample: all extents but the first.
  static Shape sample(Shape batch) {
    int[] dims = batch.dims();
    return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
  }
}
