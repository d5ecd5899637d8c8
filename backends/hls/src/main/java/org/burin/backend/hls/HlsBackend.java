package org.burin.backend.hls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.burin.codegen.report.Estimates;
import org.burin.codegen.report.LayerEstimate;
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
    Program.Fixed fixed = fixed(program);
    Design design = DesignBuilder.of(fixed, settings(options), dialect);
    Artifact.Builder firmware = Artifact.builder();
    new Firmware(design, dialect).write(firmware);
    Project project = new Project(fixed, design, dialect);
    Artifact.Builder files = Artifact.builder().addAll("", firmware.build());
    project.write(files);
    return files.text("burin.json", project.json(firmware.build())).build();
  }

  @Override
  public final List<LayerEstimate> estimate(Program program, O options) {
    HlsSettings settings = settings(options);
    return Estimates.of(fixed(program).graph(), settings::turns);
  }

  private static Program.Fixed fixed(Program program) {
    return switch (program) {
      case Program.Fixed p -> p;
      case Program.Floating p -> throw new IllegalArgumentException(p.graph().name() + " computes with floats");
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
    programs.forEach(p -> designs.add(DesignBuilder.of(fixed(p), settings(options), dialect)));
    return Simulation.compile(artifacts, designs, dialect, settings(options).types(), scratch);
  }
}
