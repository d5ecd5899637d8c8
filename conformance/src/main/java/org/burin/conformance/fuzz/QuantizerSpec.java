package org.burin.conformance.fuzz;

import org.burin.fixed.FixedType;
import org.burin.nn.Quantizer;
import org.burin.quant.Quantizers;

/// A quantizer and how it is written in a listing.
///
/// @param text how it is written
/// @param quantizer what it does
public record QuantizerSpec(String text, Quantizer quantizer) {
  /// No quantizer.
  public static final QuantizerSpec NONE = new QuantizerSpec("none", Quantizer.NONE);

  /// The quantizer to a type.
  public static QuantizerSpec fixed(FixedType type) {
    return new QuantizerSpec(type.toString(), Quantizers.fixed(type));
  }

  /// A quantizer that writes itself.
  static QuantizerSpec of(Quantizer quantizer) {
    return new QuantizerSpec(quantizer.toString(), quantizer);
  }

  boolean isNone() {
    return quantizer.equals(Quantizer.NONE);
  }

  @Override
  public String toString() {
    return text;
  }
}
