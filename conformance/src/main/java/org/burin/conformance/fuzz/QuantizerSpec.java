package org.burin.conformance.fuzz;

import org.burin.fixed.FixedType;
import org.burin.nn.Quantizer;

/// A quantizer and how it is written in a listing.
///
/// @param text how it is written
/// @param quantizer what it does
public record QuantizerSpec(String text, Quantizer quantizer) {
  /// No quantizer.
  public static final QuantizerSpec NONE = new QuantizerSpec("none", Quantizer.NONE);

  /// The quantizer to a type.
  public static QuantizerSpec fixed(FixedType type) {
    return new QuantizerSpec(type.toString(), (net, name, x) -> net.graph().quantize(x, type));
  }

  boolean isNone() {
    return quantizer.equals(Quantizer.NONE);
  }

  @Override
  public String toString() {
    return text;
  }
}
