package org.burin.codegen.netlist;

/// Checks that a netlist is well formed: operands come before their users, inputs are those of the ports, every range
/// follows from the ranges of the operands, shifts and widths are possible, and every net of an output is the same
/// number of registers away from the inputs.
public final class NetlistVerifier {
  private final Netlist netlist;

  private NetlistVerifier(Netlist netlist) {
    this.netlist = netlist;
  }

  /// Checks a netlist.
  ///
  /// @throws NetlistException when it is not well formed: net, what was expected, what was found
  public static void verify(Netlist netlist) {
    new NetlistVerifier(netlist).run();
  }

  private void run() {
    int[] stages = new int[netlist.nets().size()];
    for (int i = 0; i < stages.length; i++) {
      Netlist.Net net = netlist.net(i);
      for (Operand o : net.op().operands()) {
        if (o.net() < 0 || o.net() >= i || o.shift() < 0) {
          throw wrong(i, "expected nets before %" + i + " times powers of two, found " + o);
        }
      }
      checkRange(i, net);
      stages[i] = stage(i, net, stages);
    }
    for (Netlist.Port port : netlist.inputs()) {
      for (int e = 0; e < port.elements().size(); e++) {
        int at = port.elements().get(e).net();
        if (!(netlist.net(at).op() instanceof NetOp.Input(var name, var element)) || !name.equals(port.name())
            || element != e) {
          throw wrong(at, "expected element " + e + " of input '" + port.name() + "'");
        }
      }
    }
    checkLatency(stages);
  }

  private void checkRange(int i, Netlist.Net net) {
    Range found = NetRanges.of(net.op(), net.range(), n -> netlist.net(n).range());
    if (!found.contains(net.range())) {
      throw wrong(i, "expected a range inside of " + found + ", found " + net.range());
    }
    if (net.op() instanceof NetOp.Bits b && (b.width() < 1 || b.low() < 0 || b.width() + (b.signed() ? 0 : 1) > 64)) {
      throw wrong(i, "expected bits of a number of 64");
    }
  }

  private static final int ANY = -1;

  /// The registers between the inputs and a net; constants are everywhere.
  private int stage(int i, Netlist.Net net, int[] stages) {
    int stage = net.op() instanceof NetOp.Constant ? ANY : 0;
    boolean first = true;
    for (Operand o : net.op().operands()) {
      int s = stages[o.net()];
      if (s == ANY) {
        continue;
      }
      if (!first && s != stage) {
        throw wrong(i, "expected operands of the same clock cycle, found registers " + stage + " and " + s);
      }
      stage = s;
      first = false;
    }
    if (first && !net.op().operands().isEmpty()) {
      return ANY;
    }
    return net.op() instanceof NetOp.Register ? stage + 1 : stage;
  }

  private void checkLatency(int[] stages) {
    int latency = ANY;
    for (Netlist.Port port : netlist.outputs()) {
      for (Operand o : port.elements()) {
        int s = stages[o.net()];
        if (s != ANY && latency != ANY && s != latency) {
          throw wrong(o.net(), "expected all outputs after " + latency + " registers, found one after " + s);
        }
        latency = s == ANY ? latency : s;
      }
    }
  }

  private NetlistException wrong(int net, String what) {
    return new NetlistException("netlist '" + netlist.name() + "', net %" + net + " = "
        + NetlistText.print(netlist.net(net).op()) + ": " + what);
  }
}
