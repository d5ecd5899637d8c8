package org.burin.backend.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;

/// Where generated code keeps the values of a graph: inputs and outputs in the caller's arrays from an offset on,
/// others in fields.
final class Storage {
  /// A parameter of the generated methods.
  ///
  /// @param value what it holds
  /// @param label its name in the graph
  /// @param name its name in the code; the offset's is `nameAt`
  record Port(FixedValue value, String label, String name) {
    /// The name of the parameter that says where the sample begins.
    String offset() {
      return name + "At";
    }
  }

  private final Tables tables = new Tables();
  private final Helpers helpers = new Helpers();
  private final Map<FixedValue, Port> inputs = new LinkedHashMap<>();
  private final Map<String, Port> outputs = new LinkedHashMap<>();
  private final Map<FixedValue, String> fields = new LinkedHashMap<>();

  Storage(FixedGraph graph) {
    Map<String, Integer> taken = new LinkedHashMap<>();
    for (FixedValue v : graph.inputs()) {
      if (v.op() instanceof FixedOp.Input(var label, _, _)) {
        inputs.put(v, new Port(v, label, name(label, taken)));
      }
    }
    graph.outputs().forEach((label, v) -> outputs.put(label, new Port(v, label, name(label, taken))));
  }

  /// A Java name like the label, which no variable of a method body has: those are letters and a number.
  static String name(String label, Map<String, Integer> taken) {
    String s = label.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    if (s.isEmpty() || Character.isDigit(s.charAt(0)) || s.matches("[a-z]+[0-9]+") || SourceVersion.isKeyword(s)
        || s.matches("TABLE.*|rows.*|samples|partials|i|n") || s.endsWith("At")) {
      s = "port_" + s;
    }
    int n = taken.merge(s, 1, Integer::sum);
    return n == 1 ? s : s + "_" + n;
  }

  Tables tables() {
    return tables;
  }

  Helpers helpers() {
    return helpers;
  }

  List<Port> inputs() {
    return List.copyOf(inputs.values());
  }

  List<Port> outputs() {
    return List.copyOf(outputs.values());
  }

  /// The fields in use, by value.
  Map<FixedValue, String> fields() {
    return fields;
  }

  /// An element of an input or of a field, to be read.
  String element(FixedValue v, Affine flat, Body body) {
    Port port = inputs.get(v);
    if (port != null) {
      return element(port, flat, body);
    }
    return field(v, flat, body);
  }

  /// An element of a parameter.
  String element(Port port, Affine flat, Body body) {
    body.use(port.name());
    return port.name() + "[" + flat.plus(Affine.variable(port.offset())) + "]";
  }

  /// An element of a field.
  String field(FixedValue v, Affine flat, Body body) {
    String field = fields.computeIfAbsent(v, f -> "v" + f.id());
    return body.alias("this." + field) + "[" + flat + "]";
  }

  /// The outputs that a value is.
  List<Port> outputs(FixedValue v) {
    return outputs.values().stream().filter(p -> p.value() == v).toList();
  }
}
