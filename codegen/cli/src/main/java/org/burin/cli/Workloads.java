package org.burin.cli;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import org.burin.train.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The workloads on the class path, by name; as an [Iterable], their names for the help text.
final class Workloads implements Iterable<String> {
  private final List<Workload> all =
      ServiceLoader.load(Workload.class).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(Workload::name))
          .toList();

  /// The workload of this name.
  ///
  /// @throws ParameterException when there is none or the name is null, with the names of those there are
  Workload get(@Nullable String name, CommandSpec command) {
    return all.stream()
        .filter(w -> w.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ParameterException(
            command.commandLine(),
            (name == null ? "which workload?" : "no workload is called '" + name + "';")
                + " there is " + String.join(", ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return all.stream().map(Workload::name).iterator();
  }
}
