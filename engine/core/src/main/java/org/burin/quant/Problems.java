package org.burin.quant;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a quantizer's options, so that all of it is reported at once.
final class Problems {
  /// More bits than this are no use: 32-bit floats hold 24.
  private static final int MOST_BITS = 32;

  private final String quantizer;
  private final List<String> found = new ArrayList<>();

  Problems(String quantizer) {
    this.quantizer = quantizer;
  }

  /// Checks a number of bits and a position of the binary point.
  Problems bits(int bits, int integer) {
    return expect(bits >= 1 && bits <= MOST_BITS, "bits must be 1 to " + MOST_BITS + ", found " + bits)
        .expect(Math.abs(integer) <= MOST_BITS, "integer bits must be -" + MOST_BITS + " to " + MOST_BITS + ", found "
            + integer);
  }

  /// Notes the problem unless the condition holds.
  Problems expect(boolean condition, String problem) {
    if (!condition) {
      found.add(problem);
    }
    return this;
  }

  /// @throws IllegalArgumentException with every problem that was noted
  void report() {
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(quantizer + ": " + String.join("; ", found));
    }
  }
}
