package org.burin.transport;

import org.burin.transport.Formulation.Balanced;

/// Checks of masses.
final class Masses {
  private Masses() {}

  /// The sum of masses, each of which must be a finite number that is not negative.
  ///
  /// @param side what to call them: source or target
  static double sum(double[] mass, int sites, String side) {
    if (mass.length != sites) {
      throw new IllegalArgumentException(mass.length + " " + side + " masses for " + sites + " " + side + " sites");
    }
    double sum = 0;
    boolean fine = true;
    for (double m : mass) {
      sum += m;
      fine &= m >= 0;
    }
    if (!fine || sum == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(complaint(mass, side));
    }
    return sum;
  }

  private static String complaint(double[] mass, String side) {
    for (int i = 0; i < mass.length; i++) {
      if (!(mass[i] >= 0) || mass[i] == Double.POSITIVE_INFINITY) {
        return side + " mass " + i + " is " + mass[i] + "; expected a finite number >= 0";
      }
    }
    return "the sum of the " + side + " masses is beyond the range of double; scale them down";
  }

  static void requireEqual(double sourceSum, double targetSum) {
    if (Math.abs(sourceSum - targetSum) > Balanced.TOLERANCE * Math.max(sourceSum, targetSum)) {
      throw new IllegalArgumentException("the source masses have the sum " + sourceSum + ", the target masses "
          + targetSum + "; balanced transport needs equal sums (normalize them, or use another formulation)");
    }
  }

  static void requireSome(double sum, String side) {
    if (!(sum > 0)) {
      throw new IllegalArgumentException("the " + side + " has no mass: all masses are 0, which cannot be normalized");
    }
  }
}
