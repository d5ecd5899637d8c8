package org.burin.cli;

import java.util.Locale;

/// In what numbers a model is translated.
enum Arithmetic {
  /// fixed point where the model is quantized, otherwise floats
  AUTO,
  /// exact fixed point
  FIXED,
  /// float32
  FLOAT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
