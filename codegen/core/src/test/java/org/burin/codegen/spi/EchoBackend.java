package org.burin.codegen.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.burin.pass.Diagnostic;

/// A backend that generates one text file, for tests.
public record EchoBackend(String name, Set<Target> targets) implements Backend<EchoBackend.Options> {
  /// How the file ends its lines.
  enum Style {
    SHORT_LINES,
    LONG_LINES
  }

  /// The options.
  record Options(
      @Setting("what is printed") String greeting,
      @Setting("how often") int repeatCount,
      double scale,
      boolean loud,
      @Setting("the layout") Style lineStyle,
      long seed) {
    Options {
      if (repeatCount < 0) {
        throw new IllegalArgumentException("'repeat-count' needs 0 or more, found " + repeatCount);
      }
    }
  }

  /// The service.
  public EchoBackend() {
    this("echo", Set.of(Target.JVM));
  }

  @Override
  public Options defaults() {
    return new Options("", 1, 0.5, false, Style.SHORT_LINES, 7);
  }

  @Override
  public List<Diagnostic> validate(Program program, Options options) {
    return options.repeatCount() > 2
        ? List.of(
            new Diagnostic("dense", "matmul", "needs 2 words, found " + options.repeatCount(), "ask for fewer"),
            new Diagnostic("", "relu", "is not known", "leave it out"))
        : List.of();
  }

  @Override
  public Artifact emit(Program program, Options options) {
    return Artifact.builder()
        .text("greeting.txt", options.greeting().repeat(options.repeatCount()) + program.about().name())
        .build();
  }

  @Override
  public Optional<Execution> prepare(Artifact artifact, Program program, Options options, Path scratch) {
    return Optional.empty();
  }
}
