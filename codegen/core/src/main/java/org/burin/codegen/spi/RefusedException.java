package org.burin.codegen.spi;

import java.util.List;
import java.util.stream.Collectors;
import org.burin.pass.Diagnostic;

/// A program that a backend cannot translate. The text lists every reason.
public final class RefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  RefusedException(String backend, String program, List<Diagnostic> diagnostics) {
    super("backend '" + backend + "' cannot translate '" + program + "':\n  "
        + diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n  ")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// The reasons.
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
