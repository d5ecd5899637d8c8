package org.burin.backend.verilog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.codegen.tool.Scratch;
import org.burin.codegen.tool.Tool;

/// Emitted files in a folder of their own.
record Emitted(Scratch scratch, Path folder, Artifact artifact) implements AutoCloseable {
  static Emitted of(Program program, String... settings) {
    Artifact artifact = Emitter.of(new VerilogBackend(), List.of(settings)).emit(program);
    Scratch scratch = Scratch.create();
    Path folder = scratch.folder().resolve("design");
    try {
      ArtifactWriter.write(folder, artifact, true);
      Files.createDirectories(folder.resolve("build"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Emitted(scratch, folder, artifact);
  }

  List<String> sources() {
    return artifact.files().keySet().stream().filter(p -> p.startsWith("rtl/")).toList();
  }

  /// Everything that a tool says.
  String run(String tool, String... arguments) {
    Tool.Result r = Tool.find(tool, "apt install " + tool).runToAnyEnd(folder, Duration.ofMinutes(5), arguments);
    return (r.exitCode() == 0 ? "" : "exit code " + r.exitCode() + "\n") + r.out() + r.err();
  }

  /// What Verilator finds to complain of.
  String lint(String top) {
    List<String> call = new ArrayList<>(List.of("--lint-only", "-Wall", "--top-module", top));
    call.addAll(sources());
    return run("verilator", call.toArray(String[]::new));
  }

  @Override
  public void close() {
    scratch.close();
  }
}
