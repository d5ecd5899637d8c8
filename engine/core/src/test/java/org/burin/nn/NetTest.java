package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;

class NetTest {
  @Test
  void numbersLayersPerScope() {
    Model m = Model.build("m", 1, net -> {
      var x = net.input("x", 4);
      var y = net.scope("encoder", () -> net.chain(x, Dense.of(3), Activation.RELU, Dense.of(2)));
      net.output("y", net.apply(Dense.of(1), y));
    });

    assertThat(m.parameters().names()).containsExactly("encoder/dense/kernel", "encoder/dense/bias",
        "encoder/dense_1/kernel", "encoder/dense_1/bias", "dense/kernel", "dense/bias");
  }

  @Test
  void aScopeOpenedAgainGoesOn() {
    Model m = Model.build("m", 1, net -> {
      var x = net.input("x", 4);
      var y = net.scope("a", () -> net.apply(Dense.of(3).withBias(false), x));
      net.output("y", net.scope("a", () -> net.apply(Dense.of(3).withBias(false), y)));
    });

    assertThat(m.parameters().names()).containsExactly("a/dense/kernel", "a/dense_1/kernel");
  }

  @Test
  void oneInstanceTwiceSharesItsParameters() {
    Dense shared = Dense.of(4);
    Model m = Model.build("m", 1, net -> net.output("y", net.chain(net.input("x", 4), shared, shared, Dense.of(4))));

    assertThat(m.parameters().names())
        .containsExactly("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias");
  }

  @Test
  void aSharedLayerKeepsItsPathInAnotherScope() {
    Dense shared = Dense.of(4);
    Model m = Model.build("m", 1, net -> {
      var x = net.input("x", 4);
      var y = net.scope("a", () -> net.apply(shared, x));
      net.output("y", net.scope("b", () -> net.apply(shared, y)));
    });

    assertThat(m.parameters().names()).containsExactly("a/dense/kernel", "a/dense/bias");
    assertThat(m.inference().output("y").layer()).isEqualTo("a/dense");
  }

  @Test
  void aBlockTwiceSharesItsParametersEvenOfLayersFromOutside() {
    Dense outside = Dense.of(4);
    Block block = Block.of("base", (net, in) -> net.chain(in.getFirst(), outside, Activation.RELU, Dense.of(4)));
    Model m = Model.build("m", 1, net -> {
      var once = block.apply(net, net.input("x", 4));
      net.output("y", block.apply(net, once));
    });

    assertThat(m.parameters().names()).containsExactly(
        "base/dense/kernel", "base/dense/bias", "base/dense_1/kernel", "base/dense_1/bias");
  }

  @Test
  void aBlockAppliedToAnotherShapeSaysWhatDiffers() {
    Block block = Block.of("base", (net, in) -> net.apply(Dense.of(3), in.getFirst()));

    assertThatThrownBy(() -> Model.build("m", 1, net -> {
      block.apply(net, net.input("a", 4));
      block.apply(net, net.input("b", 5));
    })).isInstanceOf(GraphException.class).hasMessage("layer base/dense: the layer is applied again, where "
        + "'base/dense/kernel' would have to be a weight [5,3]; it is a weight [4,3]");
  }

  @Test
  void twoLayersOfOneNameAreAnError() {
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(4), Dense.of(4).named("d"), Dense.of(4).named("d")))
        .isInstanceOf(GraphException.class)
        .hasMessage("two layers are called 'd'; apply one instance twice to share its parameters, or choose another "
            + "name");
  }

  @Test
  void aRecipeThatDiffersBetweenItsRunsIsAnError() {
    assertThatThrownBy(() -> Model.build("m", 1, net -> {
      var x = net.input("x", 4);
      net.output("y", net.training() ? net.apply(Dense.of(4), x) : x);
    })).isInstanceOf(GraphException.class).hasMessage("the recipe of model 'm' must declare the same parameters in "
        + "both runs; 'dense/bias' is a weight [4] in the graph to train and absent in the graph to use");
  }

  @Test
  void aModelWithoutOutputIsAnError() {
    assertThatThrownBy(() -> Model.build("m", 1, net -> net.input("x", 4)))
        .isInstanceOf(GraphException.class)
        .hasMessage("the model names no output; call output(name, value)");
  }

  @Test
  void aSharedWeightIsPenalisedOnceAndOnlyWhileTraining() {
    Dense d = Dense.of(2).withKernelRegularizer(Regularizer.l2(0.5f));
    Model m = Model.sequential("m", 1, Shape.of(2), d, d);

    assertThat(m.training().outputs().keySet()).containsExactly("y", Net.PENALTY);
    assertThat(m.inference().outputs().keySet()).containsExactly("y");
    assertThat(m.training().values()).filteredOn(
        v -> v.op() instanceof Op.Unary(var fn, _) && fn == UnaryFn.SQUARE).hasSize(1);
  }

  @Test
  void aWrongInputNamesLayerOperationAndShapes() {
    assertThatThrownBy(() -> Model.build("m", 1, net -> {
      var kernel = net.scope("a", () -> net.parameter("k", Shape.of(3, 2), Initializer.zeros()));
      net.scope("b", () -> net.graph().matMul(net.input("x", 4), kernel));
    })).isInstanceOf(GraphException.class).hasMessage("layer b: matmul %1 %0: matrix product of [N,4] and [3,2]: inner "
        + "extents 4 and 3 differ");
  }

  @Test
  void summaryOfAPerceptron() {
    Model m = Model.sequential("jets", 1, Shape.of(16), Dense.of(64, Activation.RELU), Dense.of(32, Activation.RELU),
        Dense.of(32, Activation.RELU), Dense.of(5, Activation.SOFTMAX));
    m.parameters().freeze("dense_1");

    assertThat(m.summary()).isEqualTo("""
        model "jets"
        Layer    Output  Parameters  MACs/sample
        ----------------------------------------
        input x  [N,16]           0            0
        dense    [N,64]       1,088        1,024
        dense_1  [N,32]       2,080        2,048
        dense_2  [N,32]       1,056        1,024
        dense_3  [N,5]          165          160
        ----------------------------------------
        total                 4,389        4,256
        2,309 trainable, 2,080 not trainable
        """);
    assertThat(m).hasToString("model 'jets' with 4389 parameters");
  }
}
