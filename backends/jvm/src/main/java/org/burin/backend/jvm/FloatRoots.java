package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;

/// The values of a graph of floats that are computed one after another and kept, as [Roots] for fixed-point graphs.
final class FloatRoots {
  private final List<Value> order = new ArrayList<>();
  private final Set<Value> kept = new LinkedHashSet<>();

  private FloatRoots() {}

  static FloatRoots of(Graph graph) {
    FloatRoots roots = new FloatRoots();
    Set<Value> live = live(graph);
    Map<Value, Integer> uses = new HashMap<>();
    for (Value v : live) {
      operands(v).forEach(o -> uses.merge(source(o), 1, Integer::sum));
    }
    graph.outputs().values().forEach(v -> roots.kept.add(source(v)));
    for (Value v : live) {
      boolean whole = v.op() instanceof Op.Concat || v.op() instanceof Op.Pad || v.op() instanceof Op.Softmax
          || v.op() instanceof Op.LogSoftmax;
      if (whole || (uses.getOrDefault(v, 0) > 1 && source(v) == v)) {
        roots.kept.add(v);
      }
      if (readsOften(v)) {
        operands(v).forEach(o -> roots.kept.add(source(o)));
      }
    }
    roots.kept.removeIf(v -> isLeaf(v.op()));
    graph.values().stream().filter(roots.kept::contains).forEach(roots.order::add);
    return roots;
  }

  /// The kept values, operands first.
  List<Value> order() {
    return order;
  }

  boolean isKept(Value v) {
    return kept.contains(v);
  }

  static boolean isLeaf(Op op) {
    return op instanceof Op.Input || op instanceof Op.Parameter || op instanceof Op.Constant;
  }

  /// The operands that enter the result: no surrogates.
  static List<Value> operands(Value v) {
    return v.op() instanceof Op.StraightThrough(var value, _) ? List.of(value) : Operands.of(v.op());
  }

  /// The value whose numbers `v` has, in the same order.
  static Value source(Value v) {
    return switch (v.op()) {
      case Op.Reshape(var x, _) -> source(x);
      case Op.StopGradient(var x) -> source(x);
      case Op.StraightThrough(var value, _) -> source(value);
      default -> v;
    };
  }

  static Set<Value> live(Graph graph) {
    Set<Value> live = new LinkedHashSet<>();
    List<Value> open = new ArrayList<>(graph.outputs().values());
    while (!open.isEmpty()) {
      Value v = open.removeLast();
      if (live.add(v)) {
        open.addAll(operands(v));
      }
    }
    return live;
  }

  /// Whether an element of the value needs more than one element of its operands, or they need an address.
  private static boolean readsOften(Value v) {
    return switch (v.op()) {
      case Op.Unary _, Op.Quantize _, Op.QuantizeBits _, Op.StopGradient _, Op.StraightThrough _, Op.Concat _, Op.Pad _,
          Op.Slice _, Op.Transpose _, Op.Input _, Op.Parameter _, Op.Constant _, Op.RandomUniform _ -> false;
      case Op.Binary _, Op.Select _ -> operands(v).stream()
          .anyMatch(o -> !isLeaf(o.op()) && o.shape().bind(1).size() < v.shape().bind(1).size());
      default -> true;
    };
  }
}
