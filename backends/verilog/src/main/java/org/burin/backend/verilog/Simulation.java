package org.burin.backend.verilog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.ToolException;
import org.burin.codegen.tool.Tool;
import org.burin.tensor.Shape;

/// A design in a simulator. Samples travel through files.
final class Simulation implements Execution {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

  private final Design design;
  private final Program program;
  private final Path folder;
  private final Tool runner;
  private final List<String> arguments;

  private Simulation(Design design, Program program, Path folder, Tool runner, List<String> arguments) {
    this.design = design;
    this.program = program;
    this.folder = folder;
    this.runner = runner;
    this.arguments = arguments;
  }

  /// Builds the emitted files.
  ///
  /// @throws ToolException when the simulator is missing or refuses the files
  static Simulation of(Design design, Program program, Artifact artifact, Path folder) {
    List<String> sources = write(artifact, folder);
    return switch (design.options().simulator()) {
      case IVERILOG -> {
        List<String> call = new ArrayList<>(List.of("-g2001", "-Wall", "-s", "tb", "-o", "sim.vvp", "tb/tb.v"));
        call.addAll(sources);
        Tool.find("iverilog", "apt install iverilog").run(folder, BUILD_LIMIT, call.toArray(String[]::new));
        yield new Simulation(design, program, folder, Tool.find("vvp", "apt install iverilog"),
            List.of("-n", "sim.vvp", "+in=in.hex", "+out=out.hex"));
      }
      case VERILATOR -> {
        List<String> call = new ArrayList<>(List.of("--cc", "--exe", "--build", "-O3", "-CFLAGS", "-O0", "-Wall",
            "--top-module", design.top(), "--Mdir", "obj", "-o", "sim", "sim/harness.cpp"));
        call.addAll(sources);
        Tool.find("verilator", "apt install verilator g++ make").run(folder, BUILD_LIMIT, call.toArray(String[]::new));
        yield new Simulation(design, program, folder, new Tool("simulation", folder.resolve("obj/sim")),
            List.of("in.hex", "out.hex"));
      }
    };
  }

  private static List<String> write(Artifact artifact, Path folder) {
    List<String> sources = new ArrayList<>();
    artifact.files().forEach((path, file) -> {
      try {
        Path to = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.write(to, file.content());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (path.startsWith("rtl/")) {
        sources.add(path);
      }
    });
    return sources;
  }

  @Override
  public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
    try {
      Files.writeString(folder.resolve("in.hex"), Vectors.lines(design.inputs(), samples, inputs));
      runner.run(folder, RUN_LIMIT, arguments.toArray(String[]::new));
      List<String> lines = Files.readAllLines(folder.resolve("out.hex"));
      Map<String, long[]> outputs = new LinkedHashMap<>();
      Vectors.parse(design.outputs(), samples, lines).forEach((name, raw) -> outputs.put(name, once(name, raw)));
      return outputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new ToolException(runner.name() + " in " + folder + ": " + e.getMessage(), e);
    }
  }

  /// The numbers of one sample, where all have the same.
  private long[] once(String output, long[] raw) {
    Shape shape = Objects.requireNonNull(program.outputs().get(output));
    return shape.isBound() ? Arrays.copyOf(raw, shape.size()) : raw;
  }
}
