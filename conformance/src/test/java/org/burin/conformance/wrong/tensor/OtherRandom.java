package org.burin.conformance.wrong.tensor;

import java.util.Random;

/// Draws numbers that no seed decides.
final class OtherRandom {
  private OtherRandom() {}

  static float draw() {
    return new Random().nextFloat();
  }
}
