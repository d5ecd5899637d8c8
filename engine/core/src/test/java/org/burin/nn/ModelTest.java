package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ModelTest {
  /// The network that estimates the earth mover's distance of two 4x4x3 images, made symmetric.
  private static Model earthMover() {
    Block base = Block.of("base_model", (net, in) -> {
      var y = net.apply(Merge.concat(), in);
      for (int i = 1; i <= 3; i++) {
        y = net.chain(y, Conv.of2D(32, 5).withPadding(Padding.SAME).withKernelRegularizer(Regularizer.l2(1e-4f)),
            BatchNorm.of(), Activation.RELU);
      }
      return net.chain(y, Flatten.of(), Dense.of(256), BatchNorm.of(), Activation.RELU, Dense.of(1).named("output"));
    });
    return Model.build("emd", 1, net -> {
      var a = net.input("input_1", 4, 4, 3);
      var b = net.input("input_2", 4, 4, 3);
      net.output("y", Merge.average().apply(net, base.apply(net, a, b), base.apply(net, b, a)));
    });
  }

  @Test
  void aSymmetricNetworkUsesItsPartTwice() {
    Model m = earthMover();
    assertThat(m.parameters().count()).isEqualTo(189_089);
    assertThat(m.parameters().trainableCount()).isEqualTo(189_089 - 704);
    assertThat(m.summary()).contains("2,054,656");

    Runs.fill(m.parameters());
    DoubleTensor a = Runs.numbers(2, 4, 4, 3);
    DoubleTensor b = DoubleTensor.generate(a.shape(), i -> -0.5 * a.get(i) + 0.25);
    DoubleTensor ab = Runs.infer(m, Map.of("input_1", a, "input_2", b));
    assertThat(Runs.infer(m, Map.of("input_1", b, "input_2", a))).isEqualTo(ab);
    assertThat(m.training().updates()).hasSize(8);
  }

  @Test
  void anAutoencoderForSensorImages() {
    Layer encoder = Sequential.of(
        Conv.of2D(8, 3).withStride(2).withPadding(Padding.SAME).withActivation(Activation.RELU),
        Flatten.of(), Dense.of(16, Activation.RELU)).named("encoder");
    Layer decoder = Sequential.of(
        Dense.of(128, Activation.RELU), Reshape.to(4, 4, 8),
        ConvTranspose.of2D(8, 3).withStride(2).withPadding(Padding.SAME).withActivation(Activation.RELU),
        ConvTranspose.of2D(1, 3).withPadding(Padding.SAME).withActivation(Activation.SIGMOID)).named("decoder");
    Model m = Model.sequential("econ", 1, Shape.of(8, 8, 1), encoder, decoder);

    assertThat(m.summary()).isEqualTo("""
        model "econ"
        Layer                       Output     Parameters  MACs/sample
        --------------------------------------------------------------
        input x                     [N,8,8,1]           0            0
        encoder/conv2d              [N,4,4,8]          80        1,152
        encoder/flatten             [N,128]             0            0
        encoder/dense               [N,16]          2,064        2,048
        decoder/dense               [N,128]         2,176        2,048
        decoder/reshape             [N,4,4,8]           0            0
        decoder/conv2d_transpose    [N,8,8,8]         584        9,216
        decoder/conv2d_transpose_1  [N,8,8,1]          73        4,608
        --------------------------------------------------------------
        total                                       4,977       19,072
        4,977 trainable, 0 not trainable
        """);
  }

  @Test
  void predictsAnyNumberOfSamplesAsOneByOne() {
    Model m = Runs.of(Shape.of(3), Dense.of(4, Activation.TANH), Dense.of(2));
    Tensor x = Runs.numbers(600, 3).toTensor();
    Tensor y = m.predict(x);

    assertThat(y.shape()).isEqualTo(Shape.of(600, 2));
    for (int i : new int[] {0, 255, 256, 511, 512, 599}) {
      Tensor one = m.predict(Tensor.of(Shape.of(1, 3), Arrays.copyOfRange(x.data(), 3 * i, 3 * i + 3)));
      assertThat(one.data()).containsExactly(y.get(i, 0), y.get(i, 1));
    }
    assertThat(m.predict(Tensor.zeros(Shape.of(0, 3))).shape()).isEqualTo(Shape.of(0, 2));
    double[] reference = Runs.infer(m, DoubleTensor.of(x)).data();
    for (int i = 0; i < reference.length; i++) {
      assertThat((double) y.data()[i]).isCloseTo(reference[i], offset(1e-5));
    }
  }

  @Test
  void predictsWithTheParametersOfTheMoment() {
    Model m = Model.sequential("m", 1, Shape.of(2), Dense.of(1));
    Tensor x = Tensor.matrix(new float[][] {{1f, 2f}});
    m.parameters().set("dense/kernel", Tensor.of(Shape.of(2, 1), 3f, 4f));
    assertThat(m.predict(x).data()).containsExactly(11f);
    m.parameters().get("dense/bias").data()[0] = 0.5f;
    assertThat(m.predict(x).data()).containsExactly(11.5f);
  }

  @Test
  void severalInputsAndOutputs() {
    Model m = Model.build("two", 1, net -> {
      var a = net.input("a", 2);
      var b = net.input("b", 2);
      net.output("sum", Merge.add().apply(net, a, b));
      net.output("product", Merge.multiply().apply(net, a, b));
    });
    Tensor a = Tensor.matrix(new float[][] {{1f, 2f}, {3f, 4f}});
    Tensor b = Tensor.matrix(new float[][] {{5f, 6f}, {7f, 8f}});
    Map<String, Tensor> y = m.predict(Map.of("a", a, "b", b));

    assertThat(y.keySet()).containsExactly("sum", "product");
    assertThat(y.get("sum").data()).containsExactly(6f, 8f, 10f, 12f);
    assertThat(y.get("product").data()).containsExactly(5f, 12f, 21f, 32f);
    assertThatThrownBy(() -> m.predict(a)).isInstanceOf(GraphException.class).hasMessage(
        "model 'two' has inputs [a, b] and outputs [sum, product]; pass a map of inputs by name");
    assertThatThrownBy(() -> m.predict(Map.of("a", a)))
        .hasMessage("model 'two' needs the input 'b' [N,2], found [a]");
    assertThatThrownBy(() -> m.predict(Map.of("a", a, "b", Tensor.zeros(Shape.of(3, 2)))))
        .hasMessage("input 'b' of model 'two' needs shape [N,2] with N = 2, found [3,2]");
    assertThatThrownBy(() -> m.predict(Map.of("a", Tensor.vector(1f, 2f), "b", b)))
        .hasMessage("input 'a' of model 'two' needs shape [N,2] with N = 2, found [2]");
    assertThatThrownBy(() -> m.predict(Map.of("a", a, "b", b, "c", b)))
        .hasMessage("model 'two' has no input 'c'; its inputs are [a, b]");
  }

  @Test
  void regularizersAddUp() {
    Model m = Runs.of(Shape.of(2), Dense.of(2).withKernelRegularizer(new Regularizer(0.5f, 2f))
        .withBiasRegularizer(Regularizer.l1(1f)));
    double expected = 0;
    for (double w : Runs.parameter(m, "dense/kernel").data()) {
      expected += 0.5 * Math.abs(w) + 2 * w * w;
    }
    for (double w : Runs.parameter(m, "dense/bias").data()) {
      expected += Math.abs(w);
    }

    assertThat(Runs.train(m, Map.of("x", Runs.numbers(1, 2))).output(Net.PENALTY).item())
        .isCloseTo(expected, offset(1e-12));
  }

  @Test
  void notesMakeAnotherModelOfTheSameParameters() {
    Model m = Model.sequential("m", 1, Shape.of(2), Dense.of(1));
    Model noted = m.withMetadata("mean", "1,2").withMetadata("mean", "3,4");

    assertThat(noted.metadata()).containsExactly(Map.entry("mean", "3,4"));
    assertThat(noted.parameters()).isSameAs(m.parameters());
    assertThat(m.metadata()).isEmpty();
  }

  @Test
  void aModelOfGraphsNeedsTheirParameters() {
    Graph g = Model.sequential("m", 1, Shape.of(2), Dense.of(1)).inference();

    assertThatThrownBy(() -> Model.of("m", g, g, new Parameters(), Map.of()))
        .isInstanceOf(GraphException.class).hasMessage("there is no parameter 'dense/kernel'; there are []");
  }
}
