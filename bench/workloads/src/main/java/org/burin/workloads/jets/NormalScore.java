package org.burin.workloads.jets;

/// The normal score of a probability: the inverse of the standard normal distribution function.
///
/// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988)
/// 477-484, routine PPND7: a relative error of about 1e-7, with one logarithm and one square root in the tails only.
/// The branch for probabilities below e^-25 is left out, as the argument never comes near it.
final class NormalScore {
  /// The smallest probability that the two branches cover, and the least distance from 1.
  static final double SMALLEST = 0x1p-25;

  private static final double CENTRAL = 0.425;

  private NormalScore() {}

  /// The normal score of a probability.
  ///
  /// @param p from [#SMALLEST] to 1 - SMALLEST
  static double of(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= CENTRAL) {
      double r = CENTRAL * CENTRAL - q * q;
      double above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
      double below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0;
      return q * above / below;
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p)) - 1.6;
    double above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
    double below = (0.12021132975 * r + 0.73700164250) * r + 1.0;
    return q < 0 ? -above / below : above / below;
  }
}
