package org.burin.nn;

import org.burin.ir.Value;

/// Brings numbers onto a grid: a function that adds operations, and perhaps parameters, to a model.
///
/// The result lies on the grid exactly, since what is trained is what hardware computes; how the gradient passes is the
/// quantizer's choice. Immutable, as layers are, so that several layers may have the same one.
@FunctionalInterface
public interface Quantizer {
  /// No quantization: every value stays as it is.
  Quantizer NONE = new Quantizer() {
    @Override
    public Value quantize(Net net, String name, Value x) {
      return x;
    }

    @Override
    public String toString() {
      return "none";
    }
  };

  /// The quantized value.
  ///
  /// @param net the model under construction, in the scope of the layer that the value belongs to
  /// @param name what the value is in its layer, such as `kernel`, `bias` or `output`; parameters of the quantizer take
  ///     names that begin with it, such as `kernel_fraction`
  /// @param x the value
  /// @return a value of the shape of `x`
  /// @throws org.burin.ir.GraphException when the value cannot be quantized: layer path, what was expected and found
  Value quantize(Net net, String name, Value x);
}
