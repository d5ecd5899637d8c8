package org.burin.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;

/// Checks that a graph is well formed.
public final class Verifier {
  private Verifier() {}

  /// Every problem of the graph, each with the value and its layer; empty when there is none.
  public static List<String> problems(Graph graph) {
    List<String> problems = new ArrayList<>();
    Map<String, Value> names = new HashMap<>();
    for (int i = 0; i < graph.values().size(); i++) {
      Value v = graph.values().get(i);
      String where = v + (v.layer().isEmpty() ? "" : " (layer " + v.layer() + ")") + ": ";
      if (v.id() != i) {
        problems.add(where + "stands at position " + i);
      }
      for (Value o : Operands.of(v.op())) {
        if (o.id() >= i || graph.values().get(o.id()) != o) {
          problems.add(where + "operand " + o + " is not an earlier value of this graph");
        }
      }
      String name = v.op() instanceof Input in ? "input " + in.name()
          : v.op() instanceof Parameter p ? "parameter " + p.name() : "";
      if (!name.isEmpty() && names.put(name, v) != null) {
        problems.add(where + name + " exists twice");
      }
      try {
        TensorType type = TypeInference.of(v.op());
        if (!type.equals(v.type())) {
          problems.add(where + "has type " + v.type() + ", its operation gives " + type);
        }
      } catch (IllegalArgumentException e) {
        problems.add(where + IrText.print(v.op()) + ": " + e.getMessage());
      }
    }
    graph.outputs().forEach((key, v) -> owned(graph, v, "output '" + key + "'", problems));
    graph.updates().forEach((key, v) -> {
      owned(graph, v, "update of '" + key + "'", problems);
      Value parameter = names.get("parameter " + key);
      if (parameter == null) {
        problems.add("update of '" + key + "': there is no such parameter");
      } else if (!parameter.type().equals(v.type())) {
        problems.add("update of '" + key + "': has type " + v.type() + ", the parameter " + parameter.type());
      }
    });
    return problems;
  }

  /// Throws if the graph has a problem.
  ///
  /// @throws GraphException with all of them
  public static void verify(Graph graph) {
    List<String> problems = problems(graph);
    if (!problems.isEmpty()) {
      throw new GraphException("graph '" + graph.name() + "' is not well formed:\n  " + String.join("\n  ", problems));
    }
  }

  private static void owned(Graph graph, Value v, String what, List<String> problems) {
    if (v.id() >= graph.values().size() || graph.values().get(v.id()) != v) {
      problems.add(what + ": " + v + " is not a value of this graph");
    }
  }
}
