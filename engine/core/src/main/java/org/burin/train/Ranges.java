package org.burin.train;

/// Checks of configuration numbers; each error names the owner, the number and what was expected.
final class Ranges {
  private Ranges() {}

  static void positive(String owner, String what, double x) {
    require(x > 0 && x < Double.POSITIVE_INFINITY, owner, what, x, "a positive number");
  }

  static void notNegative(String owner, String what, double x) {
    require(x >= 0 && x < Double.POSITIVE_INFINITY, owner, what, x, "a number of at least 0");
  }

  static void fraction(String owner, String what, double x) {
    require(x >= 0 && x < 1, owner, what, x, "a number from 0 to below 1");
  }

  static void atLeast(long least, String owner, String what, long x) {
    if (x < least) {
      throw new IllegalArgumentException(owner + ": the " + what + " is " + x + "; expected at least " + least);
    }
  }

  private static void require(boolean condition, String owner, String what, double x, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(owner + ": the " + what + " is " + x + "; expected " + expected);
    }
  }
}
