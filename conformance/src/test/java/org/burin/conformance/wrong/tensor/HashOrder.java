package org.burin.conformance.wrong.tensor;

import java.util.HashMap;

/// Goes through a hash table in whatever order it has.
final class HashOrder {
  private final HashMap<String, Integer> counts = new HashMap<>();

  int weigh() {
    int sum = 0;
    for (int count : counts.values()) {
      sum = 31 * sum + count;
    }
    return sum;
  }
}
