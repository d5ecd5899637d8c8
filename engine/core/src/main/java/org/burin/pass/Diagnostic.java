package org.burin.pass;

/// One reason why a graph cannot become a fixed-point graph.
///
/// @param layer the path of the layer, or empty outside of any
/// @param op the operation, as in the text of the graph
/// @param problem what was expected and what was found
/// @param remedy what to do
public record Diagnostic(String layer, String op, String problem, String remedy) {
  /// The four parts as one line.
  @Override
  public String toString() {
    return (layer.isEmpty() ? "" : "layer " + layer + ": ") + op + ": " + problem + "; " + remedy;
  }
}
