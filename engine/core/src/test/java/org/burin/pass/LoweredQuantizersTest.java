package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.burin.fixed.FixedType;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Draws;
import org.burin.nn.GlobalPool;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.Pool;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.AccumulatorBound;
import org.burin.quant.Alpha;
import org.burin.quant.Calibration;
import org.burin.quant.FoldedBatchNorm;
import org.burin.quant.PostTraining;
import org.burin.quant.Qonnx;
import org.burin.quant.QonnxRounding;
import org.burin.quant.QuantizedSoftmax;
import org.burin.quant.Quantizers;
import org.burin.quant.Sigmoid;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every quantizer, as a grid of data and as one of kernels: what trains and what is deployed agree in every raw
/// integer.
final class LoweredQuantizersTest {
  private static final Quantizer BITS = Quantizers.quantizedBits(6, 2);

  private static Dense dense(int units, Quantizer kernel) {
    return Dense.of(units).withKernelQuantizer(kernel).withBiasQuantizer(BITS);
  }

  private static Arguments named(String name, Quantizer quantizer) {
    return Arguments.of(name, quantizer);
  }

  static Stream<Arguments> data() {
    return Stream.of(
        named("bits", Quantizers.quantizedBits(5, 1)),
        named("symmetric bits", Quantizers.quantizedBits(5, 1).withSymmetric(true)),
        named("bits times 4", Quantizers.quantizedBits(5, 1).withAlpha(Alpha.of(4))),
        named("one bit", Quantizers.quantizedBits(1, 0)),
        named("linear", Quantizers.quantizedLinear(5, 1)),
        named("one linear bit", Quantizers.quantizedLinear(1, 1)),
        named("relu", Quantizers.quantizedRelu(5, 2)),
        named("leaky relu", Quantizers.quantizedRelu(6, 2).withSlope(0.25f)),
        named("relu of a sigmoid", Quantizers.quantizedRelu(6, 1).withSigmoid(Sigmoid.HARD)),
        named("leaky relu of a sigmoid", Quantizers.quantizedRelu(6, 1).withSigmoid(Sigmoid.SMOOTH).withSlope(0.5f)),
        named("relu with a bound", Quantizers.quantizedRelu(6, 2).withUpperBound(2.5f)),
        named("hard tanh", Quantizers.quantizedTanh(5)),
        named("tanh of a sigmoid", Quantizers.quantizedTanh(5).withSigmoid(Sigmoid.REAL).withSymmetric(true)),
        named("tanh", Quantizers.quantizedTanh(6).withRealTanh()),
        named("smooth sigmoid", Quantizers.quantizedSigmoid(5).withSigmoid(Sigmoid.SMOOTH).withSymmetric(true)),
        named("sigmoid", Quantizers.quantizedSigmoid(6).withSigmoid(Sigmoid.REAL)),
        named("hswish", Quantizers.quantizedHswish(7, 2)),
        named("ulaw", Quantizers.quantizedUlaw(6, 1)),
        named("binary", Quantizers.binary()),
        named("ternary", Quantizers.ternary().withThreshold(0.5f)),
        named("bits of QONNX", Qonnx.quantizer(Qonnx.Grid.of(0.25f, 5, true, true))),
        named("rounded up", Qonnx.quantizer(Qonnx.Grid.of(0.5f, 4, true, false).withRounding(QonnxRounding.UP))),
        named("bipolar", Qonnx.bipolarQuantizer(Tensor.scalar(0.5f))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("data")
  void dataAreEqual(String name, Quantizer quantizer) {
    Model m = Model.sequential("m", 3, Shape.of(6), QuantizerLayer.of(Quantizers.quantizedBits(7, 2)), dense(8, BITS),
        QuantizerLayer.of(Quantizers.quantizedBits(8, 3)), QuantizerLayer.of(quantizer), dense(3, BITS));
    Twins.check(m, 3, 0);
  }

  static Stream<Arguments> kernels() {
    return Stream.of(
        named("auto", Quantizers.quantizedBits(4, 0).withAlpha(Alpha.autoPo2())),
        named("linear auto", Quantizers.quantizedLinear(4, 0).withAlpha(Alpha.autoPo2())),
        named("binary auto", Quantizers.binary().withAlpha(Alpha.autoPo2())),
        named("ternary auto", Quantizers.ternary().withAlpha(Alpha.autoPo2())),
        named("stochastic binary", Quantizers.stochasticBinary().withAlpha(Alpha.autoPo2())),
        named("stochastic ternary", Quantizers.stochasticTernary()),
        named("stochastic bits", Quantizers.quantizedBits(5, 0).withStochastic(true)),
        named("powers of two", Quantizers.quantizedPo2(4)),
        named("powers of two of a rectifier", Quantizers.quantizedReluPo2(3)),
        named("accumulator bound", new AccumulatorBound(
            FixedType.parse("fixed<6,1>"), FixedType.parse("fixed<7,3>"), 12)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void kernelsAreEqual(String name, Quantizer quantizer) {
    Model m = Model.sequential("m", 3, Shape.of(6), QuantizerLayer.of(Quantizers.quantizedBits(7, 2)),
        dense(5, quantizer), QuantizerLayer.of(Quantizers.quantizedRelu(6, 2)), dense(3, quantizer));
    Twins.check(m, 3, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void softmaxIsEqual(boolean argMax) {
    for (String type : new String[] {"fixed<8,4,rnd,sat>", "fixed<10,8,trn,sat>", "fixed<6,1,rnd_conv,sat>"}) {
      Model m = Model.sequential("m", 3, Shape.of(6), QuantizerLayer.of(Quantizers.quantizedBits(7, 2)), dense(5, BITS),
          QuantizedSoftmax.of(FixedType.parse(type)).withArgMax(argMax));
      Twins.check(m, 8, 0);
    }
  }

  /// A model whose moving averages are not those that it starts with.
  private static Model used(Shape sample, Layer... layers) {
    Model m = Model.sequential("m", 3, sample, layers);
    for (String name : m.parameters().names()) {
      float[] u = new Draws(9, name).uniform(0, m.parameters().get(name).size());
      for (int i = 0; i < u.length && (name.contains("moving") || name.endsWith("gamma")); i++) {
        m.parameters().get(name).data()[i] = u[i] + 0.25f;
      }
    }
    return m;
  }

  @Test
  void foldedBatchNormsAreEqual() {
    QuantizerLayer act = QuantizerLayer.of(Quantizers.quantizedBits(7, 2));
    Twins.check(used(Shape.of(6, 6, 2), act,
        FoldedBatchNorm.of(Conv.of2D(3, 3).withKernelQuantizer(BITS).withBiasQuantizer(BITS)), act,
        FoldedBatchNorm.of(DepthwiseConv.of2D(2).withMultiplier(2).withKernelQuantizer(BITS).withBiasQuantizer(BITS)),
        act, Pool.max2D(3), GlobalPool.max(), FoldedBatchNorm.of(dense(3, BITS)).withFreezeDelay(3)), 3, 0);
    Twins.check(used(Shape.of(6), act, BatchNorm.of().withQuantizers(BITS, BITS), act), 3, 0);
  }

  @Test
  void modelsQuantizedAfterTrainingAreEqual() {
    Model dense = used(Shape.of(6), Dense.of(8), BatchNorm.of(), Activation.RELU, Dense.of(7, Activation.TANH),
        Dense.of(6, Activation.GELU), Dense.of(5), Activation.SOFTMAX);
    Model images = used(Shape.of(6, 6, 2), Conv.of2D(4, 3), BatchNorm.of(), Activation.leakyRelu(0.3f),
        Pool.average2D(2), Conv.of2D(3, 2), Activation.SILU, GlobalPool.average(),
        Dense.of(3, Activation.HARD_SIGMOID));
    for (Model m : new Model[] {dense, images}) {
      int size = m.inference().inputs().getFirst().shape().bind(64).size();
      float[] numbers = new Draws(4, "samples").uniform(0, size);
      Tensor x = Tensor.of(m.inference().inputs().getFirst().shape().bind(64), numbers);
      for (boolean perChannel : new boolean[] {false, true}) {
        Model q = PostTraining.quantize(m, Map.of("x", x), Calibration.of(7).withPerChannel(perChannel));
        assertThat(Twins.check(q, 1, 0).fixed().outputs()).containsOnlyKeys("y");
      }
    }
  }
}
