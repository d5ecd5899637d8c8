package org.burin.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.burin.fixed.FixedGraph;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Value;
import org.burin.ir.Verifier;
import org.burin.pass.ExactSwitch;
import org.burin.pass.Lowered;
import org.burin.pass.LowerToFixed;
import org.burin.pass.QuantizationReport;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A neural network: a graph to train, a graph to use, and the parameters that both read.
///
/// Graphs and metadata never change; the parameters' numbers do, in place. Not thread-safe.
public final class Model {
  private final String name;
  private final Graph training;
  private final Graph inference;
  private final Parameters parameters;
  private final Map<String, String> metadata;
  private final Predictor predictor;

  private Model(
      String name, Graph training, Graph inference, Parameters parameters, Map<String, String> metadata) {
    this.name = name;
    this.training = training;
    this.inference = inference;
    this.parameters = parameters;
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.predictor = new Predictor(name, inference, parameters);
  }

  /// The model that a recipe describes, its parameters filled from `seed`.
  ///
  /// @throws GraphException when a layer's input does not fit (layer, operation, shapes), the recipe differs from its
  ///     first run to its second, or quantizers cannot work: a type does not hold a constant, or no gradient gets through
  public static Model build(String name, long seed, Recipe recipe) {
    Net trained = run(name, true, recipe);
    Net used = run(name, false, recipe);
    compare(name, trained.declarations(), used.declarations());
    Parameters parameters = trained.initialize(seed);
    Graph training = trained.finish();
    QuantizerCheck.check(training, Set.copyOf(parameters.trainable()));
    return new Model(name, training, used.finish(), parameters, Map.of());
  }

  /// A model of layers applied one after the other, from the input `x` to the output `y`.
  ///
  /// @param sample the shape of one sample, without a batch axis
  /// @throws GraphException when a layer's input does not fit: layer, operation, shapes
  public static Model sequential(String name, long seed, Shape sample, Layer... layers) {
    return build(name, seed, net -> net.output("y", net.chain(net.input("x", sample.dims()), layers)));
  }

  /// A model of graphs that exist already.
  ///
  /// @param training the graph to train
  /// @param inference the graph to use
  /// @param parameters a tensor for every parameter of both graphs; kept, not copied
  /// @throws GraphException when a graph is not well formed, or a parameter is missing or has another shape
  public static Model of(
      String name, Graph training, Graph inference, Parameters parameters, Map<String, String> metadata) {
    for (Graph graph : List.of(training, inference)) {
      Verifier.verify(graph);
      for (Value v : graph.parameters()) {
        if (v.op() instanceof Parameter(var parameter, var shape)
            && !parameters.get(parameter).shape().equals(shape)) {
          throw new GraphException("parameter '" + parameter + "' has shape " + shape + " in graph '" + graph.name()
              + "', its tensor has " + parameters.get(parameter).shape());
        }
      }
    }
    return new Model(name, training, inference, parameters, metadata);
  }

  private static Net run(String name, boolean training, Recipe recipe) {
    Net net = new Net(name, training);
    recipe.build(net);
    return net;
  }

  private static void compare(String name, Map<String, Net.Declaration> trained, Map<String, Net.Declaration> used) {
    TreeSet<String> paths = new TreeSet<>(trained.keySet());
    paths.addAll(used.keySet());
    for (String path : paths) {
      Net.Declaration first = trained.get(path);
      Net.Declaration second = used.get(path);
      if (first == null || second == null || !first.matches(second)) {
        throw new GraphException("the recipe of model '" + name + "' must declare the same parameters in both runs; '"
            + path + "' is " + (first == null ? "absent" : "a " + first) + " in the graph to train and "
            + (second == null ? "absent" : "a " + second) + " in the graph to use");
      }
    }
  }

  /// What the model is called.
  public String name() {
    return name;
  }

  /// The graph to train: with dropout, batch statistics, updates of states and perhaps the output [Net#PENALTY].
  /// Updates of states that are frozen now are left out.
  public Graph training() {
    Map<String, Value> updates = new LinkedHashMap<>(training.updates());
    updates.keySet().removeIf(parameters::isFrozen);
    return new Graph(training.name(), training.values(), training.outputs(), updates);
  }

  /// The graph to train with all its updates.
  Graph wholeTraining() {
    return training;
  }

  /// The graph to use.
  public Graph inference() {
    return inference;
  }

  /// The parameters themselves: whoever changes their numbers changes the model.
  public Parameters parameters() {
    return parameters;
  }

  /// Notes by key, such as how inputs are scaled; unmodifiable, in the order in which they were added.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// The model with one note more, or another text for one. The two share their parameters.
  public Model withMetadata(String key, String text) {
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.put(key, text);
    return new Model(name, training, inference, parameters, notes);
  }

  /// The model as a layer of another one, which trains a copy of its parameters.
  public ModelLayer asLayer() {
    return new ModelLayer(this, false, "", "");
  }

  /// The model as a layer of another one, which leaves a copy of its parameters as they are: a part of a loss, say.
  public ModelLayer asFrozenLayer() {
    return new ModelLayer(this, true, "", "");
  }

  /// The model's only output for samples of its only input.
  ///
  /// A model of fixed-point numbers throughout runs in 64-bit integers where float32 would round, and a line is logged that
  /// says so; the outputs are then rounded to float32 once.
  ///
  /// @param samples samples along the first axis
  /// @throws GraphException when there are several inputs or outputs, or the shape does not fit
  public Tensor predict(Tensor samples) {
    return predictor.predict(samples);
  }

  /// All outputs for these inputs.
  ///
  /// @param inputs a tensor for every input, by name, samples along the first axis
  /// @throws GraphException when an input is missing or unknown, or a shape does not fit
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    return predictor.predict(inputs);
  }

  // ---- fixed point ------------------------------------------------------------------------------------------------

  /// Whether the graph to use has quantizers.
  public boolean isQuantized() {
    return ExactSwitch.isQuantized(inference);
  }

  /// The model in fixed point, with its present parameters.
  ///
  /// @throws org.burin.pass.LoweringException with everything that stands in the way, such as an input that no quantizer
  ///     reads: layer, operation, problem, remedy
  public Lowered lower() {
    return LowerToFixed.of(parameters.tensors()).lower(inference);
  }

  /// The graph that hardware and code are made of: [#lower] without what it was made from.
  ///
  /// @throws org.burin.pass.LoweringException as [#lower]
  public FixedGraph fixed() {
    return lower().fixed();
  }

  /// Types, proven ranges, effective bit operations and tables, value by value.
  ///
  /// @throws org.burin.pass.LoweringException as [#lower]
  public QuantizationReport quantizationReport() {
    return QuantizationReport.of(lower());
  }

  /// The same with the ranges that are used, and how often types overflow, on samples of the only input.
  ///
  /// @param samples samples along the first axis
  /// @throws org.burin.pass.LoweringException as [#lower]
  /// @throws GraphException when there are several inputs, or the shape does not fit
  public QuantizationReport quantizationReport(Tensor samples) {
    return quantizationReport(predictor.byName(samples));
  }

  /// The same on samples of several inputs.
  ///
  /// @param inputs a tensor for every input, by name, samples along the first axis
  /// @throws org.burin.pass.LoweringException as [#lower]
  /// @throws GraphException when an input is missing or unknown, or a shape does not fit
  public QuantizationReport quantizationReport(Map<String, Tensor> inputs) {
    predictor.check(inputs);
    return QuantizationReport.of(lower(), inputs);
  }

  /// A table of layers with output shapes, numbers of parameters and multiplications per sample.
  public String summary() {
    return Summary.of(this);
  }

  /// Name and size in one line.
  @Override
  public String toString() {
    return "model '" + name + "' with " + parameters.count() + " parameters";
  }
}
