package org.burin.codegen.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// What a backend translates: a graph of exact numbers with its weights inside, or a graph of floats with its weights
/// beside it. A backend that handles one kind only refuses the other in [Backend#validate].
public sealed interface Program {
  /// What is known of the model beside its graph.
  About about();

  /// The graph to use of a model: in fixed point if the model quantizes anything, otherwise in floats.
  ///
  /// @throws org.burin.pass.LoweringException when the model quantizes, and cannot be computed in fixed point: every
  ///     reason
  static Program of(Model model) {
    return model.isQuantized() ? Fixed.of(model) : Floating.of(model);
  }

  /// The shapes of the inputs by name, in order; extents may be the open batch size.
  Map<String, Shape> inputs();

  /// The shapes of the outputs by name, in order; extents may be the open batch size.
  Map<String, Shape> outputs();

  /// A model in words.
  ///
  /// @param name what it is called
  /// @param summary its layers as a table, lines ending with one line feed; may be empty
  /// @param metadata its notes by key, in order
  record About(String name, String summary, Map<String, String> metadata) {
    /// Copies the notes.
    public About {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /// What a model says of itself.
    public static About of(Model model) {
      return new About(model.name(), model.summary(), model.metadata());
    }
  }

  /// Exact arithmetic; `FixedInterpreter` defines the results.
  record Fixed(About about, FixedGraph graph) implements Program {
    /// The graph to use of a model, lowered.
    ///
    /// @throws org.burin.pass.LoweringException when it cannot be computed in fixed point: every reason
    public static Fixed of(Model model) {
      return new Fixed(About.of(model), model.fixed());
    }

    @Override
    public Map<String, Shape> inputs() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      graph.inputs().forEach(v -> shapes.put(((FixedOp.Input) v.op()).name(), v.shape()));
      return Collections.unmodifiableMap(shapes);
    }

    @Override
    public Map<String, Shape> outputs() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      graph.outputs().forEach((name, v) -> shapes.put(name, v.shape()));
      return Collections.unmodifiableMap(shapes);
    }
  }

  /// Arithmetic in float32; `Plan` defines the results, to the last bit.
  ///
  /// @param graph without updates
  /// @param parameters a tensor for every parameter of the graph; not copied
  record Floating(About about, Graph graph, Map<String, Tensor> parameters) implements Program {
    /// Copies the map.
    ///
    /// @throws IllegalArgumentException when a parameter is missing, or the graph has updates
    public Floating {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      for (Value v : graph.parameters()) {
        if (v.op() instanceof Op.Parameter p && !parameters.containsKey(p.name())) {
          throw new IllegalArgumentException("graph '" + graph.name() + "' has the parameter '" + p.name()
              + "', for which there is no tensor; there are " + parameters.keySet());
        }
      }
      if (!graph.updates().isEmpty()) {
        throw new IllegalArgumentException("graph '" + graph.name() + "' updates " + graph.updates().keySet()
            + "; pass a graph to use, not one to train");
      }
    }

    /// The graph to use of a model, with its parameters themselves.
    public static Floating of(Model model) {
      return new Floating(About.of(model), model.inference(), model.parameters().tensors());
    }

    @Override
    public Map<String, Shape> inputs() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      graph.inputs().forEach(v -> shapes.put(((Op.Input) v.op()).name(), v.shape()));
      return Collections.unmodifiableMap(shapes);
    }

    @Override
    public Map<String, Shape> outputs() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      graph.outputs().forEach((name, v) -> shapes.put(name, v.shape()));
      return Collections.unmodifiableMap(shapes);
    }
  }
}
