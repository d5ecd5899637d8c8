package org.burin.backend.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.Target;
import org.burin.pass.Diagnostic;

/// Writes one final Java 17 class without dependencies, and a Maven project around it.
public final class JvmBackend implements Backend<JvmOptions> {
  /// Made by [java.util.ServiceLoader].
  public JvmBackend() {}

  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.JVM);
  }

  @Override
  public JvmOptions defaults() {
    return new JvmOptions("model", "", Form.AUTO);
  }

  @Override
  public List<Diagnostic> validate(Program program, JvmOptions options) {
    return new ArrayList<>(Legality.problems(program));
  }

  @Override
  public Artifact emit(Program program, JvmOptions options) {
    String className = className(program, options);
    return JvmProject.write(program, options.packageName(), className, source(program, options));
  }

  static String className(Program program, JvmOptions options) {
    return options.className().isEmpty() ? ClassNames.of(program.about().name()) : options.className();
  }

  private static String source(Program program, JvmOptions options) {
    String className = className(program, options);
    return switch (program) {
      case Program.Fixed p -> FixedClass.write(p, options.packageName(), className, options.form());
      case Program.Floating p -> FloatClass.write(p, options.packageName(), className);
    };
  }

  @Override
  public Optional<Execution> prepare(Artifact artifact, Program program, JvmOptions options, Path scratch) {
    String className = className(program, options);
    String source = artifact.file(JvmProject.path(options.packageName(), className)).text();
    return Optional.of(new JvmExecution(LoadedClass.of(program, options.packageName(), className, source)));
  }
}
