package org.burin.pass;

import org.burin.ir.Graph;

/// A step from one graph to another that computes the same outputs.
public interface Pass {
  /// What it is called on the command line and in dumps, such as `constant-fold`.
  String name();

  /// The graph after this pass; the given one is not changed.
  Graph run(Graph graph);
}
