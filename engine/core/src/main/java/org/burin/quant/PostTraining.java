package org.burin.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.data.Column;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.pass.Diagnostic;
import org.burin.pass.Passes;
import org.burin.pass.StripGradients;
import org.burin.quant.GridPoints.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Quantization after training: from a float model and samples of its inputs to a model on grids.
///
/// Batch normalisations are folded, the float model is run on the samples, and inputs, kernels, biases and what layers
/// give are brought onto grids whose ranges follow from what was seen; softmax becomes that of [QuantizedSoftmax]. The
/// model that comes out can be deployed, or trained on: both of its graphs are the quantized one (so without dropout,
/// and with the statistics of batch normalisations as they are).
public final class PostTraining {
  /// The note that a quantized model carries: how it was calibrated.
  public static final String NOTE = "calibration";

  private static final int CHUNK = 128;

  private final Model model;
  private final Calibration calibration;
  private final Graph graph;
  private final Map<Value, Role> points;
  private final Map<Value, Histogram> seen = new LinkedHashMap<>();
  private final Map<Value, Tensor> weights = new HashMap<>();

  private PostTraining(Model model, Calibration calibration) {
    this.model = model;
    this.calibration = calibration;
    graph = Passes.preparation().run(model.inference());
    List<Diagnostic> problems = new ArrayList<>();
    points = GridPoints.of(graph, problems);
    refuse(problems);
    graph.values().stream().filter(points::containsKey).forEach(v -> seen.put(v, new Histogram()));
  }

  private void refuse(List<Diagnostic> problems) {
    if (!problems.isEmpty()) {
      throw new GraphException("model '" + model.name() + "' cannot be quantized:\n  " + String.join("\n  ",
          problems.stream().map(Diagnostic::toString).toList()));
    }
  }

  /// The model on grids.
  ///
  /// @param data samples with an input column for every input of the model
  /// @throws GraphException with everything that stands in the way: layer path, operation, what was found, what to do
  /// @throws org.burin.data.DataException when an input has no column, or a file cannot be read
  public static Model quantize(Model model, Dataset data, Calibration calibration) {
    Dataset samples = data.take(Math.min(data.size(), calibration.mostSamples())).load();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value v : model.inference().inputs()) {
      String name = ((Op.Input) v.op()).name();
      inputs.put(name, samples.tensor(Column.Role.INPUT, name));
    }
    return quantize(model, inputs, calibration);
  }

  /// The model on grids.
  ///
  /// @param inputs samples along the first axis for every input of the model, by name
  /// @throws GraphException with everything that stands in the way: layer path, operation, what was found, what to do
  public static Model quantize(Model model, Map<String, Tensor> inputs, Calibration calibration) {
    PostTraining run = new PostTraining(model, calibration);
    run.observe(inputs);
    Graph quantized = run.rewritten();
    Graph used = new StripGradients().run(quantized).prune();
    return Model.of(model.name(), quantized, used, model.parameters().copy(), model.metadata())
        .withMetadata(NOTE, calibration.toString());
  }

  // ---- looking ----------------------------------------------------------------------------------------------------

  private void observe(Map<String, Tensor> inputs) {
    int samples = samples(inputs);
    for (int from = 0; from < samples; from += CHUNK) {
      int size = Math.min(CHUNK, samples - from);
      Plan plan = Plan.compile(observed(size), model.parameters().tensors(), PlanOptions.DEFAULT);
      for (Value v : graph.inputs()) {
        String name = ((Op.Input) v.op()).name();
        Tensor to = plan.input(name);
        Tensor given = Objects.requireNonNull(inputs.get(name));
        System.arraycopy(given.data(), from * (to.size() / size), to.data(), 0, to.size());
      }
      plan.run();
      for (Map.Entry<Value, Histogram> e : seen.entrySet()) {
        Tensor t = plan.output(output(e.getKey()));
        boolean weight = points.get(e.getKey()) != Role.DATA;
        if (weight) {
          weights.putIfAbsent(e.getKey(), t.copy());
        }
        for (int i = 0; i < t.size() && (!weight || from == 0); i++) {
          e.getValue().add(t.data()[i]);
        }
      }
    }
    List<Diagnostic> problems = new ArrayList<>();
    seen.forEach((v, numbers) -> {
      if (!numbers.isFinite()) {
        problems.add(new Diagnostic(v.layer(), v.toString(), "the float model gives numbers that are infinite or NaN",
            "check its weights and the samples"));
      }
    });
    refuse(problems);
  }

  private int samples(Map<String, Tensor> inputs) {
    List<Diagnostic> problems = new ArrayList<>();
    int samples = calibration.mostSamples();
    for (Value v : graph.inputs()) {
      String name = ((Op.Input) v.op()).name();
      Tensor t = inputs.get(name);
      Shape found = t == null ? Shape.SCALAR : t.shape();
      if (found.rank() == 0 || found.dim(0) < 1 || !found.equals(v.shape().bind(found.dim(0)))) {
        problems.add(new Diagnostic("", "input '" + name + "'", "expected samples of shape " + v.shape() + ", found "
            + (t == null ? "none" : found), "pass at least one sample for every input"));
      } else {
        samples = Math.min(samples, found.dim(0));
      }
    }
    refuse(problems);
    return samples;
  }

  /// The float graph with every point as an output.
  private Graph observed(int batch) {
    GraphBuilder b = GraphBuilder.continuing(graph);
    seen.keySet().forEach(v -> b.output(output(v), v));
    return b.build().bind(batch);
  }

  private static String output(Value v) {
    return "calibration/" + v.id();
  }

  // ---- rewriting --------------------------------------------------------------------------------------------------

  private Graph rewritten() {
    GraphBuilder b = new GraphBuilder(graph.name());
    List<Value> copies = new ArrayList<>();
    for (Value v : graph.values()) {
      Op op = Operands.map(v.op(), o -> copies.get(o.id()));
      copies.add(b.within(v.layer(), () -> {
        if (op instanceof Op.Softmax(var x)) {
          return QuantizedSoftmax.of(typeOf(x)).stable(b, x);
        }
        Value y = b.add(op);
        Role role = points.get(v);
        return role == null ? y : quantized(b, v, y, role);
      }));
    }
    graph.outputs().forEach((key, v) -> b.output(key, copies.get(v.id())));
    return b.build().prune();
  }

  private Value quantized(GraphBuilder b, Value v, Value y, Role role) {
    Histogram numbers = Objects.requireNonNull(seen.get(v));
    return switch (role) {
      case DATA -> b.quantize(y, calibration.type(numbers, calibration.dataBits(), calibration.method()));
      case BIAS -> b.quantize(y, calibration.type(numbers, calibration.biasBits(), Calibration.Method.MIN_MAX));
      case KERNEL -> calibration.perChannel() && y.shape().rank() > 1
          ? perChannel(b, Objects.requireNonNull(weights.get(v)), y)
          : b.quantize(y, calibration.type(numbers, calibration.weightBits(), weightMethod()));
    };
  }

  /// Weights have no outliers to leave out, but perhaps a range of less error.
  private Calibration.Method weightMethod() {
    return calibration.method() == Calibration.Method.MEAN_SQUARED_ERROR
        ? Calibration.Method.MEAN_SQUARED_ERROR
        : Calibration.Method.MIN_MAX;
  }

  private Value perChannel(GraphBuilder b, Tensor w, Value y) {
    int channels = w.shape().dim(-1);
    float[] integer = new float[channels];
    float[] fraction = new float[channels];
    for (int c = 0; c < channels; c++) {
      Histogram numbers = new Histogram();
      // One sign for all channels: a zero is no reason for another type.
      numbers.add(-Float.MIN_VALUE);
      for (int i = c; i < w.size(); i += channels) {
        numbers.add(w.data()[i]);
      }
      FixedType type = calibration.type(numbers, calibration.weightBits(), weightMethod());
      integer[c] = type.integer();
      fraction[c] = type.fraction();
    }
    return b.quantizeBits(y, b.constant(Tensor.vector(integer)), b.constant(Tensor.vector(fraction)), true,
        Rounding.RND_CONV, Overflow.SAT);
  }

  /// The type of a value that is quantized, or moved after that.
  private static FixedType typeOf(Value v) {
    return v.op() instanceof Op.Quantize(_, var type) ? type : typeOf(Operands.of(v.op()).getFirst());
  }
}
