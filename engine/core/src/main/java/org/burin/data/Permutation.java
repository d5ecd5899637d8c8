package org.burin.data;

/// Random orders that are a pure function of their key: the same on every machine, JVM and run, for ever.
///
/// The numbers are SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): the
/// state advances by 0x9E3779B97F4A7C15 and is mixed by `z ^= z >>> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >>> 27;
/// z *= 0x94D049BB133111EB; z ^= z >>> 31`. The start state is `mix(seed)`, then for every further part of the key
/// `mix(state + GAMMA * (part + 1))`. A bounded number is the high half of a 32 by 32 bit product, with rejection,
/// hence without bias (Lemire: Fast Random Integer Generation in an Interval, ACM TOMACS 2019). The order is a
/// Fisher-Yates shuffle of 0, 1, 2, ... from the last position down. The library generators of the JDK are not used,
/// because how they bound a number is not part of their specification.
public final class Permutation {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Permutation() {}

  /// Fills the first `count` places of `order` with the numbers 0 to `count - 1` in the order that the key gives.
  ///
  /// @param order receives the order; longer than `count` is fine
  /// @param seed the first part of the key
  /// @param epoch the second part of the key
  /// @param part the third part of the key, 0 where one order per epoch is enough
  public static void fill(int[] order, int count, long seed, long epoch, long part) {
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    long state = mix(mix(mix(seed) + GAMMA * (epoch + 1)) + GAMMA * (part + 1));
    for (int i = count - 1; i > 0; i--) {
      int bound = i + 1;
      long product;
      do {
        state += GAMMA;
        product = (mix(state) >>> 32) * bound;
      } while (Integer.compareUnsigned((int) product, bound) < 0 && rejected((int) product, bound));
      int j = (int) (product >>> 32);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /// The numbers 0 to `count - 1` in the order that the seed gives.
  public static int[] of(int count, long seed) {
    int[] order = new int[count];
    fill(order, count, seed, 0, 0);
    return order;
  }

  /// Whether the low half of a product falls into the part of 2^32 that `bound` does not divide evenly.
  private static boolean rejected(int low, int bound) {
    return Integer.compareUnsigned(low, Integer.remainderUnsigned(-bound, bound)) < 0;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
