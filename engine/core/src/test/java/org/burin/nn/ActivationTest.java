package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.DoubleUnaryOperator;
import org.burin.exec.DoubleTensor;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class ActivationTest {
  private static final double[] POINTS = {-100, -10, -3.5, -3, -1, -0.25, 0, 0.25, 1, 2.5, 3, 6, 7, 10, 100};

  /// Compares with the definition, as far as the float32 constants in the graph allow.
  private static void check(Activation f, DoubleUnaryOperator definition) {
    Model m = Model.sequential("m", 1, Shape.of(POINTS.length), f);
    double[] y = Runs.infer(m, DoubleTensor.of(Shape.of(1, POINTS.length), POINTS)).data();
    for (int i = 0; i < y.length; i++) {
      double expected = definition.applyAsDouble(POINTS[i]);
      assertThat(y[i]).as("%s(%s)", f, POINTS[i]).isCloseTo(expected, offset(1e-6 * (1 + Math.abs(expected))));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void piecewiseLinearOnes() {
    check(Activation.LINEAR, x -> x);
    check(Activation.RELU, x -> Math.max(x, 0));
    check(Activation.RELU6, x -> Math.min(Math.max(x, 0), 6));
    check(Activation.relu(2f), x -> Math.min(Math.max(x, 0), 2));
    check(Activation.leakyRelu(0.3f), x -> x > 0 ? x : 0.3 * x);
    check(Activation.HARD_SIGMOID, x -> Math.min(Math.max(x / 6 + 0.5, 0), 1));
    check(Activation.hardSigmoid(0.2f, 0.5f), x -> Math.min(Math.max(0.2 * x + 0.5, 0), 1));
    check(Activation.HARD_SWISH, x -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1));
  }

  @Test
  void smoothOnes() {
    check(Activation.SIGMOID, ActivationTest::sigmoid);
    check(Activation.TANH, Math::tanh);
    check(Activation.EXPONENTIAL, Math::exp);
    check(Activation.SOFTPLUS, x -> x > 30 ? x : Math.log1p(Math.exp(x)));
    check(Activation.SOFTSIGN, x -> x / (1 + Math.abs(x)));
    check(Activation.SILU, x -> x * sigmoid(x));
    check(Activation.elu(0.5f), x -> x > 0 ? x : 0.5 * Math.expm1(x));
    check(Activation.SELU, x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
  }

  @Test
  void gelu() {
    // Values of x * Φ(x) from tables of the normal distribution.
    Model m = Model.sequential("m", 1, Shape.of(5), Activation.GELU);
    double[] y = Runs.infer(m, DoubleTensor.of(Shape.of(1, 5), -3, -1, 0, 0.5, 2)).data();

    assertThat(y).containsExactly(
        new double[] {-0.00404970, -0.15865525, 0, 0.34573123, 1.95449974}, offset(1e-6));
  }

  @Test
  void softmaxOverTheLastAxis() {
    Model m = Model.sequential("m", 1, Shape.of(2, 2), Activation.SOFTMAX);

    Runs.assertClose(Runs.infer(m, DoubleTensor.of(Shape.of(1, 2, 2), 0, 1, -2, -2)), DoubleTensor.of(
        Shape.of(1, 2, 2), 1 / (1 + Math.E), Math.E / (1 + Math.E), 0.5, 0.5));
  }

  @Test
  void anActivationIsALayerNamedAfterItsFunction() {
    Model m = Model.sequential("m", 1, Shape.of(2), Activation.TANH, Activation.RELU, Activation.TANH,
        Activation.of("cube", (b, x) -> b.mul(x, b.mul(x, x))));

    assertThat(m.inference().values()).extracting(v -> v.layer())
        .containsExactly("", "tanh", "relu", "tanh_1", "cube", "cube");
  }

  @Test
  void preluLearnsItsSlope() {
    Model m = Runs.of(Shape.of(2, 2, 3), PRelu.of().withSharedAxes(1, 2));
    DoubleTensor x = Runs.numbers(2, 2, 2, 3);
    DoubleTensor alpha = Runs.parameter(m, "p_relu/alpha");

    assertThat(alpha.shape()).isEqualTo(Shape.of(1, 1, 3));
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(x.shape(), i ->
        x.get(i) > 0 ? x.get(i) : alpha.get(0, 0, i[3]) * x.get(i)));
    assertThat(Runs.of(Shape.of(2, 3), PRelu.of()).parameters().get("p_relu/alpha").shape())
        .isEqualTo(Shape.of(2, 3));
  }

  @Test
  void wrongOptions() {
    assertThatThrownBy(() -> Activation.relu(0f)).hasMessage("relu: limit must be positive, found 0.0");
    assertThatThrownBy(() -> PRelu.of().withSharedAxes(0)).hasMessage("PRelu: shared axes must be at least 1, found 0");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), PRelu.of().withSharedAxes(2)))
        .hasMessage("layer p_relu: there is no axis 2 to share along in shape [N,3]");
  }
}
