package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.Walk;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling and reductions as trees.
final class Folds {
  private Folds() {}

  /// Folds neighbours, then neighbours of results, until one is left.
  static <T> T tree(List<T> terms, BinaryOperator<T> fold) {
    List<T> now = terms;
    while (now.size() > 1) {
      List<T> next = new ArrayList<>();
      for (int i = 0; i < now.size(); i += 2) {
        next.add(i + 1 < now.size() ? fold.apply(now.get(i), now.get(i + 1)) : now.get(i));
      }
      now = next;
    }
    return now.getFirst();
  }

  /// Folds each window over the elements that lie inside the image.
  static Operand[] pool(Operand[] x, Shape image, int kernelH, int kernelW, Window window, Shape shape,
      Function<List<Operand>, Operand> fold) {
    Operand[] y = new Operand[shape.size()];
    for (int i = 0; i < y.length; i++) {
      int[] at = Walk.index(i, shape);
      List<Operand> inside = new ArrayList<>();
      for (int kh = 0; kh < kernelH; kh++) {
        for (int kw = 0; kw < kernelW; kw++) {
          int h = at[1] * window.strideH() - window.top() + kh;
          int w = at[2] * window.strideW() - window.left() + kw;
          if (h >= 0 && h < image.dim(1) && w >= 0 && w < image.dim(2)) {
            inside.add(x[(h * image.dim(2) + w) * image.dim(3) + at[3]]);
          }
        }
      }
      y[i] = fold.apply(inside);
    }
    return y;
  }

  /// Folds axes.
  static Operand[] reduce(
      Operand[] x, Shape from, List<Integer> axes, Shape shape, Function<List<Operand>, Operand> fold) {
    Shape kept = from;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    int[] into = Walk.sources(kept, from);
    List<List<Operand>> groups = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < into.length; i++) {
      groups.get(into[i]).add(x[i]);
    }
    return groups.stream().map(fold).toArray(Operand[]::new);
  }

  private record Candidate(Operand value, Operand position) {}

  /// The position of the first largest element: of two neighbours the left one wins if it is not smaller.
  static Operand[] argMax(Operand[] x, Shape from, int axis, Shape shape, NetlistBuilder b) {
    int extent = from.dim(axis);
    int inner = from.strides()[axis];
    Operand[] y = new Operand[shape.size()];
    for (int i = 0; i < y.length; i++) {
      int first = i / inner * inner * extent + i % inner;
      List<Candidate> candidates = new ArrayList<>();
      for (int p = 0; p < extent; p++) {
        candidates.add(new Candidate(x[first + p * inner], b.constant(p)));
      }
      y[i] = tree(candidates, (l, r) -> {
        Operand left = b.compare(Comparison.GE, l.value(), r.value());
        return new Candidate(b.max(l.value(), r.value()), b.select(left, l.position(), r.position()));
      }).position();
    }
    return y;
  }
}
