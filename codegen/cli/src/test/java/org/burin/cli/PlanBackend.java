package org.burin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.Setting;
import org.burin.codegen.spi.Target;
import org.burin.codegen.spi.ToolException;
import org.burin.codegen.verify.References;
import org.burin.pass.Diagnostic;

/// A backend whose code is a line of text, and which runs its definition, or not quite.
public final class PlanBackend implements Backend<PlanBackend.Options> {
  /// What goes wrong.
  enum Fault {
    NONE,
    WRONG,
    REFUSED,
    TOOL_MISSING,
    CANNOT_RUN
  }

  /// The options.
  record Options(@Setting("a word in the text") String word, Fault fault) {}

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.JVM);
  }

  @Override
  public Options defaults() {
    return new Options("hello", Fault.NONE);
  }

  @Override
  public List<Diagnostic> validate(Program program, Options options) {
    return options.fault() == Fault.REFUSED
        ? List.of(new Diagnostic("dense", "MatMul", "is too wide", "make it narrower"))
        : List.of();
  }

  @Override
  public Artifact emit(Program program, Options options) {
    return Artifact.builder()
        .text("net.txt", options.word() + " " + program.about().name() + "\n")
        .script("bin/run.sh", "#!/bin/sh\n")
        .build();
  }

  @Override
  public Optional<Execution> prepare(Artifact artifact, Program program, Options options, Path scratch) {
    Execution right = References.of(program);
    return switch (options.fault()) {
      case NONE, REFUSED -> Optional.of(right);
      case WRONG -> Optional.of((samples, inputs) -> {
        Map<String, long[]> outputs = right.run(samples, inputs);
        outputs.values().forEach(numbers -> numbers[Math.min(5, numbers.length - 1)]++);
        return outputs;
      });
      case TOOL_MISSING -> throw new ToolException("plan++: not found on the PATH; install it (apt install plan++)");
      case CANNOT_RUN -> Optional.empty();
    };
  }
}
