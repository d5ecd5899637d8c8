package org.burin.conformance.wrong.tensor;

/// Uses a function whose last bit depends on the JVM.
final class MachineMath {
  private MachineMath() {}

  static float exp(float x) {
    return (float) Math.exp(x);
  }
}
