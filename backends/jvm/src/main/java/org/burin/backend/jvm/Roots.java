package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// The values of a graph that are computed one after another and kept; all others are computed where they are used.
///
/// Kept are outputs, what several values use, and what a value uses many times for each of its elements. So an
/// activation is computed with the product before it, and slices and transpositions cost nothing.
final class Roots {
  private final List<FixedValue> order = new ArrayList<>();
  private final Set<FixedValue> kept = new LinkedHashSet<>();
  private final Map<FixedValue, List<FixedValue>> readers = new HashMap<>();

  private Roots() {}

  static Roots of(FixedGraph graph) {
    Roots roots = new Roots();
    Map<FixedValue, Integer> uses = new HashMap<>();
    Set<FixedValue> live = live(graph);
    for (FixedValue v : live) {
      FixedOperands.of(v.op()).forEach(o -> uses.merge(o, 1, Integer::sum));
    }
    graph.outputs().values().forEach(roots.kept::add);
    for (FixedValue v : live) {
      boolean joins = v.op() instanceof FixedOp.Concat || v.op() instanceof FixedOp.Pad;
      if (joins || (uses.getOrDefault(v, 0) > 1 && !isMove(v.op()))) {
        roots.keep(v);
      }
      if (readsOften(v)) {
        FixedOperands.of(v.op()).forEach(roots::keep);
      }
    }
    roots.kept.removeIf(v -> isLeaf(v.op()) && !graph.outputs().containsValue(v));
    for (FixedValue v : graph.values()) {
      if (roots.kept.contains(v)) {
        roots.order.add(v);
      }
    }
    for (FixedValue root : roots.order) {
      roots.read(root, root, new LinkedHashSet<>());
    }
    return roots;
  }

  /// The kept values, operands first.
  List<FixedValue> order() {
    return order;
  }

  boolean isKept(FixedValue v) {
    return kept.contains(v);
  }

  /// The kept values that read this one.
  List<FixedValue> readers(FixedValue root) {
    return readers.getOrDefault(root, List.of());
  }

  /// Slices of a value are free; the elements of what they come from are kept if need be.
  private void keep(FixedValue v) {
    if (!isLeaf(v.op())) {
      switch (v.op()) {
        case FixedOp.Transpose(var x, _) -> keep(x);
        case FixedOp.Slice(var x, _, _, _) -> keep(x);
        case FixedOp.Reshape(var x, _) -> keep(x);
        default -> kept.add(v);
      }
    }
  }

  private void read(FixedValue root, FixedValue v, Set<FixedValue> seen) {
    for (FixedValue o : FixedOperands.of(v.op())) {
      if (seen.add(o)) {
        if (kept.contains(o)) {
          readers.computeIfAbsent(o, _ -> new ArrayList<>()).add(root);
        } else {
          read(root, o, seen);
        }
      }
    }
  }

  private static Set<FixedValue> live(FixedGraph graph) {
    Set<FixedValue> live = new LinkedHashSet<>();
    List<FixedValue> open = new ArrayList<>(graph.outputs().values());
    while (!open.isEmpty()) {
      FixedValue v = open.removeLast();
      if (live.add(v)) {
        open.addAll(FixedOperands.of(v.op()));
      }
    }
    return live;
  }

  static boolean isLeaf(FixedOp op) {
    return op instanceof FixedOp.Input || op instanceof FixedOp.Constant;
  }

  private static boolean isMove(FixedOp op) {
    return op instanceof FixedOp.Transpose || op instanceof FixedOp.Slice || op instanceof FixedOp.Reshape
        || isLeaf(op);
  }

  /// Whether an element of the value needs many elements of its operands, or they need an address.
  private static boolean readsOften(FixedValue v) {
    return switch (v.op()) {
      case FixedOp.MatMul _, FixedOp.Conv2d _, FixedOp.Conv2dTranspose _, FixedOp.MaxPool2d _, FixedOp.SumPool2d _,
          FixedOp.Sum _, FixedOp.Max _, FixedOp.ArgMax _, FixedOp.Gather _, FixedOp.Upsample2d _,
          FixedOp.Reshape _, FixedOp.Broadcast _ -> true;
      case FixedOp.Add(var a, var b) -> repeats(v, a, b);
      case FixedOp.Subtract(var a, var b) -> repeats(v, a, b);
      case FixedOp.Multiply(var a, var b) -> repeats(v, a, b);
      case FixedOp.Maximum(var a, var b) -> repeats(v, a, b);
      case FixedOp.Minimum(var a, var b) -> repeats(v, a, b);
      case FixedOp.Compare(_, var a, var b) -> repeats(v, a, b);
      case FixedOp.Select(var c, var a, var b) -> repeats(v, c, a, b);
      case FixedOp.Input _, FixedOp.Constant _, FixedOp.Quantize _, FixedOp.Divide _, FixedOp.Lookup _,
          FixedOp.Negate _, FixedOp.Absolute _, FixedOp.Shift _, FixedOp.Concat _, FixedOp.Slice _, FixedOp.Pad _,
          FixedOp.Transpose _ -> false;
    };
  }

  /// Whether an operand is computed, and smaller than the result, so that its elements are used again and again.
  private static boolean repeats(FixedValue v, FixedValue... operands) {
    Shape shape = v.shape().bind(1);
    for (FixedValue o : operands) {
      if (!isLeaf(o.op()) && o.shape().bind(1).size() < shape.size()) {
        return true;
      }
    }
    return false;
  }
}
