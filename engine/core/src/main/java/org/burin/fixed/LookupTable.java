package org.burin.fixed;

import java.util.Arrays;

/// A function of a fixed-point number as a list: argument `(first + i) * 2^-argumentFraction` gives
/// `entries[i] * 2^-fraction`.
///
/// @param function what it tabulates, for listings, such as `sigmoid`
/// @param argumentFraction the number of fractional bits of the argument
/// @param first the argument's smallest raw integer
/// @param fraction the number of fractional bits of the results
/// @param entries the results' raw integers, one for every raw integer of the argument from `first` on; not copied
/// @param worstError the largest difference of a result from the function that it tabulates
@SuppressWarnings("ArrayRecordComponent") // A table is large; it is compared by content below.
public record LookupTable(
    String function, int argumentFraction, long first, int fraction, long[] entries, double worstError) {
  /// Checks that there is an entry and that all arguments have 64 bits.
  ///
  /// @throws IllegalArgumentException when there is none, or the last argument has more
  public LookupTable {
    if (entries.length == 0 || first > Long.MAX_VALUE - entries.length) {
      throw new IllegalArgumentException("a table of " + function + " has at least one entry and arguments of 64 bits, "
          + "found " + entries.length + " entries from " + first + " on");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LookupTable t && argumentFraction == t.argumentFraction && first == t.first
        && fraction == t.fraction && function.equals(t.function) && Arrays.equals(entries, t.entries);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(first) + argumentFraction) + Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return function + "[" + first + ".." + (first + entries.length - 1) + "] * 2^" + -fraction;
  }
}
