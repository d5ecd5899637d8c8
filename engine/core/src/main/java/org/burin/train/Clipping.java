package org.burin.train;

import java.util.ArrayList;
import java.util.List;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// How gradients are kept from being large.
public sealed interface Clipping {
  /// Gradients as they are.
  static Clipping none() {
    return new None();
  }

  /// Every element brought into `[-limit, limit]`.
  static Clipping byValue(double limit) {
    return new ByValue(limit);
  }

  /// The gradient of each parameter scaled so that its Euclidean norm is at most `limit`.
  static Clipping byNorm(double limit) {
    return new ByNorm(limit);
  }

  /// All gradients scaled by one factor so that the Euclidean norm of all together is at most `limit` (Pascanu, Mikolov
  /// and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013).
  static Clipping byGlobalNorm(double limit) {
    return new ByGlobalNorm(limit);
  }

  /// The clipped gradients, in their order.
  List<Value> apply(GraphBuilder b, List<Value> gradients);

  /// Gradients as they are.
  record None() implements Clipping {
    @Override
    public List<Value> apply(GraphBuilder b, List<Value> gradients) {
      return gradients;
    }
  }

  /// Every element brought into `[-limit, limit]`.
  ///
  /// @param limit positive
  record ByValue(double limit) implements Clipping {
    /// Checks the limit.
    public ByValue {
      Ranges.positive("clipping by value", "limit", limit);
    }

    @Override
    public List<Value> apply(GraphBuilder b, List<Value> gradients) {
      return gradients.stream().map(g -> Losses.clip(b, g, (float) -limit, (float) limit)).toList();
    }
  }

  /// Each gradient g becomes `g limit / max(norm(g), limit)`.
  ///
  /// @param limit positive
  record ByNorm(double limit) implements Clipping {
    /// Checks the limit.
    public ByNorm {
      Ranges.positive("clipping by norm", "limit", limit);
    }

    @Override
    public List<Value> apply(GraphBuilder b, List<Value> gradients) {
      return gradients.stream().map(g -> b.mul(g, factor(b, squares(b, g), limit))).toList();
    }
  }

  /// Each gradient g becomes `g limit / max(norm, limit)` with the norm of all gradients together.
  ///
  /// @param limit positive
  record ByGlobalNorm(double limit) implements Clipping {
    /// Checks the limit.
    public ByGlobalNorm {
      Ranges.positive("clipping by global norm", "limit", limit);
    }

    @Override
    public List<Value> apply(GraphBuilder b, List<Value> gradients) {
      List<Value> sums = new ArrayList<>();
      gradients.forEach(g -> sums.add(squares(b, g)));
      Value factor = factor(b, sums.stream().reduce(b::add).orElseThrow(), limit);
      return gradients.stream().map(g -> b.mul(g, factor)).toList();
    }
  }

  private static Value squares(GraphBuilder b, Value g) {
    return b.sum(b.unary(UnaryFn.SQUARE, g));
  }

  private static Value factor(GraphBuilder b, Value squares, double limit) {
    Value c = b.constant((float) limit);
    return b.div(c, b.binary(BinaryFn.MAX, c, b.unary(UnaryFn.SQRT, squares)));
  }
}
