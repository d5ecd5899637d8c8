package org.burin.pass;

import org.burin.ir.Graph;

/// Takes out values that no output and no update needs; inputs stay.
///
/// ```
/// %0 = input "x" : f32[N,2]                      %0 = input "x" : f32[N,2]
/// %1 = relu %0 : f32[N,2]              becomes   %1 = tanh %0 : f32[N,2]
/// %2 = tanh %0 : f32[N,2]                        output "y" = %1
/// output "y" = %2
/// ```
public record Dce() implements Pass {
  @Override
  public String name() {
    return "dce";
  }

  @Override
  public Graph run(Graph graph) {
    return graph.prune();
  }
}
