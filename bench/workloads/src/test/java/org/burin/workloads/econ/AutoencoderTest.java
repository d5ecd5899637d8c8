package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedType;
import org.burin.nn.Model;
import org.burin.tensor.Tensor;
import org.burin.train.Loss;
import org.burin.train.Optimizer;
import org.burin.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderTest {
  private final Events events = new EventGenerator(5).events(0, 400);

  @Test
  void hasThePublishedNumberOfWeights() {
    Autoencoder a = Autoencoder.create(EncoderTypes.FLOAT, 1);
    assertThat(a.encoder().parameters().count()).isEqualTo(2144);
    assertThat(a.decoder().parameters().count()).isEqualTo(2833);
    assertThat(a.model().parameters().count()).isEqualTo(4977);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "qkeras", "asic-9", "asic-7", "asic-5", "asic-3"})
  void everyWeightOfTheEncoderMovesInOneStep(String types) {
    for (Loss loss : List.of(EncoderLoss.weightedMse(), EncoderLoss.telescope(TelescopeGroups.PUBLISHED),
        EncoderLoss.emd(EncoderLossTest.network(2), true))) {
      Autoencoder a = Autoencoder.create(EncoderTypes.named(types), 3);
      // The convolution sees nothing in the empty quarter of the image but its bias, and no unit is to be off everywhere.
      Arrays.fill(a.model().parameters().get("encoder/conv/bias").data(), 0.125f);
      Arrays.fill(a.model().parameters().get("encoder/dense/bias").data(), 0.5f);
      Map<String, float[]> before = new HashMap<>();
      a.model().parameters().tensors().forEach((name, t) -> before.put(name, t.data().clone()));
      // Larger gradients, so that no step is lost in the rounding of the weight that it is added to.
      Loss large = EncoderLoss.sum(Map.of(loss, 1e4));
      Trainer.of(a.model()).withLoss(large).withOptimizer(Optimizer.adam()).withBatchSize(400).withProgress(false)
          .fit(Autoencoder.dataset(events));
      a.model().parameters().tensors().forEach((name, t) -> {
        if (name.startsWith("encoder/")) {
          float[] old = before.get(name);
          for (int i = 0; i < old.length; i++) {
            assertThat(t.data()[i]).as("%s, %s[%d], loss %s", types, name, i, loss.describe()).isNotEqualTo(old[i]);
          }
        }
      });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 7, 5, 3})
  void theEncoderOfTheChipIsExactInFixedPoint(int bits) {
    Autoencoder a = Autoencoder.create(EncoderTypes.asic(bits), 3);
    Model encoder = a.encoder();
    FixedGraph fixed = encoder.fixed();
    assertThat(fixed.inputs().getFirst().precision().type(0)).isEqualTo(FixedType.ufixed(8, 1));
    float[] codes = encoder.predict(Autoencoder.images(events)).data();
    float step = Math.scalb(1f, 1 - bits);
    for (float code : codes) {
      assertThat(code).isBetween(0f, 2 - step);
      assertThat(code / step).isEqualTo((float) Math.rint(code / step));
    }
  }

  @Test
  void fewerBitsAreTheUpperOnesOfMore() {
    Autoencoder nine = Autoencoder.create(EncoderTypes.asic(9), 3);
    float[] whole = nine.encoder().predict(Autoencoder.images(events)).data();
    float[] upper = nine.withTypes(EncoderTypes.asic(3)).encoder().predict(Autoencoder.images(events)).data();
    for (int i = 0; i < whole.length; i++) {
      assertThat(upper[i]).isEqualTo((float) (Math.floor(whole[i] * 4) / 4));
    }
  }

  @Test
  void rescalingChangesTheRangeAndNothingElse() {
    Autoencoder a = Autoencoder.create(EncoderTypes.FLOAT, 3);
    Tensor images = Autoencoder.images(events);
    float[] before = a.model().predict(images).data();
    a.rescaleLatents(images, 1, 1.9);
    assertThat(a.model().predict(images).data()).containsExactly(before, within(1e-6f));
    float[] codes = a.encoder().predict(images).data();
    for (int unit = 0; unit < 16; unit++) {
      float top = 0;
      for (int i = unit; i < codes.length; i += 16) {
        top = Math.max(top, codes[i]);
      }
      assertThat(top).isCloseTo(1.9f, within(1e-4f));
    }
  }

  @Test
  void encoderAndDecoderMakeTheWhole() {
    Autoencoder a = Autoencoder.create(EncoderTypes.QKERAS, 3);
    Tensor images = Autoencoder.images(events);
    float[] whole = a.model().predict(images).data();
    assertThat(a.decoder().predict(a.encoder().predict(images)).data()).isEqualTo(whole);
  }

  @Test
  void restoredEventsHaveTheSumThatWasSent() {
    Autoencoder a = Autoencoder.create(EncoderTypes.asic(9), 3);
    float[] restored = a.restored(events);
    for (int i = 0; i < events.size(); i++) {
      double sum = 0;
      for (float q : Arrays.copyOfRange(restored, 48 * i, 48 * i + 48)) {
        sum += q;
      }
      assertThat(sum / events.total(i)).isCloseTo(1, within(0.032));
    }
    assertThat(a.bits()).isEqualTo(153);
  }

  @Test
  void typesByName() {
    assertThat(EncoderTypes.bitsOfLinks(2)).isEqualTo(3);
    assertThat(EncoderTypes.bitsOfLinks(5)).isEqualTo(9);
    assertThat(EncoderTypes.bitsOfLinks(12)).isEqualTo(9);
    assertThatThrownBy(() -> EncoderTypes.named("asic-4")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the types are 'asic-4'; expected float, qkeras, asic-3, asic-5, asic-7 or asic-9");
    assertThatThrownBy(() -> EncoderTypes.asic(10)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the latents have 10 bits; expected 1 to 9");
  }
}
