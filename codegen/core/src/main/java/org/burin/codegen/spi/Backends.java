package org.burin.codegen.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/// The backends that are there, by name.
public final class Backends {
  private final List<Backend<?>> all;

  private Backends(List<Backend<?>> all) {
    this.all = all;
  }

  /// These backends.
  ///
  /// @throws IllegalArgumentException when two have one name
  public static Backends of(List<? extends Backend<?>> backends) {
    Set<String> names = new HashSet<>();
    for (Backend<?> b : backends) {
      if (!names.add(b.name())) {
        throw new IllegalArgumentException(
            "two backends are called '" + b.name() + "'; remove one from the class path");
      }
    }
    List<Backend<?>> sorted = new ArrayList<>(backends);
    sorted.sort(Comparator.comparing(Backend::name));
    return new Backends(List.copyOf(sorted));
  }

  /// The backends on the class path, as [ServiceLoader] finds them.
  ///
  /// @throws IllegalArgumentException when two have one name
  public static Backends installed() {
    List<Backend<?>> found = new ArrayList<>();
    ServiceLoader.load(Backend.class).forEach(found::add);
    return of(found);
  }

  /// All backends, sorted by name.
  public List<Backend<?>> all() {
    return all;
  }

  /// The backend of that name.
  ///
  /// @throws IllegalArgumentException when there is none; the text lists those that there are
  public Backend<?> named(String name) {
    return all.stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no backend is called '" + name + "'; there is " + list(all)));
  }

  /// The default backend of a target.
  ///
  /// @throws IllegalArgumentException when it is not there; the text lists the other backends for the target
  public Backend<?> forTarget(Target target) {
    return all.stream()
        .filter(b -> b.name().equals(target.defaultBackend()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the backend for " + target + ", '" + target.defaultBackend()
            + "', is not on the class path; backends for " + target + " that are: "
            + list(all.stream().filter(b -> b.targets().contains(target)).toList())));
  }

  private static String list(List<Backend<?>> backends) {
    return backends.isEmpty() ? "none" : backends.stream().map(Backend::name).collect(Collectors.joining(", "));
  }
}
