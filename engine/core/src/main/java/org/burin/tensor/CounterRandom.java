package org.burin.tensor;

/// Random numbers as a pure function of where they are used: no state to save, the same on every machine and thread.
///
/// The generator hashes (seed, step, stream, index) with the finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014) applied after each word.
public final class CounterRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final int HALF = 24;
  private static final long MASK = (1L << HALF) - 1;

  private CounterRandom() {}

  /// The common part of all numbers of one stream at one step.
  public static long base(long seed, long step, int stream) {
    return mix(mix(mix(seed + GAMMA) + step * GAMMA) + (stream + 1L) * GAMMA);
  }

  /// The `index`-th number in [0,1) of a stream, a multiple of 2^-24.
  public static float uniform(long base, int index) {
    return (mix(base + (index + 1L) * GAMMA) >>> 40) * 0x1p-24f;
  }

  /// Writes seed and step as four whole numbers below 2^24, which float32 holds exactly; of both the low 48 bits count.
  public static void writeKey(long seed, long step, float[] key, int offset) {
    key[offset] = seed & MASK;
    key[offset + 1] = (seed >>> HALF) & MASK;
    key[offset + 2] = step & MASK;
    key[offset + 3] = (step >>> HALF) & MASK;
  }

  /// The seed that [#writeKey] wrote.
  public static long seed(float[] key, int offset) {
    return (long) key[offset] | (long) key[offset + 1] << HALF;
  }

  /// The step that [#writeKey] wrote.
  public static long step(float[] key, int offset) {
    return (long) key[offset + 2] | (long) key[offset + 3] << HALF;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
