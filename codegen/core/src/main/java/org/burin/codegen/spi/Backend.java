package org.burin.codegen.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.burin.codegen.report.LayerEstimate;
import org.burin.codegen.report.Measurement;
import org.burin.pass.Diagnostic;

/// Translates programs for a target; stateless, found by [java.util.ServiceLoader]. `O` is a record of [EmitOptions].
public interface Backend<O extends Record> {
  /// The name on the command line, such as `jvm`.
  String name();

  /// What the generated code runs on.
  Set<Target> targets();

  /// The options of those who ask for none.
  O defaults();

  /// Everything that keeps a program from being emitted; empty when nothing does.
  List<Diagnostic> validate(Program program, O options);

  /// The generated files, the same to the byte every time; only for programs in which [#validate] finds nothing.
  Artifact emit(Program program, O options);

  /// What was emitted, ready to run in an empty folder; empty when it never can here. Throws [ToolException].
  Optional<Execution> prepare(Artifact artifact, Program program, O options, Path scratch);

  /// What a program costs as hardware, operation by operation, before any synthesis; empty where that means nothing.
  default List<LayerEstimate> estimate(Program program, O options) {
    return List.of();
  }

  /// What the reports of the vendor's tools below a folder say of a design; empty where there are none.
  default List<Measurement> measured(Path folder) throws IOException {
    return List.of();
  }

  /// Several programs made ready at once, for backends whose compiler takes less time for all than one by one; as
  /// [#prepare] otherwise. Throws [ToolException], also when one of them never can run here.
  default List<Execution> prepareAll(List<Artifact> artifacts, List<Program> programs, O options, Path scratch) {
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < artifacts.size(); i++) {
      Path folder = scratch.resolve("program-" + i);
      try {
        Files.createDirectory(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      all.add(prepare(artifacts.get(i), programs.get(i), options, folder).orElseThrow(() ->
          new ToolException("backend '" + name() + "' cannot run what it emits on this machine")));
    }
    return all;
  }
}
