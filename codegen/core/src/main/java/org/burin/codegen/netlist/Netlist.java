package org.burin.codegen.netlist;

import java.util.List;

/// A program as a list of numbers: scalar arithmetic on whole numbers, in which every net has one operation and a proven
/// range. What it computes is defined by [NetlistInterpreter].
///
/// @param name what it is called
/// @param nets the nets, operands before users; a net is named by its position
/// @param inputs the inputs of a sample
/// @param outputs the outputs of a sample
public record Netlist(String name, List<Net> nets, List<Port> inputs, List<Port> outputs) {
  /// Copies the lists.
  public Netlist {
    nets = List.copyOf(nets);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// A number.
  ///
  /// @param op how it is computed
  /// @param range what it can be, for all inputs
  /// @param fraction the number of its bits right of the binary point, where it stands for a number of the program; for
  ///     listings only
  /// @param layer the path of the layer that it belongs to, or empty
  public record Net(NetOp op, Range range, int fraction, String layer) {
    /// The bits that hold it.
    public int width() {
      return range.width();
    }

    /// Whether it is two's complement.
    public boolean signed() {
      return range.signed();
    }

    /// Its type, such as `fixed<6,3>`.
    public String type() {
      return (signed() ? "" : "u") + "fixed<" + width() + "," + (width() - fraction) + ">";
    }
  }

  /// An input or output.
  ///
  /// @param name its name
  /// @param elements for every element of a sample, row-major, its net times a power of two: its raw integer
  public record Port(String name, List<Operand> elements) {
    /// Copies the list.
    public Port {
      elements = List.copyOf(elements);
    }
  }

  /// The net of that number.
  public Net net(int number) {
    return nets.get(number);
  }

  /// The net that an operand shifts.
  public Net net(Operand operand) {
    return nets.get(operand.net());
  }

  /// The numbers that an operand can be.
  public Range range(Operand operand) {
    return net(operand).range().shiftLeft(operand.shift());
  }

  /// The netlist as text; see [NetlistText].
  @Override
  public String toString() {
    return NetlistText.print(this);
  }
}
