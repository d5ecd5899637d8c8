package org.burin.nn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.burin.fixed.FixedType;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.UnaryFn;

/// Finds quantizers that cannot do what they are for: types that do not hold a constant, and quantizers behind
/// operations that pass no gradient, so that what they quantize would never be trained.
final class QuantizerCheck {
  private final boolean[] depends;
  private final boolean[] trains;
  /// Whether a gradient arrives at a value.
  private final boolean[] asked;
  private final List<String> problems = new ArrayList<>();

  private QuantizerCheck(Graph graph, Set<String> weights) {
    Predicate<Op> weight = op -> op instanceof Op.Parameter(var name, _) && weights.contains(name);
    depends = new boolean[graph.values().size()];
    trains = new boolean[graph.values().size()];
    for (Value v : graph.values()) {
      boolean start = weight.test(v.op());
      // Stopping a gradient is meant: what lies behind is not to be trained.
      depends[v.id()] = start || (!(v.op() instanceof Op.StopGradient)
          && Operands.of(v.op()).stream().anyMatch(o -> depends[o.id()]));
      trains[v.id()] = start || passed(v.op()).stream().anyMatch(o -> trains[o.id()]);
    }
    asked = new boolean[graph.values().size()];
    graph.outputs().values().forEach(v -> asked[v.id()] = true);
    for (Value v : graph.values().reversed()) {
      if (asked[v.id()]) {
        passed(v.op()).forEach(o -> asked[o.id()] = true);
      }
    }
  }

  /// @param graph the graph to train
  /// @param weights the names of its weights
  /// @throws GraphException with every problem: layer path, operation, value, what to do
  static void check(Graph graph, Set<String> weights) {
    QuantizerCheck check = new QuantizerCheck(graph, weights);
    graph.values().forEach(check::look);
    if (!check.problems.isEmpty()) {
      throw new GraphException("model '" + graph.name() + "' has quantizers that cannot work:\n  "
          + String.join("\n  ", check.problems));
    }
  }

  private void look(Value v) {
    if (v.op() instanceof Op.Quantize(var x, var type)) {
      constant(v, x, type);
      path(v, x);
    } else if (v.op() instanceof Op.QuantizeBits o) {
      path(v, o.x());
    }
  }

  private void constant(Value v, Value x, FixedType type) {
    if (x.op() instanceof Op.Constant(var t)) {
      for (float c : t.data()) {
        BigDecimal number = Float.isFinite(c) ? new BigDecimal(c) : type.max().add(BigDecimal.ONE);
        if (number.compareTo(type.min()) < 0 || number.compareTo(type.max()) > 0) {
          problem(v, "the constant " + c + " lies outside of " + type + ", which goes from "
              + type.min().toPlainString() + " to " + type.max().toPlainString() + "; choose more integer bits");
          return;
        }
      }
    }
  }

  private void path(Value v, Value x) {
    if (asked[v.id()] && depends[x.id()] && !trains[x.id()]) {
      problem(v, IrText.print(x.op()) + " passes no gradient to the weights that it depends on; quantize what comes "
          + "before it, or give it a gradient with a straight-through estimator");
    }
  }

  private void problem(Value v, String text) {
    problems.add((v.layer().isEmpty() ? "" : "layer " + v.layer() + ": ") + IrText.print(v.op()) + ": " + text);
  }

  /// The operands that an operation passes a gradient to.
  private static List<Value> passed(Op op) {
    return switch (op) {
      case Op.StopGradient _, Op.ArgMax _, Op.RandomUniform _ -> List.of();
      case Op.Unary(var fn, _) when fn == UnaryFn.SIGN || fn == UnaryFn.FLOOR || fn == UnaryFn.CEIL
          || fn == UnaryFn.ROUND -> List.of();
      case Op.Binary(var fn, var a, var b) -> switch (fn) {
        case ADD, SUB, MUL, DIV, MAX, MIN, POW -> List.of(a, b);
        case LT, LE, GT, GE, EQ, NE -> List.of();
      };
      case Op.Select(_, var a, var b) -> List.of(a, b);
      case Op.QuantizeBits o -> List.of(o.x());
      case Op.StraightThrough(_, var surrogate) -> List.of(surrogate);
      case Op.Gather(var x, _, _) -> List.of(x);
      case Op.ScatterAdd(var updates, _, _, _) -> List.of(updates);
      default -> Operands.of(op);
    };
  }
}
