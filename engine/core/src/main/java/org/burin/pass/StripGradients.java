package org.burin.pass;

import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;

/// Takes out what only gradients see.
///
/// ```
/// %2 = straight_through %1 %0              user(%2)  becomes  user(%1)
/// %3 = stop_gradient %1                    user(%3)  becomes  user(%1)
/// ```
public record StripGradients() implements Pass {
  @Override
  public String name() {
    return "strip-gradients";
  }

  @Override
  public Graph run(Graph graph) {
    return graph.rewrite(StripGradients::rewrite).prune();
  }

  private static Value rewrite(GraphBuilder b, Op op) {
    if (op instanceof Op.StraightThrough(var value, _)) {
      return value;
    }
    return op instanceof Op.StopGradient(var x) ? x : b.add(op);
  }
}
