package org.burin.data;

import java.util.Locale;

/// Reads decimal numbers out of a character buffer, mostly without allocating.
final class FloatText {
  private static final double[] POWERS = new double[23];
  private static final long FULL = 100_000_000_000_000_000L;
  private static final int LARGE_EXPONENT = 100_000;

  /// The bits of a double below the precision of a float, and the pattern half way between two floats.
  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long HALF = 1L << 28;

  /// More than the error of the double in units of its last bit: 0.5 for converting 18 digits, 0.1 for those behind
  /// them, 0.5 for one multiplication or division by an exact power of ten.
  private static final long DOUBT = 4;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private FloatText() {}

  /// The float32 nearest to the number, as [Float#parseFloat] gives it. The form is a decimal number with or without
  /// sign, fraction and exponent, or one of the words of [#isNonFinite]; blanks around it are ignored.
  ///
  /// @return NaN for any other text
  static float parse(char[] text, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end && isBlank(text[i])) {
      i++;
    }
    while (i < end && isBlank(text[end - 1])) {
      end--;
    }
    int start = i;
    boolean negative = i < end && text[i] == '-';
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    long mantissa = 0;
    int exponent = 0;
    int digits = 0;
    boolean fraction = false;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (mantissa < FULL) {
          mantissa = mantissa * 10 + digit;
          exponent -= fraction ? 1 : 0;
        } else {
          exponent += fraction ? 0 : 1;
        }
      } else if (text[i] == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return word(new String(text, start, end - start));
    }
    if (i < end) {
      int written = exponent(text, i, end);
      if (written == Integer.MIN_VALUE) {
        return Float.NaN;
      }
      exponent += written;
    }
    if (mantissa == 0) {
      return negative ? -0f : 0f;
    }
    if (Math.abs(exponent) < POWERS.length) {
      double d = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      long distance = Math.abs((Double.doubleToRawLongBits(d) & BELOW_FLOAT) - HALF);
      if (distance > DOUBT && d >= Float.MIN_NORMAL) {
        return (float) (negative ? -d : d);
      }
    }
    return Float.parseFloat(new String(text, start, end - start));
  }

  /// Whether the text is `nan`, `inf` or `infinity` in any case, with or without a sign.
  static boolean isNonFinite(String text) {
    String s = text.strip().toLowerCase(Locale.ROOT);
    return switch (s.startsWith("-") || s.startsWith("+") ? s.substring(1) : s) {
      case "nan", "inf", "infinity" -> true;
      default -> false;
    };
  }

  private static float word(String text) {
    if (!isNonFinite(text) || text.toLowerCase(Locale.ROOT).endsWith("nan")) {
      return Float.NaN;
    }
    return text.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
  }

  /// The exponent in `e-3` and the like, clamped; `Integer.MIN_VALUE` when it has another form.
  private static int exponent(char[] text, int from, int end) {
    int i = from;
    if (text[i] != 'e' && text[i] != 'E') {
      return Integer.MIN_VALUE;
    }
    i++;
    boolean negative = i < end && text[i] == '-';
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    if (i == end) {
      return Integer.MIN_VALUE;
    }
    int value = 0;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      value = Math.min(value * 10 + digit, LARGE_EXPONENT);
    }
    return negative ? -value : value;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
