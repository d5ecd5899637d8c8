package org.burin.backend.verilog;

import java.util.Map;
import java.util.TreeMap;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.NetOp;
import org.burin.codegen.netlist.Operand;

/// Expressions of exact widths in one module, and which bits of which net they read.
final class Wires {
  private final Design design;
  private final Map<Integer, Long> read = new TreeMap<>();

  Wires(Design design) {
    this.design = design;
  }

  /// The bits of a net that were read.
  long read(int net) {
    return read.getOrDefault(net, 0L);
  }

  private void mark(int net, int high, int low) {
    long mask = (high - low == Long.SIZE - 1 ? -1L : (1L << (high - low + 1)) - 1) << low;
    read.merge(net, mask, (a, b) -> a | b);
  }

  void markAll(int net) {
    mark(net, design.net(net).width() - 1, 0);
  }

  private Netlist.Net net(Operand o) {
    return design.net(o.net());
  }

  /// Bits of a net, the sign repeated as often as asked.
  String bits(int net, int high, int low) {
    int width = design.net(net).width();
    String name = design.name(net);
    boolean signed = design.net(net).signed();
    if (low >= width) {
      return signed ? Text.repeat(high - low + 1, sign(net)) : Text.literal(0, high - low + 1);
    }
    int top = Math.min(high, width - 1);
    mark(net, top, low);
    String own = width == 1 ? name : top == width - 1 && low == 0 ? name : name + Text.slice(top, low);
    if (high == top) {
      return own;
    }
    int more = high - top;
    return "{" + (signed ? Text.repeat(more, sign(net)) : Text.literal(0, more)) + ", " + own + "}";
  }

  /// The highest bit of a net.
  String sign(int net) {
    int width = design.net(net).width();
    mark(net, width - 1, width - 1);
    return design.name(net) + (width == 1 ? "" : Text.slice(width - 1, width - 1));
  }

  /// An operand in so many bits: exact if they hold it, else its lowest bits.
  String of(Operand o, int width) {
    if (net(o).op() instanceof NetOp.Constant(var value)) {
      return Text.literal(value << o.shift(), width);
    }
    if (o.shift() == 0) {
      return bits(o.net(), width - 1, 0);
    }
    if (o.shift() >= width) {
      return Text.literal(0, width);
    }
    String own = bits(o.net(), width - o.shift() - 1, 0);
    String inner = own.startsWith("{") && own.contains(", ") ? own.substring(1, own.length() - 1) : own;
    return "{" + inner + ", " + Text.literal(0, o.shift()) + "}";
  }

  /// Whether a net is not 0.
  String isTrue(int net) {
    markAll(net);
    return design.net(net).width() == 1 ? design.name(net) : "(|" + design.name(net) + ")";
  }
}
