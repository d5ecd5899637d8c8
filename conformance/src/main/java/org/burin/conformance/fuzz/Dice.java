package org.burin.conformance.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random choices that are the same on every machine for a seed.
final class Dice {
  private final RandomGenerator random;

  Dice(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A whole number from `low` to `high`, both included.
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /// Whether one in `n` came up.
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /// One of the choices.
  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A number from `low` to below `high`.
  double uniform(double low, double high) {
    return random.nextDouble(low, high);
  }

  long seed() {
    return random.nextLong();
  }
}
