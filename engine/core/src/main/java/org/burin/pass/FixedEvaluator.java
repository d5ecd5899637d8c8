package org.burin.pass;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedInterpreter.Check;
import org.burin.fixed.FixedInterpreter.Results;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Tensor;

/// Runs a lowered graph exactly, from floats to floats: what a [org.burin.exec.Plan] would compute if floats had 64 bits.
public final class FixedEvaluator {
  private final FixedGraph graph;

  /// An evaluator of a lowered graph.
  public FixedEvaluator(Lowered lowered) {
    graph = lowered.fixed();
  }

  /// All outputs, by name; numbers of more than 24 bits are rounded to the nearest float.
  ///
  /// @param inputs a tensor for every input, by name, samples along the first axis; more are ignored
  /// @throws org.burin.fixed.FixedException when an input is missing or has another shape
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    results(graph, inputs).outputs().forEach((name, t) -> outputs.put(name, floats(t)));
    return outputs;
  }

  /// All values.
  static Results results(FixedGraph graph, Map<String, Tensor> inputs) {
    Map<String, Tensor> given = new HashMap<>();
    for (FixedValue v : graph.inputs()) {
      String name = ((FixedOp.Input) v.op()).name();
      given.put(name, Objects.requireNonNull(inputs.get(name), "no tensor is given for input '" + name + "'"));
    }
    return FixedInterpreter.runFloats(graph, given, Check.OFF);
  }

  private static Tensor floats(FixedTensor t) {
    float[] data = new float[t.size()];
    for (int i = 0; i < data.length; i++) {
      // One rounding: a double would round first where there are more than 53 bits.
      data[i] = Math.scalb((float) t.raw()[i], -t.fraction());
    }
    return Tensor.of(t.shape(), data);
  }
}
