package org.burin.pass;

import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;

/// Takes means apart into a sum, which fixed point computes exactly, and a division. The kernels of a mean do the same two
/// things in the same order, so that no bit changes.
///
/// ```
/// %1 = reduce_mean %0 axes=[1] : f32[N]          %1 = reduce_sum %0 axes=[1] : f32[N]
///                                      becomes   %2 = constant value=[9.0] : f32[]
///                                                %3 = div %1 %2 : f32[N]
/// ```
///
/// A mean over the open batch axis stays.
public record SplitMeans() implements Pass {
  @Override
  public String name() {
    return "split-means";
  }

  @Override
  public Graph run(Graph graph) {
    return graph.rewrite(SplitMeans::rewrite);
  }

  private static Value rewrite(GraphBuilder b, Op op) {
    if (!(op instanceof Op.Reduce(var fn, var x, var axes, var keep)) || fn != ReduceFn.MEAN) {
      return b.add(op);
    }
    int count = 1;
    for (int axis : axes) {
      if (x.shape().dim(axis) == Shape.BATCH) {
        return b.add(op);
      }
      count *= x.shape().dim(axis);
    }
    return b.div(b.add(new Op.Reduce(ReduceFn.SUM, x, axes, keep)), b.constant((float) count));
  }
}
