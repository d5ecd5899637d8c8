package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedInterpreter.Check;
import org.burin.fixed.FixedInterpreter.Results;
import org.burin.fixed.FixedOpSamples.Sample;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedInterpreterTest {
  private static final int N = Shape.BATCH;

  private final FixedGraphBuilder b = new FixedGraphBuilder("net");

  /// Every value's raw integers are those of exact decimal arithmetic; the run itself holds every one against its
  /// bounds.
  static void agree(String name, FixedGraph graph, Map<String, FixedTensor> inputs) {
    Results results = FixedInterpreter.run(graph, inputs);
    int samples = inputs.values().stream().mapToInt(t -> t.shape().dim(0)).findFirst().orElse(1);
    List<BigInteger[]> exact = ExactEvaluation.raws(graph, samples, inputs);
    for (FixedValue v : graph.values()) {
      FixedTensor t = results.value(v);
      assertThat(t.fraction()).as("%s: fraction of %s", name, v).isEqualTo(v.precision().fraction());
      assertThat(t.shape()).as("%s: shape of %s", name, v).isEqualTo(v.shape().bind(samples));
      for (int i = 0; i < t.size(); i++) {
        assertThat(BigInteger.valueOf(t.raw()[i])).as("%s: element %s of %s in%n%s", name, i, v, graph)
            .isEqualTo(exact.get(v.id())[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyOperationAgreesWithExactArithmetic(long block) {
    for (long seed = 10 * block; seed < 10 * block + 10; seed++) {
      for (Sample s : FixedOpSamples.of(seed)) {
        agree(s.name(), s.graph(), s.inputs());
      }
    }
  }

  private static FixedTensor raws(Shape shape, int fraction, long... raw) {
    return FixedTensor.of(shape, fraction, raw);
  }

  @Test
  void aDenseLayerByHand() {
    FixedValue x = b.input("x", Shape.of(N, 2), FixedType.parse("fixed<4,2,rnd,sat>"));
    FixedValue w = b.constant(raws(Shape.of(2, 1), 1, 3, -1));
    b.output("y", b.within("fc", () -> b.relu(b.matMul(x, w))));
    FixedGraph graph = b.build();
    Results r = FixedInterpreter.runFloats(
        graph, Map.of("x", Tensor.of(Shape.of(3, 2), 1, 0.5f, -1, 0.25f, 100, 0.13f)), Check.ON);
    assertThat(r.value(x)).isEqualTo(raws(Shape.of(3, 2), 2, 4, 2, -4, 1, 7, 1));
    assertThat(r.output("y")).isEqualTo(raws(Shape.of(3, 1), 3, 10, 0, 20));
    assertThat(r.output("y").toDoubles()).containsExactly(1.25, 0, 2.5);
    assertThat(r.output("y").toTensor()).isEqualTo(Tensor.of(Shape.of(3, 1), 1.25f, 0, 2.5f));
    assertThat(r.outputs()).containsOnlyKeys("y");
    assertThat(r.overflows(x)).isEqualTo(1);
    assertThat(r.low(x)).isEqualTo(-4);
    assertThat(r.high(x)).isEqualTo(7);
  }

  @Test
  void overflowsAreCountedWhereNumbersAreBroughtToTypes() {
    FixedValue x = b.input("x", Shape.of(N), FixedType.parse("fixed<4,4,trn,wrap>"));
    FixedValue wrapped = b.quantize(x, FixedType.parse("fixed<3,3,trn,wrap>"));
    FixedValue halved = b.divide(x, 2, FixedType.parse("ufixed<2,2,rnd,sat_zero>"));
    FixedValue sum = b.add(wrapped, halved);
    b.output("y", sum);
    Results r = FixedInterpreter.run(b.build(), Map.of("x", raws(Shape.of(6), 1, -18, -8, 2, 7, 14, 15)));
    assertThat(r.value(x).raw()).containsExactly(7, -4, 1, 3, 7, 7);
    assertThat(r.overflows(x)).isEqualTo(1);
    assertThat(r.value(wrapped).raw()).containsExactly(-1, -4, 1, 3, -1, -1);
    assertThat(r.overflows(wrapped)).isEqualTo(3);
    assertThat(r.value(halved).raw()).containsExactly(0, 0, 1, 2, 0, 0);
    assertThat(r.overflows(halved)).isEqualTo(4);
    assertThat(r.overflows(sum)).isZero();
  }

  @Test
  void numbersOf64Bits() {
    FixedType all = FixedType.parse("fixed<64,64,trn,wrap>");
    FixedValue x = b.input("x", Shape.of(N), all);
    FixedValue q = b.quantize(x, FixedType.parse("fixed<64,63,trn,wrap>"));
    FixedValue s = b.quantize(x, FixedType.parse("fixed<64,63,trn,sat_zero>"));
    FixedValue half = b.quantize(x, FixedType.parse("fixed<63,63,trn,sat>"));
    b.output("y", b.compare(FixedOp.Comparison.GE, half, b.constant(0, 0)));
    Map<String, FixedTensor> inputs =
        Map.of("x", raws(Shape.of(4), 0, Long.MIN_VALUE, Long.MAX_VALUE, -3, 1L << 62));
    agree("64 bits", b.build(), inputs);
    Results r = FixedInterpreter.run(b.build(), inputs);
    assertThat(List.of(r.overflows(x), r.overflows(q), r.overflows(s), r.overflows(half)))
        .containsExactly(0L, 3L, 3L, 3L);
  }

  @Test
  void whatIsGivenMustFit() {
    b.input("x", Shape.of(N, 2), FixedType.parse("fixed<4,2>"));
    b.input("z", Shape.of(N), FixedType.parse("fixed<4,2>"));
    FixedGraph graph = b.build();
    assertThatThrownBy(() -> FixedInterpreter.run(graph, Map.of("y", raws(Shape.of(1, 2), 0, 1, 1))))
        .isInstanceOf(FixedException.class)
        .hasMessage("no tensor is given for input 'x' of shape [N,2]; given are [y]");
    assertThatThrownBy(() -> FixedInterpreter.run(
        graph, Map.of("x", raws(Shape.of(1, 2), 0, 1, 1), "z", raws(Shape.of(2), 0, 1, 1))))
        .isInstanceOf(FixedException.class)
        .hasMessage("input 'x' has shape [N,2], the tensor given has [1,2] and the run has 2 sample(s)");
  }

  @Test
  void aValueBeyondItsProvenRangeIsAnError() {
    FixedValue x = b.input("x", Shape.of(N), FixedType.parse("fixed<4,2,trn,sat>"));
    Precision narrow = Precision.of(Shape.of(1), 2, new long[] {-4}, new long[] {4}, new byte[] {0});
    FixedValue wrong = new FixedValue(1, new FixedOp.Shift(x, 0), x.shape(), narrow, "fc");
    FixedGraph graph = new FixedGraph("wrong", List.of(x, wrong), Map.of("y", wrong));
    Map<String, FixedTensor> inputs = Map.of("x", raws(Shape.of(2), 2, 3, 5));
    assertThatThrownBy(() -> FixedInterpreter.run(graph, inputs)).isInstanceOf(FixedException.class)
        .hasMessage("value %1 (layer fc), shift %0 bits=0: element [1] is raw 5, which is not among the multiples of"
            + " 2^0 from -4 to 4 that were proven; the graph was not built by FixedGraphBuilder, or its inference is"
            + " wrong");
    assertThat(FixedInterpreter.run(graph, inputs, Check.OFF).output("y").raw()).containsExactly(3, 5);
  }
}
