package org.burin.backend.verilog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.codegen.netlist.NetOp;
import org.burin.codegen.netlist.NetTable;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.netlist.Range;
import org.burin.codegen.text.CodeWriter;
import org.burin.fixed.FixedOp.Comparison;

/// Writes the module of one layer: a line for each net, its registers in one block.
final class LayerModule {
  private final Design design;
  private final int layer;
  private final Wires wires;
  private final CodeWriter w = new CodeWriter("  ");
  private final Map<Function, String> tables = new LinkedHashMap<>();

  /// A table as a function of a module.
  private record Function(NetTable table, int argumentWidth, int width, boolean signed) {}

  private LayerModule(Design design, int layer) {
    this.design = design;
    this.layer = layer;
    wires = new Wires(design);
  }

  static String write(Design design, int layer) {
    return new LayerModule(design, layer).write();
  }

  private String write() {
    Design.Layer l = design.layers().get(layer);
    boolean clocked = design.hasRegisters(layer);
    List<String> ports = new ArrayList<>();
    if (clocked) {
      ports.add("input wire clk");
      if (design.hasEnable()) {
        ports.add("input wire ce");
      }
    }
    design.reads(layer).forEach(n -> ports.add(design.declared("input wire", n) + "  " + design.comment(n)));
    design.writes(layer).forEach(n -> ports.add(design.declared("output wire", n) + "  " + design.comment(n)));
    w.line("// " + (l.path().isEmpty() ? "Outside of any layer" : "Layer " + l.path()) + " of " + design.netlist().name());
    w.block("module " + l.module() + " (", () -> ports(ports), ");");
    w.line();
    CodeWriter body = new CodeWriter("  ");
    body.indented(() -> {
      l.nets().stream().filter(n -> !(design.net(n).op() instanceof NetOp.Register)).forEach(n -> net(n, body));
      registers(l.nets().stream().filter(n -> design.net(n).op() instanceof NetOp.Register).toList(), body);
    });
    tables.forEach(this::function);
    w.line(body.toString());
    unused();
    return w.line("endmodule").toString();
  }

  /// Commas between ports, in front of comments.
  private void ports(List<String> ports) {
    for (int i = 0; i < ports.size(); i++) {
      String port = ports.get(i);
      int comment = port.indexOf("  //");
      String comma = i + 1 < ports.size() ? "," : "";
      w.line(comment < 0 ? port + comma : port.substring(0, comment) + comma + port.substring(comment));
    }
  }

  private void net(int n, CodeWriter body) {
    if (design.isOutsideOf(n, layer)) {
      body.line("assign " + design.name(n) + " = " + expression(n) + ";");
    } else {
      body.line(design.declared("wire", n) + " = " + expression(n) + ";  " + design.comment(n));
    }
  }

  private void registers(List<Integer> registers, CodeWriter body) {
    if (registers.isEmpty()) {
      return;
    }
    if (design.options().tmr() == Triplication.REGISTERS) {
      registers.forEach(n -> triplicated(n, body));
      return;
    }
    for (int n : registers) {
      boolean port = design.isOutsideOf(n, layer);
      String name = design.name(n);
      body.line("reg " + (design.net(n).signed() ? "signed " : "") + Text.vector(design.net(n).width()) + name
          + (port ? "_q" : "") + ";  " + design.comment(n));
      if (port) {
        body.line("assign " + name + " = " + name + "_q;");
      }
    }
    body.block("always @(posedge clk) begin", () -> {
      Runnable all = () -> registers.forEach(n -> body.line(design.name(n) + (design.isOutsideOf(n, layer) ? "_q" : "")
          + " <= " + held(n) + ";"));
      if (design.hasEnable()) {
        body.block("if (ce) begin", all, "end");
      } else {
        all.run();
      }
    }, "end");
  }

  private String held(int n) {
    return wires.of(design.net(n).op().operands().getFirst(), design.net(n).width());
  }

  private void triplicated(int n, CodeWriter body) {
    if (!design.isOutsideOf(n, layer)) {
      body.line(design.declared("wire", n) + ";  " + design.comment(n));
    }
    body.line(design.top() + "_tmr_register #(.WIDTH(" + design.net(n).width() + ")) " + design.name(n) + "_tmr (.clk(clk)"
        + (design.hasEnable() ? ", .ce(ce)" : "") + ", .d(" + held(n) + "), .q(" + design.name(n) + "));");
  }

  // ---- expressions ------------------------------------------------------------------------------------------------

  private String expression(int n) {
    Netlist.Net net = design.net(n);
    int width = net.width();
    return switch (net.op()) {
      case NetOp.Input _, NetOp.Constant _, NetOp.Register _ -> throw new IllegalStateException("not computed: " + net);
      case NetOp.Add(var a, var b) -> wires.of(a, width) + " + " + wires.of(b, width);
      case NetOp.Subtract(var a, var b) -> wires.of(a, width) + " - " + wires.of(b, width);
      case NetOp.Negate(var x) -> "-" + wires.of(Operand.of(x), width);
      case NetOp.Multiply(var a, var b) ->
          wires.of(Operand.of(a), width) + " * " + wires.of(Operand.of(b), width);
      case NetOp.Compare(var comparison, var a, var b) -> compare(comparison, a, b);
      case NetOp.Select(var c, var a, var b) ->
          wires.isTrue(c) + " ? " + wires.of(a, width) + " : " + wires.of(b, width);
      case NetOp.Maximum(var a, var b) ->
          "(" + compare(Comparison.GT, a, b) + ") ? " + wires.of(a, width) + " : " + wires.of(b, width);
      case NetOp.Minimum(var a, var b) ->
          "(" + compare(Comparison.LT, a, b) + ") ? " + wires.of(a, width) + " : " + wires.of(b, width);
      case NetOp.Bits(var x, var low, _, _) -> wires.bits(x, low + width - 1, low);
      case NetOp.Table(var x, var table) -> {
        wires.markAll(x);
        Function function = new Function(table, design.net(x).width(), width, net.signed());
        String name = tables.computeIfAbsent(function, t ->
            "f" + tables.size() + "_" + Names.plain(table.function()));
        yield name + "(" + design.name(x) + ")";
      }
    };
  }


  private String compare(Comparison comparison, Operand a, Operand b) {
    Range left = design.netlist().range(a);
    Range right = design.netlist().range(b);
    if (right.equals(Range.of(0)) && comparison == Comparison.LT) {
      return wires.sign(a.net());
    }
    if (right.equals(Range.of(0)) && comparison == Comparison.GE) {
      return "~" + wires.sign(a.net());
    }
    Range both = left.hull(right);
    int width = both.width();
    boolean signed = both.signed() && comparison != Comparison.EQ && comparison != Comparison.NE;
    String x = wires.of(a, width);
    String y = wires.of(b, width);
    String operator = switch (comparison) {
      case LT -> " < ";
      case LE -> " <= ";
      case GT -> " > ";
      case GE -> " >= ";
      case EQ -> " == ";
      case NE -> " != ";
    };
    return signed ? "$signed(" + x + ")" + operator + "$signed(" + y + ")" : x + operator + y;
  }

  private void function(Function f, String name) {
    NetTable table = f.table();
    w.indented(() -> {
      w.line("// " + table);
      w.line("function " + (f.signed() ? "signed " : "") + Text.vector(f.width()) + name + ";");
      w.indented(() -> {
        w.line("input " + Text.vector(f.argumentWidth()) + name + "_x;");
        w.block("case (" + name + "_x)", () -> {
          for (int i = 0; i < table.entries().length; i++) {
            w.line(Text.literal(table.first() + i, f.argumentWidth()) + ": " + name + " = "
                + Text.literal(table.entries()[i], f.width()) + ";");
          }
          w.line("default: " + name + " = " + Text.literal(table.entries()[0], f.width()) + ";");
        }, "endcase");
      });
      w.line("endfunction");
      w.line();
    });
  }

  /// Reads the bits that nothing else reads, as linters want every bit to be read.
  private void unused() {
    List<String> parts = new ArrayList<>();
    List<Integer> all = new ArrayList<>(design.reads(layer));
    design.layers().get(layer).nets().stream().filter(n -> !design.isOutsideOf(n, layer)).forEach(all::add);
    for (int n : all) {
      int width = design.net(n).width();
      long read = wires.read(n);
      for (int high = width - 1; high >= 0; high--) {
        if ((read >>> high & 1) == 0) {
          int low = high;
          while (low > 0 && (read >>> (low - 1) & 1) == 0) {
            low--;
          }
          parts.add(design.name(n) + (width == 1 ? "" : Text.slice(high, low)));
          high = low;
        }
      }
    }
    if (!parts.isEmpty()) {
      w.indented(() -> {
        w.line("// Bits without influence.");
        w.line("wire unused = &{1'b0,");
        w.indented(() -> w.line(parts.stream().collect(Collectors.joining(",\n")) + "};"));
      });
    }
  }
}
