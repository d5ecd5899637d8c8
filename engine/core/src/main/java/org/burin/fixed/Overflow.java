package org.burin.fixed;

/// What happens to a number beyond the range. Names as in ap_fixed and ac_fixed.
public enum Overflow {
  /// drops the high bits (modulo 2^width)
  WRAP,
  /// the nearest end of the range
  SAT,
  /// zero
  SAT_ZERO,
  /// the nearest end of the range made symmetric, `-max .. max`
  SAT_SYM
}
