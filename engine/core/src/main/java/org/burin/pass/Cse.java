package org.burin.pass;

import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;

/// Makes equal operations on equal operands one value, which belongs to the first one's layer.
///
/// ```
/// %1 = relu %0                                   %1 = relu %0
/// %2 = relu %0                         becomes   %2 = mul %1 %1
/// %3 = mul %1 %2
/// ```
public record Cse() implements Pass {
  @Override
  public String name() {
    return "cse";
  }

  @Override
  public Graph run(Graph graph) {
    return graph.rewrite(GraphBuilder::add);
  }
}
