package org.burin.backend.hls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.pass.Diagnostic;

/// Writes C++ for one tool for high-level synthesis. A backend adds its options and its dialect.
///
/// @param <O> the record of options
public abstract class HlsBackend<O extends Record> implements Backend<O> {
  /// For subclasses.
  protected HlsBackend() {}

  /// What the options ask of any tool.
  protected abstract HlsSettings settings(O options);

  /// The tool, with what the options ask of it.
  protected abstract Dialect dialect(O options);

  @Override
  public final List<Diagnostic> validate(Program program, O options) {
    return switch (program) {
      case Program.Fixed p -> Legality.problems(p.graph(), settings(options));
      case Program.Floating p -> List.of(new Diagnostic("", p.graph().name(),
          "expected exact fixed-point numbers, found floats", "quantize the model, or use the backend jvm"));
    };
  }

  @Override
  public final Artifact emit(Program program, O options) {
    Dialect dialect = dialect(options);
    Design design = design(program, options, dialect);
    Artifact.Builder files = Artifact.builder();
    new Firmware(design, dialect).write(files);
    dialect.scripts(design, files);
    return files.build();
  }

  private Design design(Program program, O options, Dialect dialect) {
    return switch (program) {
      case Program.Fixed p -> DesignBuilder.of(p, settings(options), dialect);
      case Program.Floating p -> throw new IllegalArgumentException("floats: " + p.graph().name());
    };
  }

  @Override
  public final Optional<Execution> prepare(Artifact artifact, Program program, O options, Path scratch) {
    return Optional.of(prepareAll(List.of(artifact), List.of(program), options, scratch).getFirst());
  }

  @Override
  public final List<Execution> prepareAll(
      List<Artifact> artifacts, List<Program> programs, O options, Path scratch) {
    Dialect dialect = dialect(options);
    List<Design> designs = new ArrayList<>();
    programs.forEach(p -> designs.add(design(p, options, dialect)));
    return Simulation.compile(artifacts, designs, dialect, settings(options).types(), scratch);
  }
}
