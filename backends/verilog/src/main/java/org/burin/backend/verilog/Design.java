package org.burin.backend.verilog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.burin.codegen.netlist.LowerToNetlist;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.NetOp;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.netlist.Pipeline;
import org.burin.codegen.spi.Program;

/// A program with registers and names, cut into layers.
///
/// @param top the name of the top module
/// @param pipeline its nets
/// @param inputs the layouts of the inputs
/// @param outputs the layouts of the outputs
/// @param layers its modules, in the order of the nets
/// @param readers for every net the numbers of the modules that read it, [#PORT] for an output
record Design(String top, VerilogOptions options, Pipeline pipeline, List<Layout> inputs, List<Layout> outputs,
    List<Layer> layers, List<Set<Integer>> readers) {
  /// The reader that stands for the outputs.
  static final int PORT = -1;

  /// Nets that follow each other and belong to one layer.
  ///
  /// @param module the name of the module
  /// @param path the path of the layer
  /// @param nets the numbers of the nets
  record Layer(String module, String path, List<Integer> nets) {}

  static Design of(Program.Fixed program, VerilogOptions options) {
    Netlist netlist = LowerToNetlist.of(program.graph(), options.adders());
    Pipeline pipeline = options.stages() >= 0
        ? Pipeline.ofStages(netlist, options.device().delays(), options.stages())
        : Pipeline.ofPeriod(netlist, options.device().delays(), options.period());
    String top = options.topName().isEmpty() ? Names.plain(program.about().name()) : options.topName();
    Names ports = new Names();
    List<Layout> inputs = layouts(pipeline.netlist(), pipeline.netlist().inputs(), ports);
    List<Layout> outputs = layouts(pipeline.netlist(), pipeline.netlist().outputs(), ports);
    List<Layer> layers = layers(top, pipeline.netlist());
    return new Design(top, options, pipeline, inputs, outputs, layers, readers(pipeline.netlist(), layers));
  }

  private static List<Layout> layouts(Netlist netlist, List<Netlist.Port> ports, Names names) {
    return ports.stream().map(p -> Layout.of(netlist, p, names.of(p.name()))).toList();
  }

  private static List<Layer> layers(String top, Netlist netlist) {
    Names names = new Names();
    for (String own : List.of("", "_core", "_skid", "_tmr_register", "_tmr_bank")) {
      names.of(top + own);
    }
    List<Layer> layers = new ArrayList<>();
    List<Integer> now = new ArrayList<>();
    String path = "";
    for (int i = 0; i < netlist.nets().size(); i++) {
      Netlist.Net net = netlist.net(i);
      if (net.op() instanceof NetOp.Input || net.op() instanceof NetOp.Constant) {
        continue;
      }
      if (!now.isEmpty() && !net.layer().equals(path)) {
        layers.add(new Layer(names.of(top + "_" + (path.isEmpty() ? "main" : path)), path, now));
        now = new ArrayList<>();
      }
      path = net.layer();
      now.add(i);
    }
    if (!now.isEmpty()) {
      layers.add(new Layer(names.of(top + "_" + (path.isEmpty() ? "main" : path)), path, now));
    }
    return layers;
  }

  private static List<Set<Integer>> readers(Netlist netlist, List<Layer> layers) {
    List<Set<Integer>> readers = new ArrayList<>();
    netlist.nets().forEach(n -> readers.add(new LinkedHashSet<>()));
    for (int l = 0; l < layers.size(); l++) {
      for (int net : layers.get(l).nets()) {
        for (Operand o : netlist.net(net).op().operands()) {
          readers.get(o.net()).add(l);
        }
      }
    }
    netlist.outputs().forEach(p -> p.elements().forEach(o -> readers.get(o.net()).add(PORT)));
    return readers;
  }

  Netlist netlist() {
    return pipeline.netlist();
  }

  Netlist.Net net(int i) {
    return netlist().net(i);
  }

  int latency() {
    return pipeline.latency();
  }

  boolean hasClock() {
    return latency() > 0;
  }

  /// Whether the pipeline can be held.
  boolean hasEnable() {
    return options.clockEnable() || options.handshake() == Handshake.VALID_READY;
  }

  /// The name of a net: its number and what it is.
  String name(int i) {
    return switch (net(i).op()) {
      case NetOp.Input(var port, var element) -> inputs.stream().filter(l -> l.port().name().equals(port)).findFirst()
          .orElseThrow().name() + "_" + element;
      case NetOp.Constant _ -> throw new IllegalStateException("constants have no name");
      case NetOp.Add _ -> "n" + i + "_add";
      case NetOp.Subtract _ -> "n" + i + "_sub";
      case NetOp.Negate _ -> "n" + i + "_neg";
      case NetOp.Multiply _ -> "n" + i + "_mul";
      case NetOp.Compare _ -> "n" + i + "_is";
      case NetOp.Select _ -> "n" + i + "_sel";
      case NetOp.Maximum _ -> "n" + i + "_max";
      case NetOp.Minimum _ -> "n" + i + "_min";
      case NetOp.Bits _ -> "n" + i + "_bits";
      case NetOp.Table _ -> "n" + i + "_lut";
      case NetOp.Register _ -> "n" + i + "_reg";
    };
  }

  /// Its type and its proven range, as a comment.
  String comment(int i) {
    return "// " + net(i).type() + ", raw " + net(i).range();
  }

  /// The declaration of a net of this kind, such as `wire signed [3:0] n5_add`.
  String declared(String kind, int i) {
    return kind + " " + (net(i).signed() ? "signed " : "") + Text.vector(net(i).width()) + name(i);
  }

  boolean isOutsideOf(int net, int layer) {
    return readers.get(net).stream().anyMatch(r -> r != layer);
  }

  /// The nets of other layers, and the inputs, that a layer reads, in order.
  List<Integer> reads(int layer) {
    Set<Integer> own = Set.copyOf(layers.get(layer).nets());
    Set<Integer> read = new TreeSet<>();
    for (int net : layers.get(layer).nets()) {
      for (Operand o : net(net).op().operands()) {
        if (!own.contains(o.net()) && !(net(o.net()).op() instanceof NetOp.Constant)) {
          read.add(o.net());
        }
      }
    }
    return List.copyOf(read);
  }

  /// The nets of a layer that others read, in order.
  List<Integer> writes(int layer) {
    return layers.get(layer).nets().stream().filter(n -> isOutsideOf(n, layer)).toList();
  }

  boolean hasRegisters(int layer) {
    return layers.get(layer).nets().stream().anyMatch(n -> net(n).op() instanceof NetOp.Register);
  }
}
