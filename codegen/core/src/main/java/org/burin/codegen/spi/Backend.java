package org.burin.codegen.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
}
