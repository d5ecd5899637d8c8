package org.burin.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Op.RandomUniform;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// A model, built or read from a file, as a layer of another one: [Model#asLayer] and [Model#asFrozenLayer].
///
/// Its inputs are the model's, in order. Its parameters start as copies of the model's, under the layer's path; applied
/// twice, it uses them twice. A frozen layer computes what the model computes in use, also while training, and its
/// parameters are states that nothing changes.
///
/// @param model the model
/// @param frozen whether training leaves it alone
/// @param output the output that it gives, or empty for the model's only one
/// @param name its name, or empty for an automatic one
public record ModelLayer(Model model, boolean frozen, String output, String name) implements MultiInputLayer {
  /// The same layer giving another of the model's outputs.
  public ModelLayer withOutput(String newOutput) {
    return new ModelLayer(model, frozen, newOutput, name);
  }

  /// The same layer under a chosen name.
  public ModelLayer named(String newName) {
    return new ModelLayer(model, frozen, output, newName);
  }

  @Override
  public String stem() {
    return "model";
  }

  @Override
  public Value build(Net net, List<Value> inputs) {
    Graph graph = net.training() && !frozen ? model.wholeTraining() : model.inference();
    Iterator<Value> samples = checked(net, graph, inputs).iterator();
    Map<String, Value> parameters = new HashMap<>();
    Parameters p = model.parameters();
    for (String key : p.names()) {
      parameters.put(key, net.adopt(key, p.get(key), frozen ? Parameters.Kind.STATE : p.kind(key)));
    }
    List<Value> copies = new ArrayList<>();
    for (Value v : graph.values()) {
      Op op = Operands.map(v.op(), o -> copies.get(o.id()));
      if (op instanceof Input i) {
        copies.add(i.name().equals(Net.RANDOM_KEY) ? net.randomKey() : samples.next());
      } else if (op instanceof Parameter(var key, _)) {
        // A second application goes on from the states that the first one leaves.
        copies.add(net.latest(Objects.requireNonNull(parameters.get(key))));
      } else if (op instanceof RandomUniform r) {
        copies.add(net.uniform(r.shape()));
      } else {
        copies.add(within(net, v.layer(), op));
      }
    }
    graph.updates().forEach((key, v) ->
        net.update(Objects.requireNonNull(parameters.get(key)), copies.get(v.id())));
    if (graph.outputs().containsKey(Net.PENALTY) && !net.appliedAgain()) {
      net.penalty(copies.get(graph.output(Net.PENALTY).id()));
    }
    return copies.get(graph.output(chosenOutput(net)).id());
  }

  /// Adds an operation to the layer that it belongs to in the model, under this layer's path.
  private static Value within(Net net, String layer, Op op) {
    GraphBuilder b = net.graph();
    return layer.isEmpty() ? b.add(op) : b.scope(layer, () -> b.add(op));
  }

  private List<Value> checked(Net net, Graph graph, List<Value> inputs) {
    List<Value> expected = graph.inputs().stream()
        .filter(v -> v.op() instanceof Input i && !i.name().equals(Net.RANDOM_KEY))
        .toList();
    List<Shape> shapes = expected.stream().map(Value::shape).toList();
    List<Shape> found = inputs.stream().map(Value::shape).toList();
    if (!shapes.equals(found)) {
      throw net.problem("model '" + model.name() + "' has inputs of shapes " + shapes + ", found " + found);
    }
    return inputs;
  }

  private String chosenOutput(Net net) {
    Set<String> outputs = model.inference().outputs().keySet();
    if (output.isEmpty() && outputs.size() != 1) {
      throw net.problem("model '" + model.name() + "' has the outputs " + outputs + "; choose one with withOutput");
    }
    return output.isEmpty() ? outputs.iterator().next() : output;
  }
}
