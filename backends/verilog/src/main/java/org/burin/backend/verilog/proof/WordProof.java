package org.burin.backend.verilog.proof;

import java.util.ArrayList;
import java.util.List;
import org.burin.codegen.netlist.LowerToNetlist;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.spi.Program;

/// A proof, word by word, that a module computes a program: for all inputs, without overflow, each output after the same
/// number of registers.
///
/// Both sides become linear forms with exact integers: the program by sums of products, without adder graphs, the module as
/// yosys reads it. They are equal where all outputs have equal forms. A difference of forms is not always a difference of
/// numbers, equal forms always are equal numbers.
public final class WordProof {
  private WordProof() {}

  /// The elements of a port: where each lies.
  ///
  /// @param module the name of the port in the module
  /// @param program its name in the program
  /// @param shifts the power of two by which each element's raw integer exceeds its bits
  public record Port(String module, String program, List<Integer> offsets, List<Integer> widths, List<Boolean> signed,
      List<Integer> shifts) {
    /// Copies the lists.
    public Port {
      offsets = List.copyOf(offsets);
      widths = List.copyOf(widths);
      signed = List.copyOf(signed);
      shifts = List.copyOf(shifts);
    }
  }

  /// What was found.
  ///
  /// @param elements the elements of outputs that were compared
  /// @param different those whose forms differ, or that could not be read: name and why
  public record Result(int elements, List<String> different) {
    /// Copies the list.
    public Result {
      different = List.copyOf(different);
    }

    /// Whether all elements are proven.
    public boolean holds() {
      return elements > 0 && different.isEmpty();
    }
  }

  /// Compares a module with a program.
  ///
  /// @param json the flat module, by `proc; flatten; opt_clean; write_json`
  /// @param module its name
  /// @param latency the registers from the inputs to the outputs
  public static Result prove(
      Program.Fixed program, String json, String module, List<Port> inputs, List<Port> outputs, int latency) {
    Forms forms = new Forms();
    NetlistForms right = new NetlistForms(LowerToNetlist.sumsOfProducts(program.graph()), forms);
    RtlForms rtl = new RtlForms(json, module, forms);
    for (Port port : inputs) {
      List<Operand> elements = port(right.netlist().inputs(), port.program()).elements();
      for (int i = 0; i < elements.size(); i++) {
        rtl.input(port.module(), port.offsets().get(i), port.widths().get(i), right.net(elements.get(i)));
      }
    }
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (Port port : outputs) {
      List<Operand> elements = port(right.netlist().outputs(), port.program()).elements();
      for (int i = 0; i < elements.size(); i++, compared++) {
        String problem = compare(rtl, port, i, right, elements.get(i), latency);
        if (!problem.isEmpty()) {
          different.add(port.module() + "[" + i + "]: " + problem);
        }
      }
    }
    return new Result(compared, different);
  }

  private static Netlist.Port port(List<Netlist.Port> ports, String name) {
    return ports.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  /// Why an element is not proven; empty if it is.
  private static String compare(RtlForms module, Port port, int i, NetlistForms right, Operand element, int latency) {
    try {
      RtlForms.Word word = module.output(port.module(), port.offsets().get(i), port.widths().get(i), port.signed().get(i));
      if (word.stage() >= 0 && word.stage() != latency) {
        return "expected after " + latency + " registers, found after " + word.stage();
      }
      return word.form().times(1L << port.shifts().get(i)).equals(right.of(element)) ? ""
          : "the form differs from that of the program";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
