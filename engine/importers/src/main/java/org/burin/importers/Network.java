package org.burin.importers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.burin.nn.Layer;
import org.burin.nn.MultiInputLayer;
import org.burin.tensor.Shape;

/// The structure of a Keras model, functional or sequential: what its configuration says, checked and resolved.
///
/// @param name its name
/// @param nodes its layers by name, in order, inputs included
/// @param inputs the tensors that it is called with
/// @param outputs the tensors that it gives
record Network(String name, Map<String, Node> nodes, List<Ref> inputs, List<Ref> outputs) {
  /// A tensor: which output of which call of which layer.
  record Ref(String layer, int call, int output) {}

  /// A layer and its calls.
  ///
  /// @param path names of the models around it, outermost first, and its own
  /// @param element what it computes
  /// @param calls the arguments of each call
  record Node(List<String> path, Element element, List<List<Ref>> calls) {
    String name() {
      return path.getLast();
    }
  }

  /// What a node computes.
  sealed interface Element {
    /// An input with samples of this shape.
    record Input(Shape sample) implements Element {}

    /// A layer of one argument.
    record One(Layer layer) implements Element {}

    /// A layer of several arguments.
    record Many(MultiInputLayer layer) implements Element {}

    /// A model.
    record Nested(Network network) implements Element {}
  }

  /// A model's configuration.
  ///
  /// @param kerasMajor the major version of the Keras that wrote it
  static Network of(JsonElement model, int kerasMajor) {
    return of(List.of(), Config.of("model configuration", model), new LayerReader(kerasMajor));
  }

  static boolean isNetwork(String className) {
    return className.equals("Functional") || className.equals("Model") || className.equals("Sequential");
  }

  private static Network of(List<String> around, Config model, LayerReader reader) {
    String type = model.text("class_name");
    if (!isNetwork(type)) {
      throw model.problem("'class_name': expected Functional, Model or Sequential, found '" + type + "'");
    }
    Config config = model.object("config");
    String name = config.text("name");
    Config named = config.at("model '" + name + "'");
    return type.equals("Sequential") ? sequential(name, around, named, reader)
        : functional(name, around, named, reader);
  }

  // ---- sequential ---------------------------------------------------------------------------------------------------

  private static Network sequential(String name, List<String> around, Config config, LayerReader reader) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Ref last = null;
    for (JsonElement e : config.list("layers")) {
      Config layer = Config.of(config.where() + ", layers", e);
      String type = layer.text("class_name");
      boolean input = type.equals("InputLayer");
      String layerName = layer.object("config").text("name");
      List<String> path = path(around, layerName);
      Element element = input ? input(layer) : element(path, layer, reader);
      if (last == null && !input) {
        last = add(nodes, implicitInput(around, config, layer, element), config);
      }
      last = add(nodes, new Node(path, element, last == null ? List.of() : List.of(List.of(last))), config);
    }
    if (last == null) {
      throw config.problem("it has no layers");
    }
    return new Network(name, nodes, List.of(new Ref(nodes.keySet().iterator().next(), 0, 0)), List.of(last));
  }

  /// The input that is not listed: its shape comes with the first layer, with the whole model (Keras 2), or from the
  /// input of a first layer that is a model itself.
  private static Node implicitInput(List<String> around, Config model, Config layer, Element element) {
    Config first = layer.object("config");
    Shape sample;
    if (element instanceof Element.Nested(var inner) && inner.inputs.size() == 1
        && inner.nodes.get(inner.inputs.getFirst().layer) instanceof Node(_, Element.Input(var shape), _)) {
      sample = shape;
    } else if (first.has("batch_input_shape")) {
      sample = first.at(where(layer)).sample("batch_input_shape");
    } else if (model.has("build_input_shape")) {
      sample = model.sample("build_input_shape");
    } else {
      throw model.problem("nothing says what shape its input has; expected an InputLayer, 'batch_input_shape' of its "
          + "first layer or 'build_input_shape'");
    }
    String name = first.text("name") + "_input";
    return new Node(path(around, name), new Element.Input(sample), List.of());
  }

  // ---- functional ---------------------------------------------------------------------------------------------------

  private static Network functional(String name, List<String> around, Config config, LayerReader reader) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (JsonElement e : config.list("layers")) {
      Config layer = Config.of(config.where() + ", layers", e);
      boolean input = layer.text("class_name").equals("InputLayer");
      String layerName = layer.text("name", layer.object("config").text("name"));
      List<String> path = path(around, layerName);
      Element element = input ? input(layer) : element(path, layer, reader);
      List<List<Ref>> calls = new ArrayList<>();
      for (JsonElement call : input ? List.<JsonElement>of() : layer.list("inbound_nodes")) {
        calls.add(arguments(layer.at(where(layer)), call));
      }
      add(nodes, new Node(path, element, List.copyOf(calls)), config);
    }
    List<Ref> inputs = ends(config, "input_layers");
    List<Ref> outputs = ends(config, "output_layers");
    return resolved(new Network(name, nodes, inputs, outputs), config);
  }

  private static List<Ref> ends(Config config, String name) {
    List<Ref> refs = new ArrayList<>();
    collect(config, name, config.get(name), refs);
    return List.copyOf(refs);
  }

  /// Collects `["layer", call, output]` from a list, a map, or a single one of these.
  private static void collect(Config config, String name, JsonElement e, List<Ref> refs) {
    if (e instanceof JsonArray array) {
      Optional<Ref> single = ref(array);
      if (single.isPresent()) {
        refs.add(single.get());
      } else {
        array.forEach(inner -> collect(config, name, inner, refs));
      }
    } else if (e instanceof JsonObject object) {
      object.asMap().values().forEach(inner -> collect(config, name, inner, refs));
    } else {
      throw config.unexpected(name, "[layer, call, output]");
    }
  }

  private static Optional<Ref> ref(JsonArray array) {
    boolean fits = array.size() >= 3 && array.get(0) instanceof JsonPrimitive p && p.isString()
        && array.get(1) instanceof JsonPrimitive call && call.isNumber()
        && array.get(2) instanceof JsonPrimitive output && output.isNumber();
    return fits
        ? Optional.of(new Ref(array.get(0).getAsString(), array.get(1).getAsInt(), array.get(2).getAsInt()))
        : Optional.empty();
  }

  /// The arguments of one call, in the form of Keras 2 (a list of references) or Keras 3 (`args` and `kwargs`).
  private static List<Ref> arguments(Config layer, JsonElement call) {
    List<Ref> refs = new ArrayList<>();
    if (call instanceof JsonObject object) {
      Config of3 = layer.at(layer.where() + ", inbound_nodes");
      Config named = new Config(of3.where(), object);
      named.list("args").forEach(arg -> tensors(of3, arg, refs));
      if (named.has("kwargs")) {
        checkOptions(layer, named.object("kwargs").json());
      }
    } else {
      collect(layer, "inbound_nodes", call, refs);
      options(call).forEach(options -> checkOptions(layer, options));
    }
    return List.copyOf(refs);
  }

  private static void tensors(Config layer, JsonElement arg, List<Ref> refs) {
    if (arg instanceof JsonArray array) {
      array.forEach(e -> tensors(layer, e, refs));
      return;
    }
    Config tensor = Config.of(layer.where(), arg);
    if (!tensor.text("class_name", "").equals("__keras_tensor__")
        || !(tensor.object("config").get("keras_history") instanceof JsonArray history)) {
      throw layer.problem("expected tensors as arguments, found " + Config.shortened(arg));
    }
    refs.add(ref(history).orElseThrow(() -> layer.problem("expected [layer, call, output], found " + history)));
  }

  /// The options behind the references of Keras 2, wherever they are.
  private static List<JsonObject> options(JsonElement call) {
    List<JsonObject> found = new ArrayList<>();
    if (call instanceof JsonArray array) {
      array.forEach(e -> {
        if (e instanceof JsonObject object) {
          found.add(object);
        } else {
          found.addAll(options(e));
        }
      });
    }
    return found;
  }

  private static void checkOptions(Config layer, JsonObject options) {
    options.asMap().forEach((name, value) -> {
      if (!value.isJsonNull() && !name.equals("training")) {
        throw layer.problem("a call has the argument '" + name + "', which is not supported: "
            + Config.shortened(value));
      }
    });
  }

  // ---- what both have in common -------------------------------------------------------------------------------------

  private static Element element(List<String> path, Config layer, LayerReader reader) {
    String type = layer.text("class_name");
    if (isNetwork(type)) {
      return new Element.Nested(of(path, layer, reader));
    }
    return reader.read(type, layer.object("config").at(where(layer)));
  }

  private static Element input(Config layer) {
    Config config = layer.object("config").at(where(layer));
    return new Element.Input(config.sample(config.has("batch_shape") ? "batch_shape" : "batch_input_shape"));
  }

  private static String where(Config layer) {
    return "layer '" + layer.object("config").text("name", "?") + "' (" + layer.text("class_name") + ")";
  }

  private static List<String> path(List<String> around, String name) {
    List<String> path = new ArrayList<>(around);
    path.add(name);
    return List.copyOf(path);
  }

  private static Ref add(Map<String, Node> nodes, Node node, Config model) {
    if (nodes.putIfAbsent(node.name(), node) != null) {
      throw model.problem("two layers are called '" + node.name() + "'");
    }
    return new Ref(node.name(), 0, 0);
  }

  /// The network with calls of nested models counted from 0.
  ///
  /// Keras counts the call by which a model was made, which is in no configuration, so that the first call in the file
  /// is number 1 there.
  private static Network resolved(Network network, Config config) {
    Map<String, Integer> first = new LinkedHashMap<>();
    network.nodes.forEach((name, node) -> {
      boolean nested = node.element instanceof Element.Nested;
      boolean zero = network.refs().stream().anyMatch(r -> r.layer.equals(name) && r.call == 0);
      first.put(name, nested && !zero ? 1 : 0);
    });
    Map<String, Node> nodes = new LinkedHashMap<>();
    network.nodes.forEach((name, node) -> nodes.put(name, new Node(node.path, node.element,
        node.calls.stream().map(call -> shifted(call, first)).toList())));
    Network result =
        new Network(network.name, nodes, shifted(network.inputs, first), shifted(network.outputs, first));
    for (Ref r : result.refs()) {
      Node node = nodes.get(r.layer);
      if (node == null) {
        throw config.problem("there is no layer '" + r.layer + "', which others refer to");
      }
      int calls = node.element instanceof Element.Input ? 1 : node.calls.size();
      int outputs = node.element instanceof Element.Nested(var inner) ? inner.outputs.size() : 1;
      if (r.call < 0 || r.call >= calls || r.output < 0 || r.output >= outputs) {
        throw config.problem("output " + r.output + " of call " + r.call + " of layer '" + r.layer
            + "' is referred to; it has " + calls + " calls and " + outputs + " outputs");
      }
    }
    return result;
  }

  private static List<Ref> shifted(List<Ref> refs, Map<String, Integer> first) {
    return refs.stream()
        .map(r -> new Ref(r.layer, r.call - Objects.requireNonNullElse(first.get(r.layer), 0), r.output))
        .toList();
  }

  private List<Ref> refs() {
    List<Ref> all = new ArrayList<>(inputs);
    nodes.values().forEach(node -> node.calls.forEach(all::addAll));
    all.addAll(outputs);
    return all;
  }
}
