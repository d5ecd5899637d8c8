package org.burin.pass;

import java.util.List;
import java.util.stream.Collectors;

/// A graph that cannot become a fixed-point graph, with every reason.
public final class LoweringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /// An exception whose text lists all problems, a line each.
  ///
  /// @param graph the name of the graph
  /// @param diagnostics the problems, at least one
  public LoweringException(String graph, List<Diagnostic> diagnostics) {
    super("graph '" + graph + "' cannot become a fixed-point graph, " + diagnostics.size()
        + (diagnostics.size() == 1 ? " problem:" : " problems:")
        + diagnostics.stream().map(d -> "\n  " + d).collect(Collectors.joining()));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// The problems, in the order of the graph.
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
