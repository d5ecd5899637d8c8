package org.burin.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder b = new GraphBuilder("g");
  private final Value x = b.input("x", Shape.of(2, 3));

  @Test
  void equalOperationsAreOneValue() {
    assertThat(b.relu(x)).isSameAs(b.relu(x));
    assertThat(b.constant(1f)).isSameAs(b.constant(1f));
    assertThat(b.constant(0f)).isNotSameAs(b.constant(-0f));
    assertThat(b.input("x", Shape.of(2, 3))).isSameAs(x);
    assertThat(b.random(b.input("key", Shape.of(4)), 1, Shape.of(2)))
        .isNotSameAs(b.random(b.input("key", Shape.of(4)), 2, Shape.of(2)));
  }

  @Test
  void operationsThatChangeNothingGiveTheirOperand() {
    assertThat(b.reshape(x, Shape.of(2, 3))).isSameAs(x);
    assertThat(b.reshape(b.reshape(x, Shape.of(6)), Shape.of(2, 3))).isSameAs(x);
    assertThat(b.transpose(x, 0, 1)).isSameAs(x);
    assertThat(b.broadcast(x, Shape.of(2, 3))).isSameAs(x);
    assertThat(b.slice(x, 1, 0, 3)).isSameAs(x);
    assertThat(b.pad(x, List.of(0, 0), List.of(0, 0), List.of(0, 0), 1)).isSameAs(x);
    assertThat(b.concat(List.of(x), 0)).isSameAs(x);
    assertThat(b.sumTo(x, Shape.of(2, 3))).isSameAs(x);
    assertThat(b.sum(b.constant(2f))).isSameAs(b.constant(2f));
  }

  @Test
  void aWholeSliceFromElsewhereIsStillRefused() {
    assertThatThrownBy(() -> b.slice(x, 1, 1, 3)).isInstanceOf(GraphException.class)
        .hasMessage("slice %0 starts=[0,1] sizes=[2,3] steps=[1,1]: "
            + "slice from 1 of 3 in steps of 1 leaves axis 1 of [2,3]");
  }

  @Test
  void axesCountFromTheEndToo() {
    assertThat(b.reduce(ReduceFn.SUM, x, false, -1, 0).op())
        .isEqualTo(new Op.Reduce(ReduceFn.SUM, x, List.of(0, 1), false));
    assertThat(b.argMax(x, -1)).isSameAs(b.argMax(x, 1));
    assertThat(b.concat(List.of(x, x), -1).shape()).isEqualTo(Shape.of(2, 6));
    assertThat(b.slice(x, -1, 1, 2).shape()).isEqualTo(Shape.of(2, 2));
  }

  @Test
  void sumToUndoesBroadcasting() {
    for (Shape s : List.of(Shape.SCALAR, Shape.of(3), Shape.of(1), Shape.of(1, 3), Shape.of(2, 1), Shape.of(1, 1))) {
      assertThat(b.sumTo(x, s).shape()).isEqualTo(s);
    }
  }

  @Test
  void scopesNameLayersAndErrors() {
    assertThat(b.path()).isEmpty();
    Value y = b.scope("encoder", () -> b.scope("dense_1", () -> b.relu(x)));
    assertThat(y.layer()).isEqualTo("encoder/dense_1");
    assertThat(b.scope("a", () -> b.within("c/d", () -> b.neg(x))).layer()).isEqualTo("c/d");
    assertThatThrownBy(() -> b.scope("encoder", () -> b.matMul(x, x))).isInstanceOf(GraphException.class)
        .hasMessage("layer encoder: matmul %0 %0: matrix product of [2,3] and [2,3]: inner extents 3 and 2 differ");
    assertThat(b.path()).isEmpty();
  }

  @Test
  void namesAreUnique() {
    b.output("y", x);
    assertThatThrownBy(() -> b.output("y", x)).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g' has two outputs 'y'");
    assertThatThrownBy(() -> b.input("x", Shape.of(4))).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g' has two of input 'x', of shapes [2,3] and [4]");
    b.parameter("x", Shape.of(4));
  }

  @Test
  void updatesBelongToParameters() {
    Value w = b.parameter("w", Shape.of(2));
    assertThat(b.latest(w)).isSameAs(w);
    b.update("w", b.neg(w));
    assertThat(b.latest(w)).isSameAs(b.neg(w));
    b.update("w", b.relu(w));
    assertThat(b.build().updates()).containsExactly(Map.entry("w", b.relu(w)));
    assertThatThrownBy(() -> b.update("v", w)).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g' has no parameter 'v' to update");
    assertThatThrownBy(() -> b.update("w", x)).isInstanceOf(GraphException.class)
        .hasMessage("parameter 'w' has shape [2], its update has [2,3]");
  }

  private static Graph square() {
    GraphBuilder inner = new GraphBuilder("inner");
    Value in = inner.input("in", Shape.of(2, 3));
    Value w = inner.parameter("w", Shape.of(3));
    inner.output("out", inner.scope("layer", () -> inner.mul(in, w)));
    inner.update("w", inner.neg(w));
    return inner.build();
  }

  @Test
  void inliningSharesParametersAndKeepsLayers() {
    Value once = b.scope("first", () -> b.inline(square(), Map.of("in", x))).get("out");
    Value twice = b.scope("second", () -> b.inline(square(), Map.of("in", once))).get("out");
    Graph g = b.build();
    assertThat(g.parameters()).hasSize(1);
    assertThat(once.layer()).isEqualTo("first/layer");
    assertThat(twice.layer()).isEqualTo("second/layer");
    assertThat(g.updates()).containsOnlyKeys("w");
    assertThat(g.outputs()).isEmpty();
    assertThat(Verifier.problems(g)).isEmpty();
  }

  @Test
  void inlinedInputsThatAreNotGivenStay() {
    b.inline(square(), Map.of());
    assertThat(b.build().input("in").shape()).isEqualTo(Shape.of(2, 3));
    Value other = b.input("other", Shape.of(3, 3));
    assertThatThrownBy(() -> b.inline(square(), Map.of("in", other))).isInstanceOf(GraphException.class)
        .hasMessage("graph 'inner' input 'in' has shape [2,3], found [3,3]");
  }

  @Test
  void continuingKeepsValuesAndNames() {
    b.output("y", b.relu(x));
    Graph g = b.build();
    GraphBuilder more = GraphBuilder.continuing(g);
    assertThat(more.relu(x)).isSameAs(g.output("y"));
    more.output("z", more.unary(UnaryFn.EXP, g.output("y")));
    assertThat(more.build().outputs()).containsOnlyKeys("y", "z");
    assertThat(g.outputs()).containsOnlyKeys("y");
    assertThatThrownBy(() -> more.input("x", Shape.of(1))).isInstanceOf(GraphException.class);
  }
}
