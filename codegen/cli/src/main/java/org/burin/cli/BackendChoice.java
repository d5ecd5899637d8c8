package org.burin.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Backends;
import org.burin.codegen.spi.EmitOptions;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that choose a backend and set its options.
final class BackendChoice {
  /// The names of the backends that are there, for help and completion.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Backends.installed().all().stream().map(Backend::name).iterator();
    }
  }

  /// A backend by its own name or by that of its target.
  static final class Which {
    @Option(
        names = "--backend",
        required = true,
        paramLabel = "NAME",
        completionCandidates = Names.class,
        description = "The backend: ${COMPLETION-CANDIDATES}.")
    private @Nullable String backend;

    @Option(
        names = "--target",
        required = true,
        paramLabel = "TARGET",
        description = "Or what the code is for, which chooses a backend: ${COMPLETION-CANDIDATES}.")
    private @Nullable Target target;

    /// The backend with its options.
    ///
    /// @throws ParameterException when there is no such backend or option
    Emitter<?> emitter(CommandSpec command, List<String> settings) {
      try {
        Backends backends = Backends.installed();
        Backend<?> found = target != null ? backends.forTarget(target) : backends.named(String.valueOf(backend));
        return Emitter.of(found, settings);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
    }
  }

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = "-O",
      paramLabel = "KEY=VALUE",
      description = "An option of the backend, as listed below; may be given several times.")
  private List<String> settings = new ArrayList<>();

  /// The backend with its options.
  ///
  /// @throws ParameterException when there is no such backend or option
  Emitter<?> emitter(CommandSpec command) {
    return which.emitter(command, settings);
  }

  /// The options as they were given, for another command line.
  List<String> settings() {
    return settings;
  }

  /// The end of the help text: every backend with its options.
  static String listing() {
    StringBuilder s = new StringBuilder("\nBackends and their options:\n");
    for (Backend<?> backend : Backends.installed().all()) {
      s.append("  ").append(backend.name()).append(", for ").append(backend.targets()).append('\n');
      for (EmitOptions.Entry entry : EmitOptions.list(backend.defaults())) {
        s.append("    -O ").append(entry).append('\n');
      }
    }
    return s.toString();
  }
}
