package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.burin.exec.DoubleTensor;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizerTest {
  private static final FixedType KERNEL = FixedType.parse("fixed<4,1,rnd,sat>");
  private static final FixedType BIAS = FixedType.parse("fixed<3,1,trn,sat>");

  private static Quantizer of(FixedType type) {
    return (net, _, x) -> net.graph().quantize(x, type);
  }

  private static Arguments with(Shape sample, AffineLayer<?> layer) {
    return Arguments.of(layer.stem(), sample, layer,
        layer.withAffine(layer.affine().withKernelQuantizer(of(KERNEL)).withBiasQuantizer(of(BIAS))));
  }

  static Stream<Arguments> layers() {
    Shape image = Shape.of(5, 5, 4);
    return Stream.of(
        with(Shape.of(3), Dense.of(2)),
        with(image, Conv.of2D(4, 3).withGroups(2)),
        with(Shape.of(6, 2), Conv.of1D(3, 2)),
        with(image, DepthwiseConv.of2D(3).withMultiplier(2)),
        with(image, SeparableConv.of2D(3, 2)),
        with(image, ConvTranspose.of2D(3, 2)),
        with(Shape.of(3, 2), Recurrent.simple(3).withRecurrentQuantizer(of(KERNEL))),
        with(Shape.of(3, 2), Recurrent.lstm(3).withRecurrentQuantizer(of(KERNEL))),
        with(Shape.of(3, 2), Recurrent.gru(3).withRecurrentQuantizer(of(KERNEL))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void layersUseKernelAndBiasOnTheirGrids(String stem, Shape sample, Layer plain, Layer quantized) {
    Model m = Runs.of(sample, quantized);
    Model byHand = Runs.of(sample, plain instanceof Recurrent r ? r.withRecurrentQuantizer(Quantizer.NONE) : plain);
    for (String name : byHand.parameters().names()) {
      float[] data = byHand.parameters().get(name).data();
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) FixedMath.quantize(data[i], name.endsWith("bias") ? BIAS : KERNEL);
      }
    }
    assertThat(m.parameters().names()).isEqualTo(byHand.parameters().names());
    DoubleTensor x = Runs.numbers(IntStream.concat(IntStream.of(2), IntStream.of(sample.dims())).toArray());
    Runs.assertClose(Runs.infer(m, x), Runs.infer(byHand, x));
    Runs.assertClose(Runs.train(m, Map.of("x", x)).output("y"), Runs.infer(byHand, x));
  }

  @Test
  void aLayerQuantizesAnyValue() {
    Model m = Model.sequential("m", 1, Shape.of(2), QuantizerLayer.of(of(KERNEL)), QuantizerLayer.of(of(BIAS)));
    assertThat(m.inference().toString()).contains("@\"quantize\"", "@\"quantize_1\"");
    DoubleTensor x = DoubleTensor.of(Tensor.of(Shape.of(1, 2), 0.3f, 5f));
    assertThat(Runs.infer(m, x).data()).containsExactly(0.25, 0.75);
  }

  @Test
  void anEmbeddingHasItsTableOnAGrid() {
    Model m = Runs.of(Shape.of(2), Embedding.of(3, 2).withQuantizer(of(KERNEL)));
    DoubleTensor x = DoubleTensor.of(Tensor.of(Shape.of(1, 2), 2f, 0f));
    DoubleTensor table = Runs.parameter(m, "embedding/embeddings");
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(1, 2, 2), i ->
        FixedMath.quantize(table.get(i[1] == 0 ? 2 : 0, i[2]), KERNEL)));
  }

  @Test
  void batchNormTrainsOnTheGridsItIsUsedWith() {
    Model m = Runs.of(Shape.of(3), BatchNorm.of().withQuantizers(of(KERNEL), of(BIAS)));
    DoubleTensor x = Runs.numbers(4, 3);
    DoubleTensor mean = DoubleTensor.generate(Shape.of(3), c -> mean(x, c[0], 0));
    DoubleTensor variance = DoubleTensor.generate(Shape.of(3), c -> mean(x, c[0], 1));
    Runs.assertClose(Runs.train(m, Map.of("x", x)).output("y"), normalised(m, x, mean, variance));
    Runs.assertClose(Runs.infer(m, x), normalised(
        m, x, Runs.parameter(m, "batch_norm/moving_mean"), Runs.parameter(m, "batch_norm/moving_variance")));
  }

  private static DoubleTensor normalised(Model m, DoubleTensor x, DoubleTensor mean, DoubleTensor variance) {
    return DoubleTensor.generate(x.shape(), i -> {
      int c = i[1];
      double scale = FixedMath.quantize(
          Runs.parameter(m, "batch_norm/gamma").get(c) / Math.sqrt(variance.get(c) + 1e-3f), KERNEL);
      double shift = FixedMath.quantize(Runs.parameter(m, "batch_norm/beta").get(c) - mean.get(c) * scale, BIAS);
      return x.get(i) * scale + shift;
    });
  }

  /// The mean of one of three channels, or the mean square distance from it.
  private static double mean(DoubleTensor x, int channel, int moment) {
    double mean = moment == 0 ? 0 : mean(x, channel, 0);
    double sum = 0;
    for (int i = channel; i < x.size(); i += 3) {
      double d = x.data()[i] - mean;
      sum += moment == 0 ? d : d * d;
    }
    return sum / (x.size() / 3.0);
  }

  @Test
  void allStepsOfARecurrenceShareTheParametersOfTheirQuantizers() {
    List<String> seen = new ArrayList<>();
    Quantizer learned = (net, name, x) -> {
      seen.add(name);
      return net.graph().mul(x, net.parameter(name + "_range", Shape.of(), Initializer.ones()));
    };
    Model m = Model.sequential("m", 1, Shape.of(3, 2), Recurrent.lstm(2).withStateQuantizer(learned));
    assertThat(seen).startsWith("candidate", "input_gate", "memory", "shown_memory", "output_gate", "state",
        "candidate", "input_gate", "forget_gate");
    assertThat(m.parameters().names()).contains("lstm/state_range", "lstm/forget_gate_range").hasSize(10);

    Model gru = Model.sequential("m", 1, Shape.of(3, 2), Recurrent.gru(2).withStateQuantizer(learned));
    assertThat(gru.parameters().names()).contains("gru/update_gate_range", "gru/candidate_range", "gru/state_range");
  }

  @Test
  void aQuantizerThatChangesTheShapeIsRefused() {
    Quantizer sum = (net, _, x) -> net.graph().sum(x);
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), Dense.of(2).withKernelQuantizer(sum)))
        .hasMessageStartingWith("layer dense: the quantizer of 'kernel' must keep the shape [3,2], it gave []");
  }

  @Test
  void quantizersThatCannotWorkAreReportedTogether() {
    assertThatThrownBy(() -> Model.build("m", 1, net -> {
      var b = net.graph();
      var y = net.apply(Dense.of(3), net.input("x", 2));
      var positions = net.apply(QuantizerLayer.of(of(KERNEL)).named("late"), b.argMax(y, -1));
      var scaled = net.apply(QuantizerLayer.of(of(KERNEL)).named("factor"), b.constant(3f));
      net.output("y", b.mul(positions, scaled));
    })).hasMessage("model 'm' has quantizers that cannot work:"
        + "\n  layer late: quantize %5 to=fixed<4,1,rnd,sat>: argmax %4 axis=1 passes no gradient to the weights that "
        + "it depends on; quantize what comes before it, or give it a gradient with a straight-through estimator"
        + "\n  layer factor: quantize %7 to=fixed<4,1,rnd,sat>: the constant 3.0 lies outside of fixed<4,1,rnd,sat>, "
        + "which goes from -1 to 0.875; choose more integer bits");
  }

  @Test
  void whatIsNotToBeTrainedMayBeQuantized() {
    Model m = Model.build("m", 1, net -> {
      var b = net.graph();
      var x = net.input("x", 2);
      var y = net.apply(Dense.of(3), x);
      var stopped = b.stopGradient(y);
      var signs = b.unary(UnaryFn.SIGN, x);
      net.output("y", b.matMul(b.quantize(signs, KERNEL), b.constant(Tensor.zeros(Shape.of(2, 3)))));
      net.output("z", b.straightThrough(b.quantize(b.unary(UnaryFn.SIGN, y), KERNEL), y));
      net.output("w", b.quantize(stopped, KERNEL));
    });
    assertThat(m.training().outputs()).containsOnlyKeys("y", "z", "w");
  }
}
