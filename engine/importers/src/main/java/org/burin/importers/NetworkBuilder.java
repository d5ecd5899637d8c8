package org.burin.importers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.burin.importers.Network.Element;
import org.burin.importers.Network.Node;
import org.burin.importers.Network.Ref;
import org.burin.ir.Value;
import org.burin.nn.Block;
import org.burin.nn.Net;

/// Builds a [Network] as a model: what a recipe does. Layers and nested models that are called again share their
/// parameters.
final class NetworkBuilder {
  private final Network root;
  private final IdentityHashMap<Network, Block> blocks = new IdentityHashMap<>();

  /// What the latest application of each nested model gave.
  private final IdentityHashMap<Network, List<Value>> latest = new IdentityHashMap<>();

  NetworkBuilder(Network root) {
    this.root = root;
  }

  /// The names of layers in Keras by their paths among the parameters.
  Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    add(root, "", layers);
    return layers;
  }

  private static void add(Network network, String prefix, Map<String, List<String>> layers) {
    for (Node node : network.nodes().values()) {
      String path = prefix + ParameterNames.clean(node.name());
      if (node.element() instanceof Element.Nested(var inner)) {
        add(inner, path + "/", layers);
      } else {
        layers.put(path, node.path());
      }
    }
  }

  /// Adds the whole model: its inputs and outputs are called like the layers that they come from.
  void build(Net net) {
    List<Value> inputs = new ArrayList<>();
    for (Ref input : root.inputs()) {
      if (!(node(root, input).element() instanceof Element.Input(var sample))) {
        throw new ImportProblem("model '" + root.name() + "': its input '" + input.layer() + "' is no InputLayer");
      }
      inputs.add(net.input(ParameterNames.clean(input.layer()), sample.dims()));
    }
    List<Value> outputs = build(net, root, inputs);
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = ParameterNames.clean(root.outputs().get(i).layer());
      net.output(taken.add(name) ? name : name + "_" + i, outputs.get(i));
    }
  }

  private List<Value> build(Net net, Network network, List<Value> inputs) {
    if (inputs.size() != network.inputs().size()) {
      throw net.problem("model '" + network.name() + "' has " + network.inputs().size() + " inputs, it is called with "
          + inputs.size());
    }
    Run run = new Run(net, network);
    for (int i = 0; i < inputs.size(); i++) {
      run.values.put(network.inputs().get(i), inputs.get(i));
    }
    network.nodes().forEach((name, node) -> {
      for (int call = 0; call < node.calls().size(); call++) {
        run.value(new Ref(name, call, 0));
      }
    });
    return network.outputs().stream().map(run::value).toList();
  }

  /// One application of a network.
  private final class Run {
    final Net net;
    final Network network;
    final Map<Ref, Value> values = new HashMap<>();
    final Set<Ref> open = new HashSet<>();

    Run(Net net, Network network) {
      this.net = net;
      this.network = network;
    }

    /// A tensor, after those that it is computed from. Keras lists layers in the order of their calls; others will do.
    Value value(Ref ref) {
      Value known = values.get(ref);
      if (known != null) {
        return known;
      }
      Node node = node(network, ref);
      Ref call = new Ref(ref.layer(), ref.call(), 0);
      if (!open.add(call)) {
        throw new ImportProblem("model '" + network.name() + "': layer '" + ref.layer() + "' takes its own result");
      }
      if (node.element() instanceof Element.Input) {
        throw new ImportProblem("model '" + network.name() + "': input '" + ref.layer()
            + "' is missing among 'input_layers'");
      }
      List<Value> arguments = node.calls().get(ref.call()).stream().map(this::value).toList();
      List<Value> results = ref.call() == 0 ? apply(node, arguments)
          // Layers without parameters need another name for each call.
          : net.scope(ParameterNames.clean(node.name()) + "_call_" + ref.call(), () -> apply(node, arguments));
      for (int i = 0; i < results.size(); i++) {
        values.put(new Ref(ref.layer(), ref.call(), i), results.get(i));
      }
      return Objects.requireNonNull(values.get(ref));
    }

    private List<Value> apply(Node node, List<Value> arguments) {
      return switch (node.element()) {
        case Element.One(var layer) -> {
          if (arguments.size() != 1) {
            throw new ImportProblem("layer '" + node.name() + "': expected one argument, found " + arguments.size());
          }
          yield List.of(net.apply(layer, arguments.getFirst()));
        }
        case Element.Many(var layer) -> List.of(net.apply(layer, arguments));
        case Element.Nested(var inner) -> {
          net.apply(block(node, inner), arguments);
          yield Objects.requireNonNull(latest.get(inner));
        }
        case Element.Input _ -> throw new AssertionError("inputs are not called");
      };
    }

    private Block block(Node node, Network inner) {
      return blocks.computeIfAbsent(inner, _ -> Block.of(ParameterNames.clean(node.name()), (n, inputs) -> {
        List<Value> outputs = build(n, inner, inputs);
        latest.put(inner, outputs);
        return outputs.getFirst();
      }));
    }
  }

  private static Node node(Network network, Ref ref) {
    return Objects.requireNonNull(network.nodes().get(ref.layer()));
  }
}
