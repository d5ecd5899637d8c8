package org.burin.fixed;

/// What happens to the bits below the last one kept. Names as in ap_fixed and ac_fixed.
public enum Rounding {
  /// toward negative infinity
  TRN,
  /// toward zero
  TRN_ZERO,
  /// to nearest, halves toward positive infinity
  RND,
  /// to nearest, halves toward zero
  RND_ZERO,
  /// to nearest, halves away from zero
  RND_INF,
  /// to nearest, halves toward negative infinity
  RND_MIN_INF,
  /// to nearest, halves to even
  RND_CONV,
  /// to nearest, halves to odd (ac_fixed only)
  RND_CONV_ODD
}
