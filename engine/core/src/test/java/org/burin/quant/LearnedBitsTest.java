package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.pass.LoweringException;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LearnedBitsTest {
  private static final double LN2 = StrictMath.log(2);
  private static final LearnedBits ONE = LearnedBits.activations().withGranularity(Granularity.TENSOR);

  /// A layer on samples of one number, whose gradients are those of the sum of the results.
  private static final class Probe {
    final Model model;
    private final Graph graph;
    private final Map<String, DoubleTensor> inputs;

    Probe(Quantizer quantizer, float... x) {
      model = Model.sequential("m", 1, Shape.of(1), QuantizerLayer.of(quantizer).named("q"));
      graph = model.training().bind(x.length);
      inputs = Map.of("x", DoubleTensor.of(Tensor.of(Shape.of(x.length, 1), x)));
    }

    Probe set(String parameter, float value) {
      model.parameters().get("q/output_" + parameter).data()[0] = value;
      return this;
    }

    private ReferenceInterpreter.Results run(Graph g) {
      return ReferenceInterpreter.run(g, inputs, DoubleTensor.all(model.parameters().tensors()));
    }

    double[] result() {
      return run(graph).output("y").data();
    }

    double[] used() {
      return run(model.inference().bind(graph.input("x").shape().dim(0))).output("y").data();
    }

    /// What a parameter holds after a step, but for the optimizer.
    double[] updated(String name) {
      GraphBuilder b = GraphBuilder.continuing(graph);
      b.output("updated", graph.updates().get("q/output_" + name));
      return run(b.build()).output("updated").data();
    }

    double[] gradient(String name) {
      GraphBuilder b = GraphBuilder.continuing(graph);
      Value wanted = name.equals("x") ? graph.input("x") : graph.parameters().stream()
          .filter(v -> v.op() instanceof Op.Parameter(var found, _) && found.equals("q/output_" + name))
          .findFirst().orElseThrow();
      Value g = Gradients.of(b, b.sum(graph.output("y")), List.of(wanted)).getFirst();
      return run(b.build()).value(g).data();
    }

    void assertGradient(String name, double expected) {
      assertThat(gradient(name)).hasSize(1);
      assertThat(gradient(name)[0]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void dataWithinTheRangePassGradientsAndTheirErrorGoesToTheFraction() {
    Probe p = new Probe(ONE.unsigned().withBits(1, 2), 0.3f, 1.7f, 0.125f);
    assertThat(p.result()).containsExactly(0.25, 1.75, 0.25);
    assertThat(p.used()).containsExactly(0.25, 1.75, 0.25);
    assertThat(p.gradient("x")).containsExactly(1, 1, 1);
    p.assertGradient("fraction", LN2 * (0.3 - 0.25 + 1.7 - 1.75 + 0.125 - 0.25));
    p.assertGradient("integer", 0);
  }

  @Test
  void dataBeyondTheRangeMoveItsEnd() {
    Probe p = new Probe(ONE.unsigned().withBits(1, 2), -1, 5);
    assertThat(p.result()).containsExactly(0, 1.75);
    assertThat(p.gradient("x")).containsExactly(0, 0);
    // The end is 2^i - 2^-f.
    p.assertGradient("integer", LN2 * 2);
    p.assertGradient("fraction", LN2 / 4);
  }

  @Test
  void theLowEndOfSignedDataIsMinusTwoToTheInteger() {
    Probe p = new Probe(ONE.withBits(1, 1), -7);
    assertThat(p.result()).containsExactly(-2);
    p.assertGradient("integer", -LN2 * 2);
    p.assertGradient("fraction", 0);
    Probe symmetric = new Probe(ONE.withBits(1, 1).withOverflow(Overflow.SAT_SYM), -7);
    assertThat(symmetric.result()).containsExactly(-1.5);
    symmetric.assertGradient("integer", -LN2 * 2);
    symmetric.assertGradient("fraction", -LN2 / 2);
  }

  @Test
  void weightsKeepBitsAndIntegers() {
    LearnedBits q = LearnedBits.weights().withGranularity(Granularity.TENSOR).withBits(1, 2);
    Probe inside = new Probe(q, 0.6f);
    assertThat(inside.result()).containsExactly(0.5);
    inside.assertGradient("bits", LN2 * (0.6 - 0.5));
    inside.assertGradient("integer", -LN2 * (0.6 - 0.5));
    Probe beyond = new Probe(q, -9);
    assertThat(beyond.result()).containsExactly(-1.75);
    beyond.assertGradient("bits", -LN2 / 4);
    beyond.assertGradient("integer", -LN2 * (2 - 0.25));
  }

  @Test
  void noBitsGiveZeroAndCanComeBack() {
    Probe weight = new Probe(LearnedBits.weights().withGranularity(Granularity.TENSOR).withBits(1, 2), 0.7f)
        .set("bits", 0);
    assertThat(weight.result()).containsExactly(0);
    assertThat(weight.gradient("x")).containsExactly(0);
    weight.assertGradient("bits", LN2 * 2);
    Probe data = new Probe(ONE.withBits(1, 1), -0.7f).set("fraction", -1);
    assertThat(data.result()).containsExactly(0);
    assertThat(data.used()).containsExactly(0);
  }

  @Test
  void bitsAreRoundedHalfToEven() {
    Probe p = new Probe(ONE.unsigned().withBits(0, 2), 0.6f);
    assertThat(p.set("fraction", 2.5f).result()).containsExactly(0.5);
    assertThat(p.set("fraction", 3.5f).result()).containsExactly(0.625);
    assertThat(p.set("fraction", 2.51f).result()).containsExactly(0.625);
  }

  @Test
  void aTypeHasAtMostTheBitsOfAFloat() {
    Probe p = new Probe(ONE.withBits(3, 4), 1 + 0x1p-20f).set("fraction", 24);
    assertThat(p.result()).containsExactly(1 + 0x1p-20);
    assertThat(p.set("integer", 4).result()).containsExactly(1 + 0x1p-19);
  }

  @Test
  void granularitySaysWhatIsShared() {
    List<Shape> shapes = new ArrayList<>();
    for (Granularity g : Granularity.values()) {
      Model m = Model.sequential("m", 1, Shape.of(5, 3),
          QuantizerLayer.of(LearnedBits.activations().withGranularity(g)).named("q"));
      shapes.add(m.parameters().get("q/output_fraction").shape());
    }
    assertThat(shapes).containsExactly(Shape.of(5, 3), Shape.of(3), Shape.SCALAR);
  }

  @Test
  void bitsStayInTheirRange() {
    Probe p = new Probe(LearnedBits.weights().withGranularity(Granularity.TENSOR), 0.5f).set("bits", 30)
        .set("integer", -40);
    assertThat(p.updated("bits")).containsExactly(23);
    assertThat(p.updated("integer")).containsExactly(-23);
  }

  @Test
  void theL1PenaltyPressesEveryBitDownAlike() {
    Probe p = new Probe(LearnedBits.weights().withGranularity(Granularity.TENSOR).withBits(1, 2).withL1(0.25f), 0.5f);
    assertThat(p.run(p.graph).output("loss/penalty").data()).containsExactly(0.75);
    Probe data = new Probe(ONE.withBits(3, -2).withL1(0.25f), 0.5f);
    assertThat(data.run(data.graph).output("loss/penalty").data()).containsExactly(-0.5);
  }

  @Test
  void trackedRangesHoldWhatABatchNeeds() {
    LearnedBits q = ONE.withBits(0, 2).tracked(0.25f, 0);
    // The least i with 2^i >= q + 2^-f for positive q and 2^i >= -q for negative ones.
    assertTracked(q, 0, 0.7f, 0.3f);
    assertTracked(q, 1, 0.88f);
    assertTracked(q, 0, -1f);
    assertTracked(q, 1, -1.2f);
    assertTracked(q, -2, 0f);
    assertTracked(q, 3, 7.7f, -8f);
    assertTracked(q, 4, 7.9f);
  }

  private static void assertTracked(LearnedBits q, double integer, float... x) {
    Probe p = new Probe(q, x);
    assertThat(p.updated("integer")).containsExactly(integer);
    for (int i = 0; i < x.length; i++) {
      assertThat(p.result()[i]).isEqualTo(StrictMath.floor(x[i] * 4.0 + 0.5) / 4);
    }
  }

  @Test
  void trackedRangesSinkSlowlyAndWrapWhenUsed() {
    assertThat(new Probe(ONE.withBits(0, 2).tracked(0.25f, 0), 0.5f).set("integer", 3).updated("integer"))
        .containsExactly(2.75);
    assertThat(new Probe(ONE.withBits(0, 2).tracked(0.25f, 0), 2.5f).set("integer", 0.5f).used())
        .containsExactly(-1.5);
    assertThat(new Probe(ONE.withBits(0, 2).tracked(0.25f, 1), 2.5f).set("integer", 0.5f).used())
        .containsExactly(2.5);
    assertThat(new Probe(ONE.withBits(0, 2).tracked(0.25f, 0).withOverflow(Overflow.SAT), 2.5f)
        .set("integer", 0.5f).used()).containsExactly(1.75);
  }

  @Test
  void rangesThatHaveSeenNothingAreNamed() {
    Probe p = new Probe(ONE.tracked(0.25f, 0), 2.5f);
    assertThat(LearnedBits.unseen(p.model)).containsExactly("q/output_integer");
    assertThat(p.used()).containsExactly(0);
    assertThatThrownBy(p.model::fixed).isInstanceOf(LoweringException.class)
        .hasMessageContaining("layer q: quantize_bits ")
        .hasMessageContaining("its tracked integer bits have not seen data; train the model, whose ranges follow the "
            + "numbers, before it is deployed");
    assertThat(LearnedBits.unseen(p.set("integer", 2).model)).isEmpty();
    assertThat(p.model.fixed().outputs()).containsKey("y");
    assertThat(LearnedBits.unseen(new Probe(ONE, 1).model)).isEmpty();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> LearnedBits.weights().withBits(0, 24)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learned bits: the number of bits is 24.0; expected 0 to 23");
    assertThatThrownBy(() -> LearnedBits.weights().withL1(-1))
        .hasMessage("learned bits: the factor of the penalty is -1.0; expected a number of at least 0");
    assertThatThrownBy(() -> LearnedBits.activations().tracked(0, -1))
        .hasMessage("learned bits: the margin is -1.0; expected at least 0, and a decay of at least 0");
    assertThat(LearnedBits.weights().withRounding(Rounding.TRN).rounding()).isEqualTo(Rounding.TRN);
  }
}
