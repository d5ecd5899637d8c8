package org.burin.nn;

import java.nio.charset.StandardCharsets;
import org.burin.tensor.CounterRandom;

/// The random numbers of one parameter: a pure function of the model's seed, the parameter's path and the position.
public final class Draws {
  private final long seed;
  private final long hash;

  /// The numbers of the parameter of this path.
  public Draws(long seed, String path) {
    this.seed = seed;
    this.hash = hash(path);
  }

  /// The 64-bit FNV-1a hash of the text's UTF-8 bytes (Fowler, Noll, Vo): stable for ever, since weights depend on it.
  static long hash(String text) {
    long h = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return h;
  }

  /// `count` numbers uniform in [0,1), multiples of 2^-24.
  ///
  /// @param stream tells independent sequences of one parameter apart
  public float[] uniform(int stream, int count) {
    long base = CounterRandom.base(seed, hash, stream);
    float[] u = new float[count];
    for (int i = 0; i < count; i++) {
      u[i] = CounterRandom.uniform(base, i);
    }
    return u;
  }

  /// `count` numbers of the standard normal distribution.
  public double[] normal(int count) {
    double[] z = new double[count];
    long base = CounterRandom.base(seed, hash, 0);
    for (int i = 0; i < count; i++) {
      z[i] = normal(base, i);
    }
    return z;
  }

  /// `count` numbers of the standard normal distribution cut off at -2 and 2.
  public double[] truncatedNormal(int count) {
    double[] z = new double[count];
    for (int i = 0; i < count; i++) {
      int attempt = 0;
      do {
        z[i] = normal(CounterRandom.base(seed, hash, attempt++), i);
      } while (Math.abs(z[i]) > 2);
    }
    return z;
  }

  /// Box and Muller's transform of the numbers `2i` and `2i + 1`.
  private static double normal(long base, int i) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - (double) CounterRandom.uniform(base, 2 * i)));
    return radius * StrictMath.cos(2 * Math.PI * CounterRandom.uniform(base, 2 * i + 1));
  }
}
