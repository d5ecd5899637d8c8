package org.burin.backend.hls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.backend.hls.Design.ConstantArray;
import org.burin.backend.hls.Design.Port;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.text.CodeWriter;
import org.burin.codegen.tool.Tool;
import org.burin.tensor.Shape;

/// Generated projects compiled by g++ into one program that feeds them raw integers.
///
/// Every project lies in a namespace of its own, so that many small ones share the time that the compiler takes to read
/// the kernel library. Of several the time to compile matters more than the time to run: they are not optimized.
final class Simulation {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final String DRIVER = "driver.cpp";
  private static final String PROGRAM = "driver";

  private Simulation() {}

  /// The program, once for each project.
  ///
  /// @param types a folder with the vendor's number types; empty for those in the projects
  /// @param folder an empty folder that exists
  static List<Execution> compile(List<Artifact> artifacts, List<Design> designs, Dialect dialect, String types, Path folder) {
    Tool compiler = Tool.find("g++", "apt install g++");
    try {
      for (int i = 0; i < artifacts.size(); i++) {
        write(artifacts.get(i), folder.resolve("net_" + i));
      }
      Files.writeString(folder.resolve(DRIVER), driver(designs, dialect));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments = new ArrayList<>(List.of("-std=c++14", designs.size() == 1 ? "-O1" : "-O0",
        "-Wno-unknown-pragmas", "-I", "net_0/firmware/kernels"));
    if (types.isEmpty()) {
      arguments.addAll(List.of("-Wall", "-Wextra", "-Werror", "-I", "net_0/" + dialect.typesFolder()));
    } else {
      // The vendor's headers come first, and are not held to our warnings.
      arguments.addAll(List.of("-isystem", Path.of(types).toAbsolutePath().toString(), "-isystem",
          "net_0/" + dialect.typesFolder()));
    }
    arguments.addAll(List.of("-o", PROGRAM, DRIVER));
    compiler.run(folder, LIMIT, arguments.toArray(new String[0]));
    Tool program = new Tool("the generated program", folder.resolve(PROGRAM));
    List<Execution> executions = new ArrayList<>();
    for (int i = 0; i < designs.size(); i++) {
      executions.add(new Run(program, folder, i, designs.get(i)));
    }
    return executions;
  }

  /// Temporary files, which need not outlive a failure of power.
  private static void write(Artifact artifact, Path folder) throws IOException {
    for (Map.Entry<String, Artifact.File> e : artifact.files().entrySet()) {
      Path file = folder.resolve(e.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, e.getValue().content());
    }
  }

  // ---- the program ------------------------------------------------------------------------------------------------

  private static String driver(List<Design> designs, Dialect dialect) {
    CodeWriter w = new CodeWriter("  ");
    w.line("#include <cstdio>").line("#include <cstdlib>").line("#include <vector>");
    dialect.includes().forEach(i -> w.line("#include <" + i + ">"));
    KernelLibrary.KERNELS.forEach(k -> w.line("#include \"net_0/firmware/kernels/" + k + "\""));
    for (int i = 0; i < designs.size(); i++) {
      Design d = designs.get(i);
      String firmware = "net_" + i + "/firmware/";
      w.line();
      w.line("namespace net_" + i + " {").line("#include \"" + firmware + d.top() + ".cpp\"");
      d.weightPorts().forEach(c -> w.line("#include \"" + firmware + "weights/" + c.name() + ".h\""));
      w.line("}");
      d.constants().forEach(c -> w.line("#undef " + Firmware.macro(c)));
      w.line("#undef BURIN_TOP_H").line("#undef BURIN_DEFINES_H").line("#undef BURIN_PARAMETERS_H");
      run(w, d, i);
    }
    w.line();
    w.block("int main(int argc, char **argv) {", () -> {
      w.line("if (argc != 5) { return 2; }");
      w.line("const long long samples = std::atoll(argv[2]);");
      w.line("std::vector<long long> in, out;");
      w.line("std::FILE *f = std::fopen(argv[3], \"rb\");");
      w.line("long long number = 0;");
      w.line("while (f != nullptr && std::fread(&number, sizeof number, 1, f) == 1) { in.push_back(number); }");
      w.line("if (f != nullptr) { std::fclose(f); }");
      w.block("switch (std::atoi(argv[1])) {", () -> {
        for (int i = 0; i < designs.size(); i++) {
          w.line("case " + i + ": run_" + i + "(samples, in, out); break;");
        }
        w.line("default: return 2;");
      }, "}");
      w.line("f = std::fopen(argv[4], \"wb\");");
      w.line("if (f == nullptr) { return 3; }");
      w.line("const std::size_t written = std::fwrite(out.data(), sizeof number, out.size(), f);");
      w.line("return std::fclose(f) == 0 && written == out.size() ? 0 : 3;");
    }, "}");
    return w.toString();
  }

  private static void run(CodeWriter w, Design d, int i) {
    String scope = "net_" + i + "::";
    w.block("static void run_" + i
        + "(long long samples, const std::vector<long long> &in, std::vector<long long> &out) {", () -> {
      for (Port p : ports(d)) {
        w.line("static " + scope + p.name() + "_t " + p.name() + "[" + p.size() + "];");
      }
      for (ConstantArray c : d.weightPorts()) {
        int size = c.raw().length;
        w.line("static " + scope + c.name() + "_t " + c.name() + "[" + size + "];");
        w.line("for (int i = 0; i < " + size + "; i++) { " + c.name() + "[i] = burin::from_long<" + scope + c.name()
            + "_t>(" + scope + c.name() + "_initial[i]); }");
      }
      w.line("out.resize(samples * " + d.outputs().stream().mapToInt(Port::size).sum() + ");");
      w.block("for (long long s = 0; s < samples; s++) {", () -> {
        int at = 0;
        for (Port p : d.inputs()) {
          w.line("for (int i = 0; i < " + p.size() + "; i++) { " + p.name() + "[i] = burin::from_long<" + scope
              + p.name() + "_t>(in[samples * " + at + " + s * " + p.size() + " + i]" + shift(p.shift()) + "); }");
          at += p.size();
        }
        w.line(scope + d.top() + "(" + String.join(", ", arguments(d)) + ");");
        at = 0;
        for (Port p : d.outputs()) {
          w.line("for (int i = 0; i < " + p.size() + "; i++) { out[samples * " + at + " + s * " + p.size()
              + " + i] = burin::to_long(" + p.name() + "[i])" + shift(-p.shift()) + "; }");
          at += p.size();
        }
      }, "}");
    }, "}");
  }

  private static String shift(int right) {
    return right == 0 ? "" : right > 0 ? " >> " + right : " * (1LL << " + -right + ")";
  }

  private static List<Port> ports(Design d) {
    List<Port> ports = new ArrayList<>(d.inputs());
    ports.addAll(d.outputs());
    return ports;
  }

  private static List<String> arguments(Design d) {
    List<String> names = new ArrayList<>();
    ports(d).forEach(p -> names.add(p.name()));
    d.weightPorts().forEach(c -> names.add(c.name()));
    return names;
  }

  /// One of the projects in the program.
  private record Run(Tool program, Path folder, int number, Design design) implements Execution {
    @Override
    public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
      Path in = folder.resolve("in");
      Path out = folder.resolve("out");
      try {
        Files.write(in, bytes(inputs));
        program.run(folder, LIMIT, Integer.toString(number), Integer.toString(samples), in.toString(), out.toString());
        return outputs(samples, Files.readAllBytes(out));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private byte[] bytes(Map<String, long[]> inputs) {
      List<long[]> arrays = design.inputs().stream().map(p -> Objects.requireNonNull(inputs.get(p.label()))).toList();
      ByteBuffer b = ByteBuffer.allocate(Long.BYTES * arrays.stream().mapToInt(a -> a.length).sum())
          .order(ByteOrder.nativeOrder());
      LongBuffer longs = b.asLongBuffer();
      arrays.forEach(longs::put);
      return b.array();
    }

    private Map<String, long[]> outputs(int samples, byte[] bytes) {
      LongBuffer longs = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();
      Map<String, long[]> outputs = new LinkedHashMap<>();
      for (Port p : design.outputs()) {
        long[] all = new long[samples * p.size()];
        longs.get(all);
        Shape shape = p.value().shape();
        outputs.put(p.label(), shape.isBound() ? Arrays.copyOf(all, p.size()) : all);
      }
      return outputs;
    }
  }
}
