package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.ir.GraphException;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class ModelLayerTest {
  private static Model base() {
    return Runs.of(Shape.of(3), Dense.of(3).withKernelRegularizer(Regularizer.l2(1f)), BatchNorm.of(), Activation.TANH);
  }

  private static Model twice(ModelLayer layer) {
    return Model.build("twice", 8, net ->
        net.output("y", layer.apply(net, layer.apply(net, net.input("x", 3)))));
  }

  @Test
  void startsFromTheModelsParametersAndSharesThem() {
    Model base = base();
    Model m = twice(base.asLayer().named("base"));
    DoubleTensor x = Runs.numbers(4, 3);

    assertThat(m.parameters().names()).containsExactlyElementsOf(
        base.parameters().names().stream().map(name -> "base/" + name).toList());
    assertThat(m.parameters().get("base/dense/kernel")).isEqualTo(base.parameters().get("dense/kernel"));
    assertThat(m.parameters().get("base/dense/kernel").data())
        .isNotSameAs(base.parameters().get("dense/kernel").data());
    assertThat(Runs.infer(m, x)).isEqualTo(Runs.infer(base, Runs.infer(base, x)));
    assertThat(m.inference().output("y").layer()).isEqualTo("base/tanh");
  }

  @Test
  void trainsAsTheModelWouldOnBothBatchesInTurn() {
    Model base = base();
    Model m = twice(base.asLayer().named("base"));
    DoubleTensor x = Runs.numbers(4, 3);
    var first = Runs.train(base, Map.of("x", x));
    first.updates().forEach((name, t) -> base.parameters().set(name, t.toTensor()));
    var second = Runs.train(base, Map.of("x", first.output("y")));
    var both = Runs.train(m, Map.of("x", x));

    assertThat(both.output("y")).isEqualTo(second.output("y"));
    assertThat(both.output(Net.PENALTY)).isEqualTo(first.output(Net.PENALTY));
    assertThat(both.updates().keySet())
        .containsExactly("base/batch_norm/moving_mean", "base/batch_norm/moving_variance");
    DoubleTensor mean = second.updates().get("batch_norm/moving_mean");
    for (int i = 0; i < 3; i++) {
      // The states of the model on its own were rounded to float32 between its two steps.
      assertThat(both.updates().get("base/batch_norm/moving_mean").get(i)).isCloseTo(mean.get(i), offset(1e-7));
    }
  }

  @Test
  void frozenItIsUsedAsItIs() {
    Model base = base();
    Model m = twice(base.asFrozenLayer());
    DoubleTensor x = Runs.numbers(4, 3);

    assertThat(Runs.train(m, Map.of("x", x)).output("y")).isEqualTo(Runs.infer(base, Runs.infer(base, x)));
    assertThat(m.parameters().trainable()).isEmpty();
    assertThat(m.training().updates()).isEmpty();
    assertThat(m.training().outputs().keySet()).containsExactly("y");
  }

  @Test
  void wrongInputsAndOutputs() {
    Model two = Model.build("two", 1, net -> {
      net.output("a", net.input("x", 3));
      net.output("b", net.apply(Activation.RELU, net.input("x", 3)));
    });

    assertThatThrownBy(() -> Model.build("m", 1, net -> base().asLayer().apply(net, net.input("x", 4))))
        .isInstanceOf(GraphException.class)
        .hasMessage("layer model: model 'm' has inputs of shapes [[N,3]], found [[N,4]]");
    assertThatThrownBy(() -> twice(two.asLayer()))
        .hasMessage("layer model: model 'two' has the outputs [a, b]; choose one with withOutput");
    assertThat(twice(two.asLayer().withOutput("b")).inference().outputs().keySet()).containsExactly("y");
  }
}
