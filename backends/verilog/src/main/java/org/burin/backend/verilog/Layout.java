package org.burin.backend.verilog;

import java.util.ArrayList;
import java.util.List;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.Operand;

/// Where the elements of an input or output lie in its port: one after another, the first one lowest, each with the bits
/// of its net. The raw integer of an element is its net times a power of two.
///
/// @param name the name of the port in Verilog
/// @param port the elements
/// @param offsets the lowest bit of each element
/// @param widths the number of bits of each element
/// @param signed whether each element is two's complement
/// @param width the number of bits of the port
record Layout(
    String name, Netlist.Port port, List<Integer> offsets, List<Integer> widths, List<Boolean> signed, int width) {
  static Layout of(Netlist netlist, Netlist.Port port, String name) {
    List<Integer> offsets = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    List<Boolean> signed = new ArrayList<>();
    int next = 0;
    for (Operand o : port.elements()) {
      offsets.add(next);
      widths.add(netlist.net(o).width());
      signed.add(netlist.net(o).signed());
      next += netlist.net(o).width();
    }
    return new Layout(name, port, offsets, widths, signed, next);
  }

  int size() {
    return widths.size();
  }

  /// The bits of an element in the port, such as `x[11:8]`.
  String element(int i) {
    return name + (width == 1 ? "" : Text.slice(offsets.get(i) + widths.get(i) - 1, offsets.get(i)));
  }

  /// The 32-bit words that hold a sample.
  int words() {
    return (width + 31) / 32;
  }

  /// Puts raw integers into words, lowest first.
  void pack(long[] raw, int from, int[] words) {
    for (int i = 0; i < size(); i++) {
      long bits = raw[from + i] >> port.elements().get(i).shift();
      for (int b = 0; b < widths.get(i); b++) {
        int at = offsets.get(i) + b;
        words[at >> 5] |= (int) (bits >>> b & 1) << (at & 31);
      }
    }
  }

  /// Takes raw integers out of words.
  void unpack(int[] words, long[] raw, int to) {
    for (int i = 0; i < size(); i++) {
      long bits = 0;
      for (int b = 0; b < widths.get(i); b++) {
        int at = offsets.get(i) + b;
        bits |= (long) (words[at >> 5] >>> (at & 31) & 1) << b;
      }
      int unused = Long.SIZE - widths.get(i);
      long value = signed.get(i) ? bits << unused >> unused : bits;
      raw[to + i] = value << port.elements().get(i).shift();
    }
  }
}
