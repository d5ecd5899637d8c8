package org.burin.backend.jvm;

/// A whole number in generated code, with what is proven of it.
///
/// @param code a Java expression of type `int` or, if `wide`, `long`; parenthesised unless it binds as tightly as a
///     name
/// @param low the smallest number that it can be
/// @param high the largest number that it can be
/// @param wide whether its Java type is `long`
/// @param simple whether it is a name or a literal, free to repeat
record Term(String code, long low, long high, boolean wide, boolean simple) {
  /// A literal; of type `int` if it fits.
  static Term literal(long number) {
    boolean wide = !Fits.inInt(number);
    return new Term(literal(number, wide), number, number, wide, true);
  }

  /// A variable or an expression that repeats cheaply.
  static Term name(String name, long low, long high, boolean wide) {
    return low == high ? literal(low) : new Term(name, low, high, wide, true);
  }

  /// Any expression: it is put in parentheses.
  static Term of(String expression, long low, long high, boolean wide) {
    return low == high ? literal(low) : new Term("(" + expression + ")", low, high, wide, false);
  }

  boolean isLiteral() {
    return low == high;
  }

  boolean isZero() {
    return low == 0 && high == 0;
  }

  /// The expression as `long` or `int`; narrowing keeps the low bits.
  String as(boolean asWide) {
    if (isLiteral()) {
      return literal(asWide ? low : (int) low, asWide);
    }
    return wide == asWide ? code : asWide ? "(long) " + code : "(int) " + code;
  }

  /// The expression without the outermost parentheses.
  String bare() {
    return !simple && code.startsWith("(") ? code.substring(1, code.length() - 1) : code;
  }

  static String literal(long number, boolean wide) {
    if (!wide) {
      return number == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : Long.toString(number);
    }
    return number == Long.MIN_VALUE ? "Long.MIN_VALUE" : number + "L";
  }
}
