package org.burin.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Backends;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.RefusedException;
import org.burin.codegen.spi.ToolException;
import org.burin.codegen.tool.Scratch;
import org.burin.codegen.verify.References;
import org.burin.codegen.verify.TestVectors;
import org.burin.codegen.verify.Verification;
import org.burin.codegen.verify.Verification.Row;
import org.burin.codegen.verify.Verification.Stage;
import org.burin.nn.Model;

/// A model in the form of every backend, each compared with the golden model as far as the tools at hand allow.
///
/// @param generated what each backend gave, in a folder of its name
/// @param rows the trainer's own row, then one of each backend
record BackendCheck(Artifact generated, List<Row> rows) {
  /// Copies the list.
  BackendCheck {
    rows = List.copyOf(rows);
  }

  /// Lowers the model through all backends and compares each.
  ///
  /// A backend that refuses the model, or whose tools are missing, has a row that says so.
  ///
  /// @param vectors how many test vectors each is compared on
  static BackendCheck of(Model model, Backends backends, long vectors, long seed, Consumer<String> progress) {
    Program program = Program.of(model);
    TestVectors tests = TestVectors.of(program, seed);
    Artifact.Builder generated = Artifact.builder();
    List<Row> rows = new ArrayList<>();
    try (Scratch scratch = Scratch.create(); Execution reference = References.of(program)) {
      List<Stage> trainer = References.trainer(model, program).stream().toList();
      rows.addAll(Verification.run(program, reference, trainer, tests, vectors, done -> {}));
      for (Backend<?> backend : backends.all()) {
        progress.accept("generating and checking code for " + backend.name());
        rows.add(check(Emitter.of(backend, List.of()), program, generated, scratch, stage ->
            Verification.run(program, reference, List.of(stage), tests, vectors, done -> {}).getFirst()));
      }
    }
    return new BackendCheck(generated.build(), rows);
  }

  /// Compares one backend's execution.
  @FunctionalInterface
  private interface Comparison {
    Row of(Stage stage);
  }

  private static Row check(
      Emitter<?> emitter, Program program, Artifact.Builder generated, Scratch scratch, Comparison comparison) {
    String name = emitter.backend().name();
    try {
      Artifact artifact = emitter.emit(program);
      generated.addAll(name, artifact);
      Optional<Execution> prepared = emitter.prepare(artifact, program, scratch.folder(name));
      if (prepared.isEmpty()) {
        return notCompared(name, "generated; nothing here can run it");
      }
      try (Execution execution = prepared.get()) {
        return comparison.of(new Stage(name, execution));
      }
    } catch (RefusedException | ToolException e) {
      return notCompared(name, Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  private static Row notCompared(String stage, String why) {
    return new Row(stage, 0, 0, Optional.empty(), why);
  }

  /// Whether nothing that was compared differs.
  boolean holds() {
    return rows.stream().allMatch(r -> r.mismatches() == 0);
  }
}
