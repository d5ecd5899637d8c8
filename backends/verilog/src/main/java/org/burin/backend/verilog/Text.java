package org.burin.backend.verilog;

/// Pieces of Verilog.
final class Text {
  private Text() {}

  /// `[high:low]`, or `[bit]`.
  static String slice(int high, int low) {
    return high == low ? "[" + low + "]" : "[" + high + ":" + low + "]";
  }

  /// The range of a declaration with a blank behind, nothing for one bit.
  static String vector(int width) {
    return width == 1 ? "" : "[" + (width - 1) + ":0] ";
  }

  /// A number in two's complement of so many bits: `8'h1f`.
  static String literal(long value, int width) {
    long bits = width == Long.SIZE ? value : value & ((1L << width) - 1);
    return width + "'h" + Long.toHexString(bits);
  }

  /// A repeated bit.
  static String repeat(int times, String bit) {
    return times == 1 ? bit : "{" + times + "{" + bit + "}}";
  }
}
