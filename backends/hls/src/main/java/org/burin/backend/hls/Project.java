package org.burin.backend.hls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.burin.backend.hls.Design.Call;
import org.burin.backend.hls.Design.ConstantArray;
import org.burin.backend.hls.Design.Port;
import org.burin.codegen.report.Estimates;
import org.burin.codegen.report.LayerEstimate;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.template.Template;
import org.burin.codegen.verify.References;
import org.burin.codegen.verify.TestVectors;

/// Writes what lies around the firmware: test bench, golden vectors, make file, README, `burin.json`.
final class Project {
  private static final long SEED = 1;

  private final Program.Fixed program;
  private final Design design;
  private final Dialect dialect;
  private final Map<String, Object> model = new LinkedHashMap<>();

  /// A port as text.
  ///
  /// @param name of the array
  /// @param size its number of elements
  /// @param typeText its type
  /// @param range its raw integers
  public record PortText(String name, int size, String typeText, String range) {}

  /// Weights that come in through a port.
  ///
  /// @param name of the array
  /// @param size its number of elements
  public record WeightText(String name, int size) {}

  Project(Program.Fixed program, Design design, Dialect dialect) {
    this.program = program;
    this.design = design;
    this.dialect = dialect;
    List<PortText> inputs = design.inputs().stream().map(this::text).toList();
    List<PortText> outputs = design.outputs().stream().map(this::text).toList();
    List<PortText> ports = new ArrayList<>(inputs);
    ports.addAll(outputs);
    model.put("top", design.top());
    model.put("model", design.about().name());
    model.put("tool", dialect.tool());
    model.put("typesFolder", dialect.typesFolder());
    model.put("inputs", inputs);
    model.put("outputs", outputs);
    model.put("ports", ports);
    List<WeightText> weights =
        design.weightPorts().stream().map(c -> new WeightText(c.name(), c.raw().length)).toList();
    model.put("weights", weights);
    model.put("includes", dialect.includes());
    model.put("inputSize", design.inputs().stream().mapToInt(Port::size).sum());
    model.put("outputSize", design.outputs().stream().mapToInt(Port::size).sum());
    List<String> arguments = new ArrayList<>(ports.stream().map(PortText::name).toList());
    weights.forEach(w -> arguments.add(w.name()));
    model.put("arguments", String.join(", ", arguments));
    model.putAll(dialect.texts(design));
  }

  private PortText text(Port p) {
    int shift = p.shift();
    long low = p.value().precision().low();
    long high = p.value().precision().high();
    return new PortText(p.name(), p.size(), dialect.type(p.type()),
        (shift < 0 ? 0 : low >> shift) + " to " + (shift < 0 ? 0 : high >> shift));
  }

  void write(Artifact.Builder files) {
    files.text(design.top() + "_test.cpp", template("test.cpp"));
    files.text("Makefile", template("Makefile"));
    files.text("README.md", template("README.md"));
    dialect.scripts().forEach((path, file) -> files.text(path, template(file)));
    golden(files);
  }

  private String template(String file) {
    return Template.merge(file, KernelLibrary.resource("project/" + file), model);
  }

  // ---- golden vectors -----------------------------------------------------------------------------------------------

  private void golden(Artifact.Builder files) {
    int samples = design.settings().vectors();
    Map<String, long[]> inputs = TestVectors.corners(program, SEED).block(0, samples);
    try (Execution golden = References.of(program)) {
      files.text("tb_data/inputs.dat", lines(design.inputs(), samples, inputs));
      files.text("tb_data/outputs.dat", lines(design.outputs(), samples, golden.run(samples, inputs)));
    }
  }

  private static String lines(List<Port> ports, int samples, Map<String, long[]> numbers) {
    StringBuilder s = new StringBuilder();
    for (int n = 0; n < samples; n++) {
      String separator = "";
      for (Port p : ports) {
        long[] all = Objects.requireNonNull(numbers.get(p.label()));
        int first = all.length == p.size() ? 0 : n * p.size();
        for (int i = 0; i < p.size(); i++) {
          s.append(separator).append(p.shift() < 0 ? 0 : all[first + i] >> p.shift());
          separator = " ";
        }
      }
      s.append('\n');
    }
    return s.toString();
  }

  // ---- burin.json ---------------------------------------------------------------------------------------------------

  /// The description of the project for programs.
  ///
  /// @param firmware the files that it has the hashes of
  String json(Artifact firmware) {
    List<String> members = new ArrayList<>();
    members.add("\"model\": " + quoted(design.about().name()));
    members.add("\"tool\": " + quoted(dialect.tool()));
    members.add("\"top\": " + quoted(design.top()));
    members.add("\"inputs\": " + ports(design.inputs()));
    members.add("\"outputs\": " + ports(design.outputs()));
    members.add("\"weights\": [" + design.constants().stream().map(Project::weights)
        .collect(Collectors.joining(",")) + "\n  ]");
    members.add("\"calls\": [" + design.calls().stream().map(this::call).collect(Collectors.joining(",")) + "\n  ]");
    LayerEstimate total = Estimates.total(
        Estimates.of(program.graph(), design.settings()::turns));
    members.add("\"estimate\": {\"multipliers\": " + total.multipliers() + ", \"adders\": " + total.adders()
        + ", \"table_bits\": " + total.tableBits() + ", \"register_bits\": " + total.registerBits() + ", \"latency\": "
        + total.latency() + ", \"interval\": " + total.interval() + "}");
    members.add("\"sha256\": {" + firmware.files().entrySet().stream()
        .map(e -> "\n    " + quoted(e.getKey()) + ": " + quoted(hash(e.getValue().content())))
        .collect(Collectors.joining(",")) + "\n  }");
    return "{\n  " + String.join(",\n  ", members) + "\n}\n";
  }

  private String ports(List<Port> ports) {
    return "[" + ports.stream().map(p -> "\n    {\"name\": " + quoted(p.name()) + ", \"label\": " + quoted(p.label())
        + ", \"shape\": " + quoted(p.value().shape().toString()) + ", \"type\": " + quoted(p.type().toString()) + "}")
        .collect(Collectors.joining(",")) + "\n  ]";
  }

  private static String weights(ConstantArray c) {
    return "\n    {\"name\": " + quoted(c.name()) + ", \"layer\": " + quoted(c.layer()) + ", \"type\": "
        + quoted(c.type().toString()) + ", \"elements\": " + c.raw().length + ", \"port\": " + c.port() + "}";
  }

  private String call(Call c) {
    HlsSettings.Choice choice = design.settings().choice(c.layer());
    return "\n    {\"name\": " + quoted(c.name()) + ", \"layer\": " + quoted(c.layer()) + ", \"kernel\": "
        + quoted(c.function()) + ", \"strategy\": " + quoted(choice.strategy().name().toLowerCase(Locale.ROOT))
        + ", \"reuse\": " + choice.reuse() + "}";
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String quoted(String text) {
    StringBuilder s = new StringBuilder("\"");
    text.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        s.append('\\').append((char) c);
      } else if (c < ' ') {
        s.append(String.format(Locale.ROOT, "\\u%04x", c));
      } else {
        s.append((char) c);
      }
    });
    return s.append('"').toString();
  }
}
