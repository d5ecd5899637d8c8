package org.burin.codegen.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.burin.pass.Diagnostic;

/// A backend together with its options: the way to ask a backend of unknown kind.
///
/// @param <O> the record of the backend's options
/// @param backend the backend
/// @param options its options
public record Emitter<O extends Record>(Backend<O> backend, O options) {
  /// A backend with options from texts `key=value`.
  ///
  /// @throws IllegalArgumentException as [EmitOptions#read] does
  public static <O extends Record> Emitter<O> of(Backend<O> backend, List<String> settings) {
    return new Emitter<>(backend, EmitOptions.read(backend.name(), backend.defaults(), settings));
  }

  /// The generated files.
  ///
  /// @throws RefusedException with everything that the backend has against the program
  public Artifact emit(Program program) {
    check(program);
    return backend.emit(program, options);
  }

  /// Nothing, if the backend can translate a program.
  ///
  /// @throws RefusedException with everything that the backend has against the program
  public void check(Program program) {
    List<Diagnostic> diagnostics = backend.validate(program, options);
    if (!diagnostics.isEmpty()) {
      throw new RefusedException(backend.name(), program.about().name(), diagnostics);
    }
  }

  /// What [#emit] gave for the same program, made ready to run.
  ///
  /// @param scratch an empty folder that exists
  /// @throws ToolException when a tool is missing, fails or takes too long
  public Optional<Execution> prepare(Artifact artifact, Program program, Path scratch) {
    return backend.prepare(artifact, program, options, scratch);
  }

  /// What [#emit] gave for several programs, made ready to run together.
  ///
  /// @param scratch an empty folder that exists
  /// @throws ToolException when a tool is missing, fails or takes too long, or a program can never run here
  public List<Execution> prepareAll(List<Artifact> artifacts, List<Program> programs, Path scratch) {
    return backend.prepareAll(artifacts, programs, options, scratch);
  }
}
