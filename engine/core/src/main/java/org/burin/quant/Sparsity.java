package org.burin.quant;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Op.Conv2dTranspose;
import org.burin.ir.Op.MatMul;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// The part of a model's weights that is 0. Weights are the factors of matrix products and convolutions that do not
/// depend on the sample, as they are multiplied: after masks and quantizers.
public final class Sparsity {
  private Sparsity() {}

  /// The weights of a graph, each tensor once.
  ///
  /// @param graph a graph with an open batch size
  public static List<Value> weights(Graph graph) {
    Set<Value> weights = new LinkedHashSet<>();
    for (Value v : graph.values()) {
      List<Value> factors = switch (v.op()) {
        case MatMul o -> List.of(o.a(), o.b());
        case Conv2d o -> List.of(o.w());
        case Conv2dTranspose o -> List.of(o.w());
        default -> List.<Value>of();
      };
      factors.stream().filter(f -> f.shape().isBound()).forEach(weights::add);
    }
    return new ArrayList<>(weights);
  }

  /// Adds the sparsity, a scalar from 0 to 1, to the graph that `b` continues; empty where there are no weights. Its
  /// gradient is that of `1 - mean(|w| / (|w| + s))` with s the mean of |w| in each tensor.
  ///
  /// @param graph a graph with an open batch size, which `b` continues
  public static Optional<Value> of(GraphBuilder b, Graph graph) {
    List<Value> weights = weights(graph);
    double count = weights.stream().mapToDouble(w -> w.shape().size()).sum();
    return weights.stream()
        .map(w -> b.scale(b.sum(b.straightThrough(b.binary(BinaryFn.EQ, w, b.constant(0f)), smooth(b, w))),
            (float) (1 / count)))
        .reduce(b::add);
  }

  private static Value smooth(GraphBuilder b, Value w) {
    Value size = b.unary(UnaryFn.ABS, w);
    // A tensor of zeros has no gradient rather than none that is a number.
    Value scale = b.stopGradient(b.binary(BinaryFn.MAX, b.mean(size), b.constant(1e-6f)));
    return b.sub(b.constant(1f), b.div(size, b.add(size, scale)));
  }
}
