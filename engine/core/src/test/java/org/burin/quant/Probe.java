package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.burin.exec.DoubleTensor;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.exec.ReferenceInterpreter;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Initializer;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Applies a quantizer to a tensor and gives what comes out, in floats and in doubles, and the gradient.
final class Probe {
  private final Model model;
  private final Tensor x;

  private Probe(Quantizer quantizer, Tensor x) {
    this.x = x;
    model = Model.build("m", 1, net -> net.output("y", net.apply(QuantizerLayer.of(quantizer),
        net.parameter("x", x.shape(), Initializer.copyOf(x)))));
  }

  static Probe of(Quantizer quantizer, Tensor x) {
    return new Probe(quantizer, x);
  }

  static Probe of(Quantizer quantizer, float... x) {
    return new Probe(quantizer, Tensor.vector(x));
  }

  /// All multiples of 1/64 in [-limit, limit]: every tie and every corner of grids that are coarser.
  static float[] sixtyFourths(int limit) {
    float[] x = new float[128 * limit + 1];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / 64f - limit;
    }
    return x;
  }

  /// What the graph to use gives.
  float[] inference() {
    return run(model.inference(), 0);
  }

  /// What the graph to train gives at a step.
  float[] training(int step) {
    return run(model.training(), step);
  }

  /// The gradient in the numbers of the sum of the results.
  float[] gradient() {
    GraphBuilder b = GraphBuilder.continuing(model.training());
    Value y = model.training().output("y");
    Value parameter = model.training().parameters().getFirst();
    b.output("g", Gradients.of(b, b.sum(y), List.of(parameter)).getFirst());
    return run(b.build(), 0, "g");
  }

  /// What the graph to use gives in double precision.
  double[] exact() {
    return exact("y", model.inference());
  }

  private double[] exact(String output, Graph graph) {
    return ReferenceInterpreter.run(graph, Map.of(), DoubleTensor.all(Map.of("x", x))).output(output).data();
  }

  /// Checks that both graphs give the function's numbers, bit by bit.
  Probe gives(DoubleUnaryOperator expected) {
    assertThat(training(0)).isEqualTo(inference());
    return givesInUse(expected);
  }

  /// Checks that the graph to use gives the function's numbers, bit by bit.
  Probe givesInUse(DoubleUnaryOperator expected) {
    float[] y = inference();
    for (int i = 0; i < y.length; i++) {
      double e = expected.applyAsDouble(x.data()[i]);
      assertThat((double) y[i]).as("of %s", x.data()[i]).isEqualTo(e + 0.0);
    }
    return this;
  }

  /// Checks the gradient against its formula, whose numbers floats hold.
  Probe hasGradient(DoubleUnaryOperator expected) {
    float[] g = gradient();
    for (int i = 0; i < g.length; i++) {
      assertThat((double) g[i]).as("at %s", x.data()[i])
          .isCloseTo(expected.applyAsDouble(x.data()[i]), within(1e-6));
    }
    return this;
  }

  private float[] run(Graph graph, int step) {
    return run(graph, step, "y");
  }

  private float[] run(Graph graph, int step, String output) {
    Map<String, Tensor> parameters = new LinkedHashMap<>(model.parameters().tensors());
    Plan plan = Plan.compile(graph.bind(1), parameters, PlanOptions.DEFAULT);
    if (graph.inputs().size() == 1) {
      CounterRandom.writeKey(7, step, plan.input(Net.RANDOM_KEY).data(), 0);
    }
    plan.run();
    return plan.output(output).data().clone();
  }

  /// The extents of columns: a matrix `[rows, columns]` of no particular numbers in [-1,1).
  static Tensor matrix(int rows, int columns) {
    float[] data = new float[rows * columns];
    long base = CounterRandom.base(3, 4, 5);
    for (int i = 0; i < data.length; i++) {
      data[i] = 2 * CounterRandom.uniform(base, i) - 1;
    }
    return Tensor.of(Shape.of(rows, columns), data);
  }
}
