package org.burin.bench;

import org.burin.tensor.CounterRandom;

/// Random numbers to compute with, the same on every machine.
final class Numbers {
  private Numbers() {}

  /// `count` numbers in `[low, high)`.
  static float[] uniform(int count, long seed, float low, float high) {
    long base = CounterRandom.base(seed, 0, 0);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = low + (high - low) * CounterRandom.uniform(base, i);
    }
    return x;
  }
}
