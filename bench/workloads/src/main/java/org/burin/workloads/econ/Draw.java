package org.burin.workloads.econ;

import org.burin.tensor.CounterRandom;

/// The random numbers of one module, one after the other, in the distributions that the generator needs. The same on
/// every machine.
final class Draw {
  private final long base;
  private int index;

  Draw(long base) {
    this.base = base;
  }

  /// Uniform in (0, 1).
  double uniform() {
    return CounterRandom.uniform(base, index++) + 0x1p-25;
  }

  /// Uniform in `(low, high)`.
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// A whole number from 0 to `n - 1`.
  int below(int n) {
    return (int) (uniform() * n);
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(uniform());
  }

  /// G. Box and M. Muller, "A note on the generation of random normal deviates", Annals of Mathematical Statistics 29
  /// (1958).
  double normal() {
    return Math.sqrt(exponential(2)) * StrictMath.cos(2 * Math.PI * uniform());
  }

  /// G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM Transactions on Mathematical
  /// Software 26 (2000).
  ///
  /// @param shape at least 1
  double gamma(double shape, double mean) {
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal();
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0 && StrictMath.log(uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return mean / shape * d * v;
      }
    }
  }

  /// By counting the exponential waiting times that fit into the mean; for means of some hundred at most.
  int poisson(double mean) {
    int count = 0;
    for (double time = exponential(1); time < mean; time += exponential(1)) {
      count++;
    }
    return count;
  }
}
