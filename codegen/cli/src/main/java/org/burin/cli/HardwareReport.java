package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.codegen.report.Estimates;
import org.burin.codegen.report.LayerEstimate;
import org.burin.codegen.report.Measurement;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.pass.TextTable;
import org.jspecify.annotations.Nullable;

/// What a model costs as hardware: estimated from the program, and measured by the tools of the vendor.
///
/// @param layers the estimates of its layers, and their total as the last
/// @param measured what reports have, empty where there are none
record HardwareReport(String model, String backend, List<LayerEstimate> layers, List<Measurement> measured) {
  /// The costs with a backend and its options.
  ///
  /// @param reports a folder with reports of the vendor's tools, or null
  /// @throws IOException when a report cannot be read
  /// @throws IllegalArgumentException when the backend cannot translate the program, or makes no hardware
  static <O extends Record> HardwareReport of(Emitter<O> emitter, Program program, @Nullable Path reports)
      throws IOException {
    emitter.check(program);
    List<LayerEstimate> operations = emitter.backend().estimate(program, emitter.options());
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("backend '" + emitter.backend().name()
          + "' makes no hardware; expected one that does, such as vitis or catapult");
    }
    List<LayerEstimate> layers = new ArrayList<>(Estimates.byLayer(operations));
    layers.add(Estimates.total(operations));
    return new HardwareReport(program.about().name(), emitter.backend().name(), layers,
        reports == null ? List.of() : emitter.backend().measured(reports));
  }

  void print(PrintWriter out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("layer", "multipliers", "adders", "adder bits", "table bits", "weight bits", "register bits",
        "latency", "interval"));
    for (LayerEstimate e : layers) {
      cells.add(List.of(e.layer(), text(e.multipliers()), text(e.adders()), text(e.adderBits()), text(e.tableBits()),
          text(e.weightBits()), text(e.registerBits()), text(e.latency()), text(e.interval())));
    }
    out.println("model " + model + ", estimated for " + backend + " before synthesis");
    out.print(TextTable.of(cells, 1));
    if (!measured.isEmpty()) {
      out.println();
      out.println("measured");
      measured.forEach(m -> out.println("  " + m.quantity() + ": " + m.value() + "  (" + m.source() + ")"));
    }
    out.flush();
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  void printJson(PrintWriter out) {
    new Report("report")
        .add("model", model)
        .add("backend", backend)
        .add("layers", layers.subList(0, layers.size() - 1).stream().map(HardwareReport::entry).toList())
        .add("total", entry(layers.getLast()))
        .add("measured", measured.stream().map(m -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("quantity", m.quantity());
          entry.put("value", m.value());
          entry.put("source", m.source());
          return entry;
        }).toList())
        .print(out, true);
  }

  private static Map<String, Object> entry(LayerEstimate e) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("layer", e.layer());
    entry.put("multipliers", e.multipliers());
    entry.put("adders", e.adders());
    entry.put("adder_bits", e.adderBits());
    entry.put("table_bits", e.tableBits());
    entry.put("weight_bits", e.weightBits());
    entry.put("register_bits", e.registerBits());
    entry.put("latency", e.latency());
    entry.put("interval", e.interval());
    return entry;
  }
}
