package org.burin.codegen.netlist;

/// Integers as sums of powers of two with signs.
///
/// The canonical form has no two neighbouring digits other than 0, and the fewest such digits of all forms (G. W.
/// Reitwiesner, Binary Arithmetic, Advances in Computers 1, 1960). Its digits are where `n` and `3n` differ.
///
/// @param positive the powers that are added, as bits
/// @param negative the powers that are subtracted, as bits
record SignedDigits(long positive, long negative) {
  /// The canonical form of a number of less than 62 bits.
  static SignedDigits of(long n) {
    long magnitude = Math.abs(n);
    long triple = 3 * magnitude;
    long plus = (triple & ~magnitude) >> 1;
    long minus = (magnitude & ~triple) >> 1;
    return n < 0 ? new SignedDigits(minus, plus) : new SignedDigits(plus, minus);
  }

  /// The number of digits of the canonical form.
  static int count(long n) {
    long magnitude = Math.abs(n);
    return Long.bitCount(magnitude ^ (3 * magnitude));
  }

  /// The number of digits other than 0.
  int count() {
    return Long.bitCount(positive) + Long.bitCount(negative);
  }

  /// The number.
  long value() {
    return positive - negative;
  }
}
