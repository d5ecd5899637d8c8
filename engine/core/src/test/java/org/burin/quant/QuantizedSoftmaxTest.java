package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.grad.Gradients;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizedSoftmaxTest {
  private static Model model(int n, QuantizedSoftmax layer) {
    return Model.sequential("m", 1, Shape.of(n), layer);
  }

  private static double[] softmax(float[] x, int from, int n, FixedType input) {
    double largest = Double.NEGATIVE_INFINITY;
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = FixedMath.quantize(x[from + i], input);
      largest = Math.max(largest, y[i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      y[i] = Math.exp(y[i] - largest);
      sum += y[i];
    }
    for (int i = 0; i < n; i++) {
      y[i] /= sum;
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "fixed<8,4,rnd,sat>; 5", "fixed<6,6,trn,sat>; 10", "fixed<12,5,rnd_conv,sat>; 3", "fixed<16,6,rnd,sat>; 2",
      "fixed<6,2,rnd,sat>; 64", "fixed<4,1,rnd,sat>; 1", "ufixed<5,3,rnd,sat>; 7"})
  void resultsStayWithinTheWorstError(String type, int n) {
    FixedType input = FixedType.parse(type);
    QuantizedSoftmax layer = QuantizedSoftmax.of(input);
    Tensor x = Probe.matrix(400, n);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] *= Math.scalb(1f, input.integer() - (i / n) % 4);
    }
    Tensor y = model(n, layer).predict(x);
    for (int row = 0; row < 400; row++) {
      double[] expected = softmax(x.data(), row * n, n, input);
      for (int i = 0; i < n; i++) {
        double found = y.data()[row * n + i];
        assertThat(found).isCloseTo(expected[i], within(layer.worstError(n)));
        assertThat(found).isEqualTo(FixedMath.quantize(found, layer.output()));
      }
    }
  }

  @Test
  void everyStepIsAnExactOperationOrATableAfterAQuantizer() {
    Model m = model(5, QuantizedSoftmax.of(FixedType.parse("fixed<8,4,rnd,sat>")));
    List<String> quantized = m.inference().values().stream()
        .filter(v -> v.op() instanceof Op.Quantize)
        .map(v -> ((Op.Quantize) v.op()).type().toString()).toList();
    // Distances need 3 integer bits: exp(-8) is below 2^-11.
    assertThat(quantized).containsExactly("fixed<8,4,rnd,sat>", "ufixed<7,3,trn,sat>", "ufixed<11,1,rnd_conv,sat>",
        "ufixed<12,3,rnd,sat>", "ufixed<11,1,rnd_conv,sat>", "ufixed<9,1,rnd_conv,sat>");
  }

  @Test
  void theLargestNumberOfAllGivesExactlyOne() {
    Model m = model(3, QuantizedSoftmax.of(FixedType.parse("fixed<8,6,rnd,sat>")));
    Tensor y = m.predict(Tensor.of(Shape.of(2, 3), 31f, -32f, -32f, -100f, 100f, 3f));
    assertThat(y.data()).containsExactly(1f, 0f, 0f, 0f, 1f, 0f);
  }

  @Test
  void argMaxGivesTheFirstLargestNumberInUseAndSoftmaxWhileTraining() {
    FixedType input = FixedType.parse("fixed<4,3,rnd,sat>");
    Model m = model(3, QuantizedSoftmax.of(input).withArgMax(true));
    Tensor x = Tensor.of(Shape.of(3, 3), 1f, 2f, 2.1f, -1f, -2f, -3f, 3f, 3.2f, 9f);
    assertThat(m.predict(x).data()).containsExactly(0f, 1f, 0f, 1f, 0f, 0f, 0f, 0f, 1f);
    Plan plan = Plan.compile(m.training().bind(3), m.parameters().tensors(), PlanOptions.DEFAULT);
    System.arraycopy(x.data(), 0, plan.input("x").data(), 0, 9);
    plan.run();
    double[] expected = softmax(x.data(), 0, 3, input);
    assertThat((double) plan.output("y").data()[0]).isCloseTo(expected[0], within(1e-6));
  }

  @Test
  void theGradientIsThatOfTheSoftmax() {
    Model m = model(3, QuantizedSoftmax.of(FixedType.parse("fixed<8,4,rnd,sat>")));
    GraphBuilder b = GraphBuilder.continuing(m.training().bind(1));
    var graph = b.build();
    var first = b.slice(graph.output("y"), 1, 0, 1);
    b.output("g", Gradients.of(b, b.sum(first), List.of(graph.input("x"))).getFirst());
    Plan plan = Plan.compile(b.build(), m.parameters().tensors(), PlanOptions.DEFAULT);
    float[] x = {0.5f, -1f, 1.25f};
    System.arraycopy(x, 0, plan.input("x").data(), 0, 3);
    plan.run();
    double[] p = softmax(x, 0, 3, FixedType.parse("fixed<8,4,rnd,sat>"));
    for (int i = 0; i < 3; i++) {
      double expected = p[0] * ((i == 0 ? 1 : 0) - p[i]);
      assertThat((double) plan.output("g").data()[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void badTypesAreReportedTogether() {
    QuantizedSoftmax good = QuantizedSoftmax.of(FixedType.parse("fixed<8,4,rnd,sat>"));
    assertThatThrownBy(() -> good.withTypes(
        FixedType.parse("ufixed<8,0,rnd,sat>"), 17, FixedType.parse("fixed<9,1,rnd,wrap>")))
        .hasMessage("QuantizedSoftmax: the type of the exponential ufixed<8,0,rnd,sat> must hold 1 and fractions; "
            + "choose for example ufixed<9,1,rnd_conv,sat>; the type of the reciprocal fixed<9,1,rnd,wrap> wraps; "
            + "choose sat; the type of the reciprocal fixed<9,1,rnd,wrap> must hold 1 and fractions; choose for "
            + "example ufixed<9,1,rnd_conv,sat>; sumBits must be 1 to 16, found 17");
    assertThatThrownBy(() -> QuantizedSoftmax.of(FixedType.parse("fixed<24,4,rnd,sat>")))
        .hasMessageContaining("distances of the input's type fixed<24,4,rnd,sat> have 24 bits, more than the 16");
    assertThatThrownBy(() -> QuantizedSoftmax.of(FixedType.parse("fixed<8,4>")))
        .hasMessageContaining("the input's type fixed<8,4,trn,wrap> wraps; choose sat");
    assertThatThrownBy(() -> model(40, good.withTypes(good.exponential(), 5, good.reciprocal())))
        .hasMessage("layer softmax: the sum of 40 exponentials has 6 integer bits, more than the 5 of sumBits; choose "
            + "at least 6");
  }
}
