package org.burin.backend.jvm;

import org.burin.fixed.FixedValue;
import org.burin.fixed.Precision;

/// Whether numbers fit into a Java type.
final class Fits {
  private Fits() {}

  static boolean inInt(long number) {
    return number == (int) number;
  }

  static boolean inInt(long low, long high) {
    return inInt(low) && inInt(high);
  }

  /// Whether any raw integer of the value needs a `long`.
  static boolean isWide(FixedValue v) {
    return !inInt(low(v.precision()), high(v.precision()));
  }

  /// The smallest raw integer of all positions.
  static long low(Precision p) {
    long low = p.grid().size() == 0 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < p.grid().size(); i++) {
      low = Math.min(low, p.low(i));
    }
    return low;
  }

  /// The largest raw integer of all positions.
  static long high(Precision p) {
    long high = p.grid().size() == 0 ? 0 : Long.MIN_VALUE;
    for (int i = 0; i < p.grid().size(); i++) {
      high = Math.max(high, p.high(i));
    }
    return high;
  }

  /// The smallest raw integer of all elements at a position of the last axis.
  static long low(FixedValue v, int last) {
    long low = Long.MAX_VALUE;
    Precision p = v.precision();
    int extent = p.grid().dim(-1);
    for (int i = extent == 1 ? 0 : last; i < p.grid().size(); i += extent) {
      low = Math.min(low, p.low(i));
    }
    return low;
  }

  /// The largest raw integer of all elements at a position of the last axis.
  static long high(FixedValue v, int last) {
    long high = Long.MIN_VALUE;
    Precision p = v.precision();
    int extent = p.grid().dim(-1);
    for (int i = extent == 1 ? 0 : last; i < p.grid().size(); i += extent) {
      high = Math.max(high, p.high(i));
    }
    return high;
  }

  /// The bits of an unsigned number.
  static int bits(long number) {
    return 64 - Long.numberOfLeadingZeros(number);
  }
}
