package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.ir.Op;
import org.burin.nn.Activation;
import org.burin.nn.AffineLayer;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Draws;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.SeparableConv;
import org.burin.quant.FoldedBatchNorm.Mode;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FoldedBatchNormTest {
  private static final FixedType KERNEL = FixedType.parse("fixed<8,3,rnd_conv,sat>");
  private static final FixedType BIAS = FixedType.parse("fixed<7,4,rnd_conv,sat>");
  private static final double EPSILON = 1e-3f;
  private static final double STEP = (float) (1 - 0.9);
  private static final Dense DENSE = Dense.of(2)
      .withKernelQuantizer(Quantizers.fixed(KERNEL)).withBiasQuantizer(Quantizers.fixed(BIAS));

  /// A model of one layer with numbers of no particular kind.
  private static Model model(Shape sample, Layer layer) {
    Model m = Model.sequential("m", 1, sample, layer);
    for (String name : m.parameters().names()) {
      float[] data = m.parameters().get(name).data();
      float[] u = new Draws(99, name.substring(name.lastIndexOf('/') + 1)).uniform(0, data.length);
      for (int i = 0; i < data.length && !name.endsWith("iteration"); i++) {
        data[i] = name.endsWith("variance") ? u[i] + 0.5f : 2 * u[i] - 1;
      }
    }
    return m;
  }

  private static Tensor batch(int rows, int columns) {
    Tensor x = Probe.matrix(rows, columns);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = Math.round(x.data()[i] * 64) / 16f;
    }
    return x;
  }

  private static ReferenceInterpreter.Results train(Model m, Tensor x) {
    return ReferenceInterpreter.run(m.training().bind(x.shape().dim(0)), Map.of("x", DoubleTensor.of(x)),
        DoubleTensor.all(m.parameters().tensors()));
  }

  private static double parameter(Model m, String name, int... index) {
    return DoubleTensor.of(m.parameters().get("dense_batch_norm/" + name)).get(index);
  }

  /// The formulas of the folded dense layer for one channel, one sample after the other.
  private static double[] channel(Model m, Tensor x, int c, Mode mode, boolean live, boolean training) {
    int n = x.shape().dim(0);
    double bias = parameter(m, "bias", c);
    double mean = 0;
    double square = 0;
    for (int s = 0; s < n; s++) {
      double y = x.get(s, 0) * parameter(m, "kernel", 0, c) + x.get(s, 1) * parameter(m, "kernel", 1, c)
          + x.get(s, 2) * parameter(m, "kernel", 2, c) + bias;
      mean += y / n;
      square += y * y / n;
    }
    double variance = square - mean * mean;
    double movingMean = parameter(m, "moving_mean", c);
    double movingVariance = parameter(m, "moving_variance", c);
    if (training && live) {
      movingMean += STEP * (mean - movingMean);
      movingVariance += STEP * (variance - movingVariance);
    }
    double gamma = parameter(m, "gamma", c);
    boolean fromBatch = training && live;
    double i = gamma / Math.sqrt(movingVariance + EPSILON);
    double j = fromBatch ? gamma / Math.sqrt(variance + EPSILON) : i;
    double shift = FixedMath.quantize(
        (bias - (fromBatch ? mean : movingMean)) * j + parameter(m, "beta", c), BIAS);
    double correction = fromBatch && mode == Mode.MOVING_STATISTICS
        ? Math.sqrt(movingVariance + EPSILON) / Math.sqrt(variance + EPSILON) : 1;
    double factor = fromBatch && mode == Mode.BATCH_STATISTICS ? j : i;
    double[] out = new double[n];
    for (int s = 0; s < n; s++) {
      double y = 0;
      for (int k = 0; k < 3; k++) {
        y += x.get(s, k) * FixedMath.quantize(parameter(m, "kernel", k, c) * factor, KERNEL);
      }
      out[s] = y * correction + shift;
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({
      "MOVING_STATISTICS,-1,-1", "BATCH_STATISTICS,-1,50", "MOVING_STATISTICS,3,3", "MOVING_STATISTICS,3,4",
      "BATCH_STATISTICS,3,3", "BATCH_STATISTICS,3,4"})
  void trainingUsesTheBatchUntilItIsFrozen(Mode mode, int delay, int iteration) {
    Model m = model(Shape.of(3), FoldedBatchNorm.of(DENSE).withBatchNorm(BatchNorm.of().withMomentum(0.9))
        .withMode(mode).withFreezeDelay(delay));
    m.parameters().get("dense_batch_norm/iteration").data()[0] = iteration;
    Tensor x = batch(12, 3);
    ReferenceInterpreter.Results run = train(m, x);
    boolean live = delay < 0 || iteration <= delay;
    for (int c = 0; c < 2; c++) {
      double[] expected = channel(m, x, c, mode, live, true);
      double[] used = channel(m, x, c, mode, live, false);
      for (int s = 0; s < 12; s++) {
        assertThat(run.output("y").get(s, c)).isCloseTo(expected[s], within(1e-9));
        assertThat((double) m.predict(x).get(s, c)).isEqualTo(used[s]);
      }
      double before = parameter(m, "moving_mean", c);
      double after = run.updates().get("dense_batch_norm/moving_mean").get(c);
      if (live) {
        assertThat(after).isNotEqualTo(before);
      } else {
        assertThat(after).isEqualTo(before);
      }
    }
    assertThat(run.updates().get("dense_batch_norm/iteration").data()).containsExactly(iteration + 1);
  }

  static Stream<Arguments> layers() {
    Shape image = Shape.of(5, 5, 3);
    return Stream.of(
        Arguments.of(Shape.of(4), Dense.of(3)),
        Arguments.of(Shape.of(4), Dense.of(3).withBias(false).withActivation(Activation.RELU)),
        Arguments.of(image, Conv.of2D(4, 3)),
        Arguments.of(Shape.of(6, 2), Conv.of1D(3, 2)),
        Arguments.of(image, DepthwiseConv.of2D(3).withMultiplier(2)),
        Arguments.of(Shape.of(6, 2), DepthwiseConv.of1D(2)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void withoutQuantizersItIsTheLayerAndItsBatchNorm(Shape sample, AffineLayer<?> layer) {
    Model folded = model(sample, FoldedBatchNorm.of(layer).named("layer"));
    Activation activation = layer.affine().activation();
    AffineLayer<?> linear = layer.withActivation(Activation.LINEAR);
    Model separate = Model.sequential("m", 1, sample, linear, BatchNorm.of(), activation);
    for (String name : separate.parameters().names()) {
      separate.parameters().set(name, folded.parameters().get("layer/" + name.substring(name.lastIndexOf('/') + 1)));
    }
    Tensor x = Tensor.of(sampleBatch(sample), Probe.matrix(7, sample.size()).data());
    Tensor expected = separate.predict(x);
    Tensor found = folded.predict(x);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.data()[i]).isCloseTo(expected.data()[i], within(1e-4f));
    }
    // While training, the correction makes up for the kernel's other scale.
    DoubleTensor trained = train(folded, x).output("y");
    DoubleTensor both = train(separate, x).output("y");
    for (int i = 0; i < both.size(); i++) {
      assertThat(trained.data()[i]).isCloseTo(both.data()[i], within(1e-9));
    }
  }

  private static Shape sampleBatch(Shape sample) {
    int[] dims = new int[sample.rank() + 1];
    dims[0] = 7;
    System.arraycopy(sample.dims(), 0, dims, 1, sample.rank());
    return Shape.of(dims);
  }

  @Test
  void inUseThereIsOneProductOfTheQuantizedKernelAndOneBias() {
    Model m = model(Shape.of(3), FoldedBatchNorm.of(DENSE));
    assertThat(m.inference().values().stream().filter(v -> v.op() instanceof Op.MatMul)).hasSize(1);
    assertThat(m.inference().values().stream().filter(v -> v.op() instanceof Op.Quantize)).hasSize(2);
    assertThat(m.training().values().stream().filter(v -> v.op() instanceof Op.MatMul)).hasSize(2);
  }

  @Test
  void otherLayersAreRefused() {
    assertThatThrownBy(() -> FoldedBatchNorm.of(SeparableConv.of2D(2, 3)))
        .hasMessage("a batch normalisation is folded into Dense, Conv or DepthwiseConv, whose kernels end with the "
            + "axis of channels; found separable_conv2d");
  }
}
