package org.burin.codegen.netlist;

/// How long an operation takes, in picoseconds: look-up tables with the wires to them, and carry chains by the bit.
///
/// These are round numbers for a middle speed grade that let a pipeline be cut evenly; they are no timing analysis.
///
/// @param lut a look-up table of six inputs and its wires
/// @param carry a bit of a carry chain
public record DelayModel(int lut, int carry) {
  /// UltraScale+.
  public static final DelayModel ULTRASCALE_PLUS = new DelayModel(350, 12);

  /// 7 series.
  public static final DelayModel SERIES_7 = new DelayModel(550, 25);

  private static final int INPUTS = 6;

  /// The delay of the operation of a net.
  public int of(Netlist netlist, Netlist.Net net) {
    return switch (net.op()) {
      case NetOp.Input _, NetOp.Constant _, NetOp.Bits _, NetOp.Register _ -> 0;
      case NetOp.Add _, NetOp.Subtract _, NetOp.Negate _ -> adder(net.width());
      case NetOp.Multiply(var a, var b) -> {
        int rows = Math.min(netlist.net(a).width(), netlist.net(b).width());
        yield adder(net.width()) * (Integer.SIZE - Integer.numberOfLeadingZeros(rows));
      }
      case NetOp.Compare(_, var a, var b) -> comparison(netlist, a, b);
      case NetOp.Select _ -> lut;
      case NetOp.Maximum(var a, var b) -> lut + comparison(netlist, a, b);
      case NetOp.Minimum(var a, var b) -> lut + comparison(netlist, a, b);
      case NetOp.Table(var x, _) -> lut * (1 + Math.max(0, netlist.net(x).width() - INPUTS + 1) / 2);
    };
  }

  private int adder(int width) {
    return lut + carry * width;
  }

  private int comparison(Netlist netlist, Operand a, Operand b) {
    boolean sign = netlist.range(b).equals(Range.of(0)) || netlist.range(a).equals(Range.of(0));
    return sign ? 0 : adder(Math.max(netlist.range(a).width(), netlist.range(b).width()));
  }
}
