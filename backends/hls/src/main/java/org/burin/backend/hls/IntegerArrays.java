package org.burin.backend.hls;

import org.burin.fixed.FixedType;

/// Arrays of integers in C++.
final class IntegerArrays {
  private static final int LINE = 100;

  private IntegerArrays() {}

  /// The smallest C++ type that holds all numbers.
  static String element(long[] numbers) {
    int bits = 0;
    for (long n : numbers) {
      bits = Math.max(bits, Long.SIZE + 1 - Long.numberOfLeadingZeros(n < 0 ? ~n : n));
    }
    return bits <= 8 ? "signed char" : bits <= 16 ? "short" : bits <= 32 ? "int" : "long long";
  }

  /// All numbers with commas between them, on lines of moderate length.
  static String list(long[] numbers) {
    StringBuilder s = new StringBuilder();
    int begin = 0;
    for (int i = 0; i < numbers.length; i++) {
      s.append(i == 0 ? "" : ",");
      if (s.length() - begin > LINE) {
        s.append("\n  ");
        begin = s.length();
      } else if (i > 0) {
        s.append(' ');
      }
      s.append(literal(numbers[i]));
    }
    return s.toString();
  }

  private static String literal(long n) {
    return n == Long.MIN_VALUE ? "(-9223372036854775807LL - 1)" : n == (int) n ? Long.toString(n) : n + "LL";
  }

  /// The raw integer of a type that has these low bits.
  static long wrapped(long raw, FixedType type) {
    int unused = Long.SIZE - type.width();
    return type.signed() ? raw << unused >> unused : raw << unused >>> unused;
  }
}
