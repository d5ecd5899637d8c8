package org.burin.codegen.netlist;

import java.util.Arrays;

/// A sum of expressions times signed powers of two, digit by digit, in no order.
final class DigitRow {
  private int[] digits = new int[16];
  private int count;

  /// Packs a digit.
  static int digit(int expression, int shift, boolean negative) {
    return expression << 8 | shift << 1 | (negative ? 1 : 0);
  }

  static int expression(int digit) {
    return digit >>> 8;
  }

  static int shift(int digit) {
    return (digit >>> 1) & 127;
  }

  static boolean negative(int digit) {
    return (digit & 1) != 0;
  }

  int count() {
    return count;
  }

  int get(int i) {
    return digits[i];
  }

  void add(int digit) {
    if (count == digits.length) {
      digits = Arrays.copyOf(digits, 2 * count);
    }
    digits[count++] = digit;
  }

  void remove(int i) {
    digits[i] = digits[--count];
  }

  /// The position of a digit, or -1.
  int find(int digit) {
    for (int i = 0; i < count; i++) {
      if (digits[i] == digit) {
        return i;
      }
    }
    return -1;
  }

  /// Adds the digits of a multiple of an expression.
  void add(int expression, SignedDigits multiple) {
    for (long bits = multiple.positive(); bits != 0; bits &= bits - 1) {
      add(digit(expression, Long.numberOfTrailingZeros(bits), false));
    }
    for (long bits = multiple.negative(); bits != 0; bits &= bits - 1) {
      add(digit(expression, Long.numberOfTrailingZeros(bits), true));
    }
  }
}
