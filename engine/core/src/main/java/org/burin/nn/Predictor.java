package org.burin.nn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Runs a model's graph over any number of samples, in chunks, with compiled plans that it keeps.
final class Predictor {
  private static final int CHUNK = 256;

  private final String name;
  private final Graph graph;
  private final Parameters parameters;
  private final Map<Integer, Plan> plans = new HashMap<>();

  Predictor(String name, Graph graph, Parameters parameters) {
    this.name = name;
    this.graph = graph;
    this.parameters = parameters;
  }

  Tensor predict(Tensor samples) {
    List<Value> inputs = graph.inputs();
    if (inputs.size() != 1 || graph.outputs().size() != 1) {
      throw new GraphException("model '" + name + "' has inputs " + names(inputs) + " and outputs "
          + graph.outputs().keySet() + "; pass a map of inputs by name");
    }
    return predict(Map.of(names(inputs).getFirst(), samples)).values().iterator().next();
  }

  Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    int samples = check(inputs);
    Map<String, Tensor> results = new LinkedHashMap<>();
    graph.outputs().forEach((key, v) -> {
      if (v.shape().batchAxis() != 0 && samples > CHUNK) {
        throw new GraphException("output '" + key + "' of model '" + name + "' has shape " + v.shape()
            + ", without a leading batch axis; it can be computed for up to " + CHUNK + " samples, found " + samples);
      }
      results.put(key, Tensor.zeros(v.shape().bind(samples)));
    });
    for (int from = 0; from < samples; from += CHUNK) {
      int size = Math.min(CHUNK, samples - from);
      Plan plan = plan(size);
      for (Value v : graph.inputs()) {
        String key = ((Input) v.op()).name();
        Tensor given = given(inputs, v);
        Tensor to = plan.input(key);
        int offset = v.shape().batchAxis() == 0 ? from * (to.size() / size) : 0;
        System.arraycopy(given.data(), offset, to.data(), 0, to.size());
      }
      plan.run();
      for (Map.Entry<String, Tensor> result : results.entrySet()) {
        Tensor part = plan.output(result.getKey());
        int offset = from * (part.size() / size);
        System.arraycopy(part.data(), 0, result.getValue().data(), offset, part.size());
      }
    }
    return results;
  }

  /// The number of samples, after a check of all inputs.
  private int check(Map<String, Tensor> inputs) {
    int samples = -1;
    for (Value v : graph.inputs()) {
      String key = ((Input) v.op()).name();
      Shape found = given(inputs, v).shape();
      boolean batched = v.shape().batchAxis() == 0;
      if (batched && samples < 0 && found.rank() > 0) {
        samples = found.dim(0);
      }
      if (!found.equals(v.shape().bind(Math.max(samples, 0)))) {
        throw new GraphException("input '" + key + "' of model '" + name + "' needs shape " + v.shape()
            + (batched && samples >= 0 ? " with N = " + samples : "") + ", found " + found);
      }
    }
    for (String key : inputs.keySet()) {
      if (!names(graph.inputs()).contains(key)) {
        throw new GraphException(
            "model '" + name + "' has no input '" + key + "'; its inputs are " + names(graph.inputs()));
      }
    }
    return samples < 0 ? 1 : samples;
  }

  private Tensor given(Map<String, Tensor> inputs, Value input) {
    String key = ((Input) input.op()).name();
    Tensor t = inputs.get(key);
    if (t == null) {
      throw new GraphException(
          "model '" + name + "' needs the input '" + key + "' " + input.shape() + ", found " + inputs.keySet());
    }
    return t;
  }

  /// Plans for full chunks and for the last rest; another rest takes the place of the one before.
  private Plan plan(int samples) {
    if (!plans.containsKey(samples)) {
      plans.keySet().removeIf(size -> size != CHUNK);
    }
    return plans.computeIfAbsent(
        samples, n -> Plan.compile(graph.bind(n), parameters.tensors(), PlanOptions.DEFAULT));
  }

  private static List<String> names(List<Value> inputs) {
    return inputs.stream().map(v -> ((Input) v.op()).name()).toList();
  }
}
