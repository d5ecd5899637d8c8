package org.burin.pass;

import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedValue;
import org.burin.ir.Graph;
import org.burin.ir.Value;

/// A graph in fixed point, and how it relates to the float graph.
///
/// @param source the float graph that was lowered
/// @param fixed the fixed-point graph; its inputs and outputs have the names of the float graph's
/// @param twins for values of `source` the value of `fixed` that holds the same numbers: every quantized value that
///     matters for an output has one, values that live in floating point only have none
/// @param inexact where float32 may round; empty when a plan of `source` computes what `fixed` computes, twin by twin
public record Lowered(Graph source, FixedGraph fixed, Map<Value, FixedValue> twins, List<Inexact> inexact) {
  /// Copies the list.
  public Lowered {
    inexact = List.copyOf(inexact);
  }

  /// Whether a plan of the float graph computes exactly what the fixed-point graph computes.
  public boolean isExactInFloat() {
    return inexact.isEmpty();
  }
}
