package org.burin.backend.verilog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.burin.codegen.netlist.NetOp;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.text.CodeWriter;

/// Writes the modules around the layers: the core, which connects them, and what speaks to the outside.
final class TopModule {
  private final Design design;
  private final Wires wires;

  private TopModule(Design design) {
    this.design = design;
    wires = new Wires(design);
  }

  /// The name of the module that connects the layers.
  static String coreName(Design design) {
    boolean wrapped = design.options().handshake() != Handshake.NONE || design.options().tmr() == Triplication.FULL;
    return design.top() + (wrapped ? "_core" : "");
  }

  // ---- the core ---------------------------------------------------------------------------------------------------

  static String core(Design design) {
    return new TopModule(design).core();
  }

  private String core() {
    CodeWriter w = new CodeWriter("  ");
    head(w, coreName(design), List.of(), design.hasEnable());
    w.indented(() -> {
      for (int net : inputNets()) {
        Layout layout = layoutOf(net);
        int element = ((NetOp.Input) design.net(net).op()).element();
        w.line(design.declared("wire", net) + " = " + layout.element(element) + ";  " + design.comment(net));
      }
      crossing().forEach(n -> w.line(design.declared("wire", n) + ";  " + design.comment(n)));
      w.line();
      for (int l = 0; l < design.layers().size(); l++) {
        instance(w, l);
      }
      design.outputs().forEach(o -> output(w, o));
      unused(w);
    });
    return w.line("endmodule").toString();
  }

  private void head(CodeWriter w, String name, List<String> more, boolean enable) {
    w.line("// " + design.netlist().name() + ": a sample with every clock cycle, " + design.latency()
        + " cycle" + (design.latency() == 1 ? "" : "s") + " from input to output.");
    List<String> ports = new ArrayList<>();
    if (design.hasClock()) {
      ports.add("input wire clk");
    }
    if (enable) {
      ports.add("input wire ce");
    }
    ports.addAll(more);
    design.inputs().forEach(l -> describe(w, l));
    design.outputs().forEach(l -> describe(w, l));
    design.inputs().forEach(l -> ports.add("input wire " + Text.vector(l.width()) + l.name()));
    design.outputs().forEach(l -> ports.add("output wire " + Text.vector(l.width()) + l.name()));
    w.block("module " + name + " (", () -> w.line(String.join(",\n", ports)), ");");
    w.line();
  }

  /// Where the elements of a port are.
  private void describe(CodeWriter w, Layout l) {
    boolean even = true;
    for (int i = 1; i < l.size(); i++) {
      even &= l.widths().get(i).equals(l.widths().get(0))
          && type(l, i).equals(type(l, 0));
    }
    w.line("//   " + l.name() + ": " + l.size() + " element" + (l.size() == 1 ? "" : "s") + (even
        ? " of " + type(l, 0) + (l.size() == 1 ? "" : ", element i in bits [" + l.widths().get(0) + " * i +: "
            + l.widths().get(0) + "]")
        : ""));
    if (!even) {
      for (int i = 0; i < l.size(); i++) {
        w.line("//     " + i + " " + l.element(i) + " " + type(l, i));
      }
    }
  }

  private String type(Layout l, int element) {
    return design.net(l.port().elements().get(element).net()).type();
  }

  private Layout layoutOf(int net) {
    String port = ((NetOp.Input) design.net(net).op()).port();
    return design.inputs().stream().filter(l -> l.port().name().equals(port)).findFirst().orElseThrow();
  }

  private List<Integer> inputNets() {
    return design.inputs().stream().flatMap(l -> l.port().elements().stream()).map(Operand::net)
        .filter(n -> !design.readers().get(n).isEmpty()).toList();
  }

  /// The nets between modules.
  private Set<Integer> crossing() {
    Set<Integer> nets = new TreeSet<>();
    for (int l = 0; l < design.layers().size(); l++) {
      nets.addAll(design.writes(l));
    }
    return nets;
  }

  private void instance(CodeWriter w, int l) {
    Design.Layer layer = design.layers().get(l);
    List<String> connections = new ArrayList<>();
    if (design.hasRegisters(l)) {
      connections.add(".clk(clk)");
      if (design.hasEnable()) {
        connections.add(".ce(ce)");
      }
    }
    List<Integer> nets = new ArrayList<>(design.reads(l));
    nets.addAll(design.writes(l));
    for (int n : nets) {
      wires.markAll(n);
      connections.add("." + design.name(n) + "(" + design.name(n) + ")");
    }
    w.block(layer.module() + " layer_" + l + " (", () -> w.line(String.join(",\n", connections)), ");");
    w.line();
  }

  private void output(CodeWriter w, Layout l) {
    List<String> parts = new ArrayList<>();
    for (int i = l.size() - 1; i >= 0; i--) {
      int net = l.port().elements().get(i).net();
      parts.add(wires.of(Operand.of(net), l.widths().get(i)));
    }
    w.line("assign " + l.name() + " = " + (parts.size() == 1 ? parts.getFirst() : "{" + String.join(",\n  ", parts)
        + "}") + ";");
  }

  /// Reads the inputs that nothing else reads.
  private void unused(CodeWriter w) {
    List<String> parts = new ArrayList<>();
    for (Layout l : design.inputs()) {
      for (int i = 0; i < l.size(); i++) {
        if (design.readers().get(l.port().elements().get(i).net()).isEmpty()) {
          parts.add(l.element(i));
        }
      }
    }
    boolean held = false;
    for (int l = 0; l < design.layers().size(); l++) {
      held |= design.hasRegisters(l);
    }
    if (design.hasClock() && !held) {
      // All outputs are constant.
      parts.add("clk");
      if (design.hasEnable()) {
        parts.add("ce");
      }
    }
    if (!parts.isEmpty()) {
      w.line("// Inputs without influence.");
      w.line("wire unused = &{1'b0, " + String.join(",\n  ", parts) + "};");
    }
  }

  // ---- around the core --------------------------------------------------------------------------------------------

  /// The top module, if the core is not.
  static String top(Design design) {
    return new TopModule(design).top();
  }

  private String top() {
    CodeWriter w = new CodeWriter("  ");
    List<String> more = new ArrayList<>();
    boolean valid = design.options().handshake() != Handshake.NONE;
    boolean ready = design.options().handshake() == Handshake.VALID_READY;
    if (valid) {
      more.addAll(List.of("input wire rst", "input wire in_valid", "output wire out_valid"));
    }
    if (ready) {
      more.addAll(List.of("output wire in_ready", "input wire out_ready"));
    }
    head(w, design.top(), more, design.options().clockEnable());
    w.indented(() -> {
      if (ready) {
        skid(w);
      } else if (design.options().clockEnable()) {
        w.line("wire run = ce;");
      }
      if (valid) {
        valid(w, ready);
      }
      if (design.options().tmr() == Triplication.FULL) {
        triplicated(w);
      } else {
        w.line(core("core", "", ready ? "held_" : ""));
      }
    });
    return w.line("endmodule").toString();
  }

  private boolean canHold() {
    return design.hasEnable();
  }

  /// An input buffer that breaks the path from `out_ready` to `in_ready`.
  private void skid(CodeWriter w) {
    w.line("wire held_valid;");
    design.inputs().forEach(l -> w.line("wire " + Text.vector(l.width()) + "held_" + l.name() + ";"));
    w.line("// The pipeline stands still while a result waits for its receiver.");
    w.line("wire run = out_ready | ~out_valid;");
    int width = design.inputs().stream().mapToInt(Layout::width).sum();
    String all = design.inputs().reversed().stream().map(Layout::name).collect(Collectors.joining(", "));
    String held = design.inputs().reversed().stream().map(l -> "held_" + l.name()).collect(Collectors.joining(", "));
    w.block(design.top() + "_skid #(.WIDTH(" + width + ")) skid (", () -> w.line("""
        .clk(clk),
        .rst(rst),
        .in_valid(in_valid),
        .in_ready(in_ready),
        .in_data({%s}),
        .out_valid(held_valid),
        .out_ready(run),
        .out_data({%s})""".formatted(all, held)), ");");
    w.line();
  }

  private void valid(CodeWriter w, boolean ready) {
    int latency = design.latency();
    String first = ready ? "held_valid" : "in_valid";
    w.line("localparam LATENCY = " + latency + ";");
    w.line("reg [LATENCY-1:0] valid;");
    w.line("assign out_valid = valid[LATENCY-1];");
    String next = latency == 1 ? first : "{valid[LATENCY-2:0], " + first + "}";
    w.block("always @(posedge clk) begin", () -> {
      w.line("if (rst) valid <= {LATENCY{1'b0}};");
      w.line("else " + (canHold() ? "if (run) " : "") + "valid <= " + next + ";");
    }, "end");
    w.line();
  }

  private String core(String name, String outputSuffix, String inputPrefix) {
    List<String> c = new ArrayList<>();
    if (design.hasClock()) {
      c.add(".clk(clk)");
    }
    if (canHold()) {
      c.add(".ce(run)");
    }
    design.inputs().forEach(l -> c.add("." + l.name() + "(" + inputPrefix + l.name() + ")"));
    design.outputs().forEach(l -> c.add("." + l.name() + "(" + l.name() + outputSuffix + ")"));
    return coreName(design) + " " + name + " (\n  " + String.join(",\n  ", c) + "\n);";
  }

  private void triplicated(CodeWriter w) {
    String prefix = design.options().handshake() == Handshake.VALID_READY ? "held_" : "";
    for (String copy : List.of("_a", "_b", "_c")) {
      design.outputs().forEach(l -> w.line("wire " + Text.vector(l.width()) + l.name() + copy + ";"));
      w.line("(* keep_hierarchy *)");
      w.line(core("core" + copy, copy, prefix));
    }
    for (Layout l : design.outputs()) {
      String n = l.name();
      w.line("assign " + n + " = (" + n + "_a & " + n + "_b) | (" + n + "_a & " + n + "_c) | (" + n + "_b & " + n + "_c);");
    }
  }
}
