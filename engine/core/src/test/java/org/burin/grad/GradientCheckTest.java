package org.burin.grad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
  private final GraphBuilder b = new GraphBuilder("g");
  private final Value x = b.input("x", Shape.of(2));
  private final Value w = b.parameter("w", Shape.of(2));
  private final Map<String, DoubleTensor> inputs = Map.of("x", DoubleTensor.of(Shape.of(2), 3, 5));
  private final Map<String, DoubleTensor> parameters = Map.of("w", DoubleTensor.of(Shape.of(2), 0.25, 0.5));

  @Test
  void aRightGradientPasses() {
    b.output("loss", b.sum(b.mul(x, b.unary(UnaryFn.TANH, w))));
    GradientCheck.Report report = GradientCheck.run(b.build(), "loss", inputs, parameters);
    assertThat(report.passed()).isTrue();
    assertThat(report.error()).isLessThan(1e-9);
    assertThat(report.toString()).startsWith("parameter 'w'[").contains(", used by %2 = tanh %1: gradient ")
        .endsWith(" (within 1.0E-6)");
  }

  @Test
  void aWrongGradientIsFoundAndPlaced() {
    Value wrong = b.scope("head", () -> b.mul(b.mul(w, b.stopGradient(w)), x));
    b.output("loss", b.sum(wrong));
    GradientCheck.Report report = GradientCheck.run(b.build(), "loss", inputs, parameters);
    assertThat(report.passed()).isFalse();
    assertThat(report.element()).isEqualTo("parameter 'w'[0], used by layer head: %2 = stop_gradient %1");
    assertThat(report.gradient()).isEqualTo(0.75);
    assertThat(report.quotient()).isCloseTo(1.5, within(1e-9));
    assertThat(report.error()).isCloseTo(0.5, within(1e-9));
    assertThat(report).asString().endsWith(" (above 1.0E-6)");
  }

  @Test
  void inputsAreCheckedWhenAskedFor() {
    b.output("loss", b.sum(b.mul(b.stopGradient(x), w)));
    assertThat(GradientCheck.run(b.build(), "loss", inputs, parameters).passed()).isTrue();
    GradientCheck.Report report = GradientCheck.run(b.build(), "loss", List.of(x, w), inputs, parameters);
    assertThat(report.passed()).isFalse();
    assertThat(report.element()).isEqualTo("input 'x'[0], used by %2 = stop_gradient %0");
    assertThat(report.gradient()).isZero();
  }

  @Test
  void quantizersFailSinceTheirGradientIsNotTheDerivative() {
    b.output("loss", b.sum(b.mul(x, b.quantize(w, FixedType.parse("fixed<4,2,trn,sat>")))));
    assertThat(GradientCheck.run(b.build(), "loss", inputs, Map.of("w", DoubleTensor.of(Shape.of(2), 0.1, 0.6)))
        .passed()).isFalse();
  }

  @Test
  void numbersThatAreNotFiniteFail() {
    b.output("loss", b.sum(b.unary(UnaryFn.LOG, b.mul(w, w))));
    GradientCheck.Report report = GradientCheck.run(
        b.build(), "loss", inputs, Map.of("w", DoubleTensor.of(Shape.of(2), 1, 0)));
    assertThat(report.passed()).isFalse();
    assertThat(report.error()).isInfinite();
  }

  @Test
  void secondDerivatives() {
    b.output("loss", b.sum(b.unary(UnaryFn.EXP, b.mul(x, w))));
    assertThat(GradientCheck.second(b.build(), "loss", List.of(x, w), inputs, parameters, 1).passed()).isTrue();
  }

  @Test
  void wrongSecondDerivativesAreFound() {
    b.output("loss", b.sum(b.mul(b.unary(UnaryFn.EXP, b.stopGradient(w)), w)));
    assertThat(GradientCheck.second(b.build(), "loss", List.of(w), inputs, parameters, 1).passed()).isFalse();
  }

  @Test
  void onlyLeavesWithElementsAreChecked() {
    Value y = b.relu(w);
    b.output("loss", b.sum(y));
    assertThatThrownBy(() -> GradientCheck.run(b.build(), "loss", List.of(y), inputs, parameters))
        .isInstanceOf(GraphException.class)
        .hasMessage("gradients are checked in parameters and inputs, found %2 = relu %1");
    assertThatThrownBy(() -> GradientCheck.run(b.build(), "loss", List.of(), inputs, parameters))
        .isInstanceOf(GraphException.class).hasMessage("graph 'g' has no parameter to check a gradient in");
  }
}
