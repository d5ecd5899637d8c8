package org.burin.codegen.netlist;

import java.util.Arrays;

/// A function of a whole number as a list: `first + i` gives `entries[i]`.
///
/// @param function what it tabulates, for listings
/// @param first the smallest argument
/// @param entries a result for every argument from `first` on; not copied
@SuppressWarnings("ArrayRecordComponent") // A table is large; it is compared by content below.
public record NetTable(String function, long first, long[] entries) {
  /// The result for an argument.
  ///
  /// @throws IndexOutOfBoundsException when the table does not have it
  public long at(long argument) {
    return entries[Math.toIntExact(argument - first)];
  }

  /// The results for these arguments.
  Range over(Range arguments) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long x = arguments.low(); x <= arguments.high(); x++) {
      low = Math.min(low, at(x));
      high = Math.max(high, at(x));
    }
    return new Range(low, high);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetTable t && first == t.first && function.equals(t.function)
        && Arrays.equals(entries, t.entries);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(first) + Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return function + "[" + first + ".." + (first + entries.length - 1) + "]";
  }
}
