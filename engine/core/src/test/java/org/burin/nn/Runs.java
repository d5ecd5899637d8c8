package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Runs models in double precision, and numbers to run them on.
final class Runs {
  private Runs() {}

  /// A model of one layer, whose parameters are then filled with numbers of no particular kind.
  static Model of(Shape sample, Layer... layers) {
    Model m = Model.sequential("m", 1, sample, layers);
    fill(m.parameters());
    return m;
  }

  /// Fills every parameter with different numbers; those of variances are positive.
  static void fill(Parameters p) {
    for (String name : p.names()) {
      float[] data = p.get(name).data();
      float[] u = new Draws(99, name).uniform(0, data.length);
      for (int i = 0; i < data.length; i++) {
        data[i] = name.endsWith("variance") ? u[i] + 0.5f : 2 * u[i] - 1;
      }
    }
  }

  /// Different numbers in [-2,2).
  static DoubleTensor numbers(int... dims) {
    Shape shape = Shape.of(dims);
    float[] u = new Draws(5, "x").uniform(0, shape.size());
    for (int i = 0; i < u.length; i++) {
      u[i] = 4 * u[i] - 2;
    }
    return DoubleTensor.of(Tensor.of(shape, u));
  }

  /// The output `y` of the graph to use.
  static DoubleTensor infer(Model m, DoubleTensor x) {
    return infer(m, Map.of("x", x));
  }

  /// The output `y` of the graph to use; all inputs have the same number of samples.
  static DoubleTensor infer(Model m, Map<String, DoubleTensor> inputs) {
    return ReferenceInterpreter.run(bound(m.inference(), inputs), inputs, DoubleTensor.all(m.parameters().tensors()))
        .output("y");
  }

  /// Everything that the graph to train computes.
  static ReferenceInterpreter.Results train(Model m, Map<String, DoubleTensor> inputs) {
    return ReferenceInterpreter.run(bound(m.training(), inputs), inputs, DoubleTensor.all(m.parameters().tensors()));
  }

  private static Graph bound(Graph graph, Map<String, DoubleTensor> inputs) {
    String batched = graph.inputs().stream().filter(v -> v.shape().batchAxis() == 0)
        .map(v -> ((Op.Input) v.op()).name()).findFirst().orElseThrow();
    return graph.bind(inputs.get(batched).shape().dim(0));
  }

  /// A parameter in double precision.
  static DoubleTensor parameter(Model m, String name) {
    return DoubleTensor.of(m.parameters().get(name));
  }

  /// Checks that two tensors have the same shape and, up to the rounding of doubles, the same numbers.
  static void assertClose(DoubleTensor found, DoubleTensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.data()[i]).as("element %d", i)
          .isCloseTo(expected.data()[i], offset(1e-12 * (1 + Math.abs(expected.data()[i]))));
    }
  }
}
