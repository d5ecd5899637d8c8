package org.burin.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.Target;
import org.burin.codegen.verify.References;
import org.burin.fixed.FixedValue;
import org.burin.pass.Diagnostic;

/// A backend that runs the definition, and spoils every output of one operation, or that is computed from one.
public final class MirrorBackend implements Backend<MirrorBackend.Options> {
  /// @param wrong the simple name of the operation that goes wrong; empty for none
  record Options(String wrong) {}

  @Override
  public String name() {
    return "mirror";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.JVM);
  }

  @Override
  public Options defaults() {
    return new Options("");
  }

  @Override
  public List<Diagnostic> validate(Program program, Options options) {
    return List.of();
  }

  @Override
  public Artifact emit(Program program, Options options) {
    return Artifact.builder().text("wrong.txt", options.wrong()).build();
  }

  @Override
  public Optional<Execution> prepare(Artifact artifact, Program program, Options options, Path scratch) {
    Program.Fixed fixed = (Program.Fixed) program;
    Execution right = References.of(program);
    return Optional.of((samples, inputs) -> {
      Map<String, long[]> outputs = right.run(samples, inputs);
      boolean spoiled = fixed.graph().values().stream().anyMatch(v -> isWrong(v, options));
      outputs.forEach((name, numbers) -> {
        FixedValue v = fixed.graph().output(name);
        if (isWrong(v, options) || (spoiled && name.equals("y"))) {
          numbers[0]++;
        }
      });
      return outputs;
    });
  }

  private static boolean isWrong(FixedValue v, Options options) {
    return v.op().getClass().getSimpleName().equals(options.wrong());
  }
}
