package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final double EPSILON = 1e-3f;
  private static final double STEP = 0.01f;

  @Test
  void batchNormUsesTheBatchWhileTraining() {
    Model m = Runs.of(Shape.of(2, 3), BatchNorm.of());
    DoubleTensor x = Runs.numbers(4, 2, 3);
    DoubleTensor mean = DoubleTensor.generate(Shape.of(3), c -> meanOf(x, c[0]));
    DoubleTensor variance = DoubleTensor.generate(Shape.of(3), c -> varianceOf(x, c[0]));

    var run = Runs.train(m, Map.of("x", x));
    Runs.assertClose(run.output("y"), DoubleTensor.generate(x.shape(), i ->
        (x.get(i) - mean.get(i[2])) / Math.sqrt(variance.get(i[2]) + EPSILON)
            * Runs.parameter(m, "batch_norm/gamma").get(i[2]) + Runs.parameter(m, "batch_norm/beta").get(i[2])));
    Runs.assertClose(run.updates().get("batch_norm/moving_mean"),
        moved(Runs.parameter(m, "batch_norm/moving_mean"), mean));
    Runs.assertClose(run.updates().get("batch_norm/moving_variance"),
        moved(Runs.parameter(m, "batch_norm/moving_variance"), variance));
  }

  private static double meanOf(DoubleTensor x, int channel) {
    double s = 0;
    for (int i = channel; i < x.size(); i += 3) {
      s += x.data()[i];
    }
    return s / (x.size() / 3.0);
  }

  private static double varianceOf(DoubleTensor x, int channel) {
    double mean = meanOf(x, channel);
    double s = 0;
    for (int i = channel; i < x.size(); i += 3) {
      s += (x.data()[i] - mean) * (x.data()[i] - mean);
    }
    return s / (x.size() / 3.0);
  }

  private static DoubleTensor moved(DoubleTensor moving, DoubleTensor batch) {
    return DoubleTensor.generate(moving.shape(), i -> moving.get(i) * (1 - STEP) + batch.get(i) * STEP);
  }

  @Test
  void batchNormIsOneFactorAndOneShiftInUse() {
    Model m = Runs.of(Shape.of(3), BatchNorm.of());
    DoubleTensor x = Runs.numbers(4, 3);

    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(x.shape(), i -> {
      double factor = Runs.parameter(m, "batch_norm/gamma").get(i[1])
          / Math.sqrt(Runs.parameter(m, "batch_norm/moving_variance").get(i[1]) + EPSILON);
      return x.get(i) * factor + Runs.parameter(m, "batch_norm/beta").get(i[1])
          - Runs.parameter(m, "batch_norm/moving_mean").get(i[1]) * factor;
    }));
    assertThat(m.inference().updates()).isEmpty();
    assertThat(m.parameters().trainable()).containsExactly("batch_norm/gamma", "batch_norm/beta");
    assertThat(m.inference().values()).filteredOn(v -> v.shape().batchAxis() == 0).hasSize(3);
  }

  @Test
  void batchNormWithoutCenterAndScaleHasOnlyStates() {
    Model m = Runs.of(Shape.of(3), BatchNorm.of().withCenterAndScale(false, false).withMomentum(0.5));
    DoubleTensor x = Runs.numbers(4, 3);

    assertThat(m.parameters().names()).containsExactly("batch_norm/moving_mean", "batch_norm/moving_variance");
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(x.shape(), i ->
        (x.get(i) - Runs.parameter(m, "batch_norm/moving_mean").get(i[1]))
            / Math.sqrt(Runs.parameter(m, "batch_norm/moving_variance").get(i[1]) + EPSILON)));
  }

  @Test
  void aSharedBatchNormFollowsBothBatchesInOrder() {
    BatchNorm shared = BatchNorm.of();
    Model m = Model.build("m", 1, net -> {
      var a = net.apply(shared, net.input("a", 3));
      net.output("y", Merge.add().apply(net, a, net.apply(shared, net.input("b", 3))));
    });
    DoubleTensor a = Runs.numbers(4, 3);
    DoubleTensor b = DoubleTensor.generate(a.shape(), i -> a.get(i) * a.get(i));

    DoubleTensor start = Runs.parameter(m, "batch_norm/moving_mean");
    DoubleTensor first = moved(start, DoubleTensor.generate(Shape.of(3), c -> meanOf(a, c[0])));
    Runs.assertClose(Runs.train(m, Map.of("a", a, "b", b)).updates().get("batch_norm/moving_mean"),
        moved(first, DoubleTensor.generate(Shape.of(3), c -> meanOf(b, c[0]))));
  }

  @Test
  void aFrozenBatchNormIsNotUpdated() {
    Model m = Runs.of(Shape.of(3), BatchNorm.of());
    m.parameters().freeze("batch_norm");

    assertThat(m.training().updates()).isEmpty();
    assertThat(m.parameters().trainable()).isEmpty();
    m.parameters().unfreeze("batch_norm");
    assertThat(m.training().updates()).hasSize(2);
  }

  @Test
  void layerNormNormalisesEverySample() {
    Model m = Runs.of(Shape.of(2, 4), LayerNorm.of());
    DoubleTensor x = Runs.numbers(3, 2, 4);

    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(x.shape(), i -> {
      double mean = 0;
      double square = 0;
      for (int c = 0; c < 4; c++) {
        mean += x.get(i[0], i[1], c) / 4;
      }
      for (int c = 0; c < 4; c++) {
        square += Math.pow(x.get(i[0], i[1], c) - mean, 2) / 4;
      }
      return (x.get(i) - mean) / Math.sqrt(square + EPSILON) * Runs.parameter(m, "layer_norm/gamma").get(i[2])
          + Runs.parameter(m, "layer_norm/beta").get(i[2]);
    }));
  }

  @Test
  void wrongOptionsNameTheLayer() {
    assertThatThrownBy(() -> BatchNorm.of().withMomentum(1))
        .hasMessage("BatchNorm: momentum must lie in [0,1), found 1.0");
    assertThatThrownBy(() -> BatchNorm.of().named("bn").withEpsilon(0))
        .hasMessage("BatchNorm 'bn': epsilon must be positive, found 0.0");
    assertThatThrownBy(() -> LayerNorm.of().withEpsilon(Float.NaN))
        .hasMessage("LayerNorm: epsilon must be positive, found NaN");
  }
}
