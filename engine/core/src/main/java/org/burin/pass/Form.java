package org.burin.pass;

import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;

/// What lowering knows of a float value.
sealed interface Form {
  /// Known numbers, which become a constant when somebody reads them.
  record Known() implements Form {}

  /// Its exact twin.
  ///
  /// @param inFloat whether a plan, in float32, computes the same numbers
  record Exact(FixedValue value, boolean inFloat) implements Form {}

  /// An exact quotient, which is no fixed-point number before it is quantized.
  ///
  /// @param dividend the dividend
  /// @param divisor positive whole numbers
  /// @param inFloat whether a plan computes the same dividends
  record Quotient(FixedValue dividend, FixedTensor divisor, boolean inFloat) implements Form {}

  /// Numbers that only floating point has, until they are quantized.
  ///
  /// @param why what to say to whoever needs fixed-point numbers
  /// @param lasting whether it stays the reason after further element-wise operations
  record FloatOnly(Diagnostic why, boolean lasting) implements Form {}

  /// Not to be had; the reason has been reported.
  record Broken() implements Form {}
}
