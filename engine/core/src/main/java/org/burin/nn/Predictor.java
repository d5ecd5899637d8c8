package org.burin.nn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.pass.ExactSwitch;
import org.burin.pass.FixedEvaluator;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Runs a model's graph over any number of samples, in chunks: with compiled plans that it keeps or, where float32 would
/// round what is fixed point throughout, in fixed point.
final class Predictor {
  private static final int CHUNK = 256;

  private final String name;
  private final Graph graph;
  private final Parameters parameters;
  private final Map<Integer, Plan> plans = new HashMap<>();
  private final ExactSwitch exactly;

  Predictor(String name, Graph graph, Parameters parameters) {
    this.name = name;
    this.graph = graph;
    this.parameters = parameters;
    this.exactly = new ExactSwitch(
        "model '" + name + "' computes its outputs in 64-bit integers", graph, parameters::tensors);
  }

  Tensor predict(Tensor samples) {
    return predict(byName(samples)).values().iterator().next();
  }

  /// Samples of the only input, of a model with one output.
  Map<String, Tensor> byName(Tensor samples) {
    List<Value> inputs = graph.inputs();
    if (inputs.size() != 1 || graph.outputs().size() != 1) {
      throw new GraphException("model '" + name + "' has inputs " + names(inputs) + " and outputs "
          + graph.outputs().keySet() + "; pass a map of inputs by name");
    }
    return Map.of(names(inputs).getFirst(), samples);
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
    Optional<FixedEvaluator> exact = exactly.inexact().map(FixedEvaluator::new);
    for (int from = 0; from < samples; from += CHUNK) {
      int size = Math.min(CHUNK, samples - from);
      Map<String, Tensor> chunk = new HashMap<>();
      for (Value v : graph.inputs()) {
        chunk.put(((Input) v.op()).name(), chunk(given(inputs, v), v.shape(), from, size));
      }
      Map<String, Tensor> outputs = exact.isPresent() ? exact.get().run(chunk) : run(plan(size), chunk);
      for (Map.Entry<String, Tensor> result : results.entrySet()) {
        Tensor part = Objects.requireNonNull(outputs.get(result.getKey()));
        int offset = from * (part.size() / size);
        System.arraycopy(part.data(), 0, result.getValue().data(), offset, part.size());
      }
    }
    return results;
  }

  private static Tensor chunk(Tensor given, Shape shape, int from, int size) {
    if (shape.batchAxis() != 0) {
      return given;
    }
    Tensor part = Tensor.zeros(shape.bind(size));
    System.arraycopy(given.data(), from * (part.size() / Math.max(1, size)), part.data(), 0, part.size());
    return part;
  }

  private Map<String, Tensor> run(Plan plan, Map<String, Tensor> inputs) {
    inputs.forEach((key, t) -> System.arraycopy(t.data(), 0, plan.input(key).data(), 0, t.size()));
    plan.run();
    Map<String, Tensor> outputs = new HashMap<>();
    graph.outputs().keySet().forEach(key -> outputs.put(key, plan.output(key)));
    return outputs;
  }

  /// The number of samples, after a check of all inputs.
  int check(Map<String, Tensor> inputs) {
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
