package org.burin.backend.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Value;

/// Where generated code keeps the values of a graph of floats: inputs in the caller's arrays, all others in fields.
final class FloatStorage {
  /// A parameter of the generated methods.
  ///
  /// @param value what it holds
  /// @param label its name in the graph
  /// @param name its name in the code; the offset's is `nameAt`
  record Port(Value value, String label, String name) {
    /// The name of the parameter that says where the sample begins.
    String offset() {
      return name + "At";
    }
  }

  private final Tables tables = new Tables();
  private final FloatFunctions functions = new FloatFunctions();
  private final Map<Value, Port> inputs = new LinkedHashMap<>();
  private final Map<String, Port> outputs = new LinkedHashMap<>();
  private final Map<String, Integer> fields = new LinkedHashMap<>();

  FloatStorage(Graph graph) {
    Map<String, Integer> taken = new LinkedHashMap<>();
    for (Value v : graph.inputs()) {
      if (v.op() instanceof Op.Input(var label, _)) {
        inputs.put(v, new Port(v, label, Storage.name(label, taken)));
      }
    }
    graph.outputs().forEach((label, v) -> outputs.put(label, new Port(v, label, Storage.name(label, taken))));
  }

  Tables tables() {
    return tables;
  }

  FloatFunctions functions() {
    return functions;
  }

  List<Port> inputs() {
    return List.copyOf(inputs.values());
  }

  List<Port> outputs() {
    return List.copyOf(outputs.values());
  }

  /// The fields in use: name and length.
  Map<String, Integer> fields() {
    return fields;
  }

  /// The name of the field of a value.
  String field(Value v) {
    String name = "v" + v.id();
    fields.putIfAbsent(name, FloatElements.shape(v).size());
    return name;
  }

  /// A field for the sixteen partial results of a long row.
  String partials(Body body) {
    fields.putIfAbsent("partials", 16);
    return body.alias("this.partials");
  }

  /// An element of an input or of a field.
  String element(Value v, Affine flat, Body body) {
    Port port = inputs.get(v);
    if (port != null) {
      body.use(port.name());
      return port.name() + "[" + flat.plus(Affine.variable(port.offset())) + "]";
    }
    return body.alias("this." + field(v)) + "[" + flat + "]";
  }
}
