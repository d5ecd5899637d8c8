package org.burin.codegen.verify;

/// The first number that differs from its definition.
///
/// @param sample the number of the sample among the test vectors
/// @param value the output, or the value inside of the graph, such as `%12`
/// @param op the operation that computes it, or empty where it is not known
/// @param layer the path of its layer, or empty outside of any
/// @param type its type, such as `fixed<16,6>` or `f32`
/// @param element its place in the sample, row-major
/// @param expected the raw integer, or the bits of the float, that it should be
/// @param actual the one that it is
public record Divergence(
    long sample, String value, String op, String layer, String type, int element, long expected, long actual) {
  /// One line for people.
  @Override
  public String toString() {
    return "sample " + sample + ", " + value + "[" + element + "]" + (op.isEmpty() ? "" : " (" + op + ")")
        + (layer.isEmpty() ? "" : " of layer " + layer) + ", " + type + ": expected " + number(expected) + ", found "
        + number(actual);
  }

  private String number(long raw) {
    return type.equals("f32")
        ? Float.intBitsToFloat((int) raw) + " (bits 0x" + Integer.toHexString((int) raw) + ")"
        : Long.toString(raw);
  }
}
