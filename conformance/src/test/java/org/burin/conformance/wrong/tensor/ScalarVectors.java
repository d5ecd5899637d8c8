package org.burin.conformance.wrong.tensor;

import jdk.incubator.vector.FloatVector;

/// Needs the Vector API without saying so in its name.
final class ScalarVectors {
  private ScalarVectors() {}

  static int lanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
