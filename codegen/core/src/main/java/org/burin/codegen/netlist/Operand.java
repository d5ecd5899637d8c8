package org.burin.codegen.netlist;

/// A net times `2^shift`: wiring, which costs nothing.
///
/// @param net the number of the net
/// @param shift at least 0
public record Operand(int net, int shift) {
  /// The net itself.
  public static Operand of(int net) {
    return new Operand(net, 0);
  }

  /// The same times `2^bits`.
  public Operand shifted(int bits) {
    return new Operand(net, shift + bits);
  }

  /// As in listings: `%3`, `%3<<2`.
  @Override
  public String toString() {
    return "%" + net + (shift == 0 ? "" : "<<" + shift);
  }
}
