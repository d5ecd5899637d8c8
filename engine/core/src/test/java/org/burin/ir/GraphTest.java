package org.burin.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final GraphBuilder b = new GraphBuilder("net");
  private final Value x = b.input("x", Shape.of(Shape.BATCH, 4));
  private final Value w = b.parameter("w", Shape.of(4, 2));

  @Test
  void bindingReplacesEveryOpenBatchSize() {
    Value y = b.scope("dense", () -> b.matMul(x, w));
    b.output("slice", b.slice(y, 1, 0, 1));
    b.output("reshape", b.reshape(y, Shape.of(Shape.BATCH, 1, 2)));
    b.output("broadcast", b.broadcast(b.constant(1f), Shape.of(Shape.BATCH, 3)));
    b.output("random", b.random(b.input("key", Shape.of(4)), 0, Shape.of(Shape.BATCH, 2)));
    b.update("w", b.neg(w));
    Graph open = b.build();
    Graph bound = open.bind(7);
    assertThat(open.isBound()).isFalse();
    assertThat(bound.isBound()).isTrue();
    assertThat(bound.toString()).isEqualTo(open.toString().replace("N", "7").replace("-1", "7"));
    assertThat(bound.output("slice").layer()).isEqualTo(open.output("slice").layer());
    assertThat(Verifier.problems(bound)).isEmpty();
    assertThat(bound.bind(9)).hasToString(bound.toString());
  }

  @Test
  void pruningKeepsInputsAndWhatIsNeeded() {
    b.parameter("unused", Shape.of(1));
    b.relu(x);
    Value y = b.scope("dense", () -> b.matMul(x, w));
    b.input("extra", Shape.of(2));
    b.output("y", y);
    b.update("w", b.neg(w));
    assertThat(b.build().prune()).hasToString("""
        graph "net" {
          %0 = input "x" : f32[N,4]
          %1 = parameter "w" : f32[4,2]
          %2 = matmul %0 %1 : f32[N,2] @"dense"
          %3 = input "extra" : f32[2]
          %4 = neg %1 : f32[4,2]
          output "y" = %2
          update "w" = %4
        }
        """);
  }

  @Test
  void namesThatDoNotExistAreAnsweredWithThoseThatDo() {
    b.output("y", x);
    Graph g = b.build();
    assertThat(g.input("x")).isSameAs(x);
    assertThat(g.inputs()).containsExactly(x);
    assertThat(g.parameters()).containsExactly(w);
    assertThatThrownBy(() -> g.input("z")).isInstanceOf(GraphException.class)
        .hasMessage("graph 'net' has no input 'z'; its inputs are [x]");
    assertThatThrownBy(() -> g.output("z")).isInstanceOf(GraphException.class)
        .hasMessage("graph 'net' has no output 'z'; its outputs are [y]");
  }

  @Test
  void rewritingKeepsLayersOutputsAndUpdates() {
    b.output("y", b.scope("dense", () -> b.relu(b.matMul(x, w))));
    b.update("w", w);
    Graph g = b.build();
    assertThat(g.rewrite(GraphBuilder::add)).hasToString(g.toString());
  }

  @Test
  void theVerifierListsEveryProblem() {
    Graph other = b.build();
    Value foreign = new GraphBuilder("other").input("x", Shape.of(3));
    Value wrong = new Value(5, new Op.Transpose(x, List.of(1, 1)), new TensorType(Shape.of(4)), "net/layer");
    Value typed = new Value(3, new Op.StopGradient(x), new TensorType(Shape.of(4)), "");
    Value twice = new Value(4, new Op.Input("x", Shape.of(1)), new TensorType(Shape.of(1)), "");
    Graph g = new Graph("broken", List.of(other.values().get(0), other.values().get(1), wrong, typed, twice),
        Map.of("y", foreign), Map.of("w", x));
    assertThat(Verifier.problems(g)).containsExactly(
        "%5 (layer net/layer): stands at position 2",
        "%5 (layer net/layer): transpose %0 permutation=[1,1]: [1, 1] is not an order of the axes of [N,4]",
        "%3: has type f32[4], its operation gives f32[N,4]",
        "%4: input x exists twice",
        "output 'y': %0 is not a value of this graph",
        "update of 'w': has type f32[N,4], the parameter f32[4,2]");
    assertThatThrownBy(() -> Verifier.verify(g)).isInstanceOf(GraphException.class)
        .hasMessageStartingWith(
            "graph 'broken' is not well formed:\n  %5 (layer net/layer): stands at position 2\n  %5");
    assertThat(Verifier.problems(new Graph("g", List.of(typed), Map.of(), Map.of("v", typed)))).contains(
        "%3: operand %0 is not an earlier value of this graph", "update of 'v': there is no such parameter");
  }

  @Test
  void theVerifierAcceptsEverySample() {
    for (OpSamples.Sample s : OpSamples.of(3)) {
      assertThat(Verifier.problems(s.graph())).as(s.name()).isEmpty();
    }
  }
}
