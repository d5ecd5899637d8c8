package org.burin.fixed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.tensor.Shape;

/// Checks that a fixed graph is well formed and that its precisions are those that the inference finds.
public final class FixedVerifier {
  private FixedVerifier() {}

  /// Every problem of the graph, each with the value and its layer; empty when there is none.
  public static List<String> problems(FixedGraph graph) {
    List<String> problems = new ArrayList<>();
    Map<String, FixedValue> inputs = new HashMap<>();
    for (int i = 0; i < graph.values().size(); i++) {
      FixedValue v = graph.values().get(i);
      String where = v + (v.layer().isEmpty() ? "" : " (layer " + v.layer() + ")") + ": ";
      if (v.id() != i) {
        problems.add(where + "stands at position " + i);
      }
      for (FixedValue o : FixedOperands.of(v.op())) {
        if (o.id() >= i || graph.values().get(o.id()) != o) {
          problems.add(where + "operand " + o + " is not an earlier value of this graph");
        }
      }
      if (v.op() instanceof FixedOp.Input in && inputs.put(in.name(), v) != null) {
        problems.add(where + "input " + in.name() + " exists twice");
      }
      inferred(v, where, problems);
    }
    graph.outputs().forEach((key, v) -> {
      if (v.id() >= graph.values().size() || graph.values().get(v.id()) != v) {
        problems.add("output '" + key + "': " + v + " is not a value of this graph");
      }
    });
    return problems;
  }

  private static void inferred(FixedValue v, String where, List<String> problems) {
    try {
      Shape shape = FixedShapes.of(v.op());
      Precision precision = InferPrecision.of(v.op(), shape);
      if (!shape.equals(v.shape())) {
        problems.add(where + "has shape " + v.shape() + ", its operation gives " + shape);
      }
      if (!precision.equals(v.precision())) {
        problems.add(where + "has precision " + v.precision() + ", its operation gives " + precision);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(where + FixedText.brief(v.op()) + ": " + e.getMessage());
    }
  }

  /// Throws if the graph has a problem.
  ///
  /// @throws FixedException with all of them
  public static void verify(FixedGraph graph) {
    List<String> problems = problems(graph);
    if (!problems.isEmpty()) {
      throw new FixedException("fixed graph '" + graph.name() + "' is not well formed:\n  "
          + String.join("\n  ", problems));
    }
  }
}
