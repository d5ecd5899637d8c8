package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.fixed.FixedType;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.Padding;
import org.burin.nn.Pool;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class EbopsTest {
  private static Layer to(String type) {
    return QuantizerLayer.of((net, _, x) -> net.graph().quantize(x, FixedType.parse(type)));
  }

  private static Model model(Shape sample, Layer... layers) {
    return Model.sequential("m", 1, sample, layers);
  }

  private static void set(Model m, String parameter, float... numbers) {
    System.arraycopy(numbers, 0, m.parameters().get(parameter).data(), 0, numbers.length);
  }

  private static double ebops(Model m) {
    return ebops(m, m.inference());
  }

  private static double ebops(Model m, Graph graph) {
    GraphBuilder b = GraphBuilder.continuing(graph);
    b.output("ebops", Ebops.total(b, graph).orElseThrow());
    return run(m, b.build(), "ebops")[0];
  }

  private static double[] run(Model m, Graph graph, String output) {
    Shape one = graph.input("x").shape().bind(1);
    return ReferenceInterpreter.run(graph.bind(1), Map.of("x", DoubleTensor.of(Tensor.zeros(one))),
        DoubleTensor.all(m.parameters().tensors())).output(output).data();
  }

  @Test
  void aDenseLayerMultipliesEveryInputWithEveryWeight() {
    Model m = model(Shape.of(2), to("fixed<6,2,rnd,sat>"), Dense.of(3));
    // From the first to the last digit that is not 0: 0.75 = 0b0.11, 0.5 = 0b0.1, 5 = 0b101, 24 = 0b11000.
    set(m, "dense/kernel", 0.75f, -0.5f, 0, 5, -24, 0x1p-30f);
    assertThat(ebops(m)).isEqualTo(5 * (2 + 1 + 0) + 5 * (3 + 2 + 1));
    assertThat(ebops(model(Shape.of(2), to("ufixed<6,2,rnd,sat>"),
        Dense.of(3).withKernelInitializer(Initializer.ones())))).isEqualTo(6 * 6);
  }

  @Test
  void aConvolutionCountsOnceForEachPositionThatIsNotPadding() {
    Conv conv = Conv.of2D(2, 3).withKernelInitializer(Initializer.constant(0.75f));
    // 2 x 2 positions of a 3 x 3 kernel with 2 filters.
    assertThat(ebops(model(Shape.of(4, 4, 1), to("ufixed<3,1,rnd,sat>"), conv))).isEqualTo(4 * 9 * 2 * 3 * 2);
    // Of 16 positions, 4 corners see 4 pixels, 8 edges 6 and 4 all 9.
    assertThat(ebops(model(Shape.of(4, 4, 1), to("ufixed<3,1,rnd,sat>"), conv.withPadding(Padding.SAME))))
        .isEqualTo((4 * 4 + 8 * 6 + 4 * 9) * 2 * 3 * 2);
  }

  @Test
  void bitsMoveWithTheData() {
    assertThat(ebops(model(Shape.of(4, 4, 1), to("ufixed<3,1,rnd,sat>"), Activation.RELU, Pool.max2D(2), Flatten.of(),
        Dense.of(1).withKernelInitializer(Initializer.ones())))).isEqualTo(4 * 3);
  }

  @Test
  void dataOfUnknownBitsAreLeftOut() {
    Model m = model(Shape.of(2), Dense.of(3), to("fixed<4,2,rnd,sat>"), Dense.of(1).named("last"));
    GraphBuilder b = GraphBuilder.continuing(m.inference());
    assertThat(Ebops.products(b, m.inference())).extracting(Ebops.Product::layer).containsExactly("last");
    Model none = model(Shape.of(2), Dense.of(3));
    assertThat(Ebops.total(GraphBuilder.continuing(none.inference()), none.inference())).isEmpty();
  }

  @Test
  void learntBitsHaveTheGradientOfDeclaredOnes() {
    Model m = model(Shape.of(2), QuantizerLayer.of(LearnedBits.activations().withBits(1, 2)).named("in"),
        Dense.of(2).withKernelQuantizer(LearnedBits.weights().withBits(1, 3)));
    set(m, "dense/kernel", 0.5f, 1.75f, 0, 0.125f);
    set(m, "in/output_fraction", 2, 4);
    // Digits 1, 3, 0, 1 of the weights, bits 3 and 5 of the data.
    assertThat(ebops(m)).isEqualTo(3 * 4 + 5);
    assertThat(ebops(m, m.training())).isEqualTo(3 * 4 + 5);
    // What a bit more of a weight costs is the bits of its data; what a bit more of data costs, the weights' digits.
    assertThat(gradient(m, "dense/kernel_bits")).containsExactly(3, 3, 5, 5);
    assertThat(gradient(m, "in/output_fraction")).containsExactly(4, 1);
    assertThat(gradient(m, "in/output_integer")).containsExactly(4, 1);
    assertThat(gradient(m, "dense/kernel")).containsExactly(0, 0, 0, 0);
  }

  private static double[] gradient(Model m, String parameter) {
    GraphBuilder b = GraphBuilder.continuing(m.training());
    Value total = Ebops.total(b, m.training()).orElseThrow();
    Value p = m.training().parameters().stream()
        .filter(v -> v.op() instanceof Op.Parameter(var name, _) && name.equals(parameter)).findFirst().orElseThrow();
    b.output("gradient", Gradients.of(b, total, List.of(p)).getFirst());
    return run(m, b.build(), "gradient");
  }

  @Test
  void sparsityIsThePartOfWeightsThatAreZero() {
    Model m = model(Shape.of(2), Dense.of(3), Activation.RELU, Dense.of(1).named("last"));
    set(m, "dense/kernel", 0, 1, 0, 0, -1, 0.5f);
    set(m, "last/kernel", 0, 1, 1);
    GraphBuilder b = GraphBuilder.continuing(m.inference());
    b.output("sparsity", Sparsity.of(b, m.inference()).orElseThrow());
    assertThat(run(m, b.build(), "sparsity")[0]).isCloseTo(4 / 9.0, within(1e-7));
    Arrays.fill(m.parameters().get("last/kernel").data(), 0);
    assertThat(run(m, b.build(), "sparsity")[0]).isCloseTo(6 / 9.0, within(1e-7));
  }
}
