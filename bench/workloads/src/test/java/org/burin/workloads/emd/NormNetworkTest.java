package org.burin.workloads.emd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.Hgcal;
import org.junit.jupiter.api.Test;

/// What the network is by construction, before any training.
final class NormNetworkTest {
  private static final NormNetwork SMALL = new NormNetwork(5, 4);

  private final Events events = new EventGenerator(3).events(0, 50);
  private final EmdPairs pairs = EmdPairs.random(events, 40, 1);
  private final Model trained = SMALL.build(7);
  private final Model model = NormNetwork.deployed(trained);

  private static float[] distances(Model model, Tensor x, Tensor y) {
    return model.predict(Map.of(Images.X, x, Images.Y, y)).get(Images.DISTANCE).data();
  }

  @Test
  void theDistanceOfAnEventToItselfIsZero() {
    assertThat(distances(model, pairs.firstImages(), pairs.firstImages())).containsOnly(0f);
  }

  @Test
  void distancesArePositiveAndExactlySymmetric() {
    float[] there = distances(model, pairs.firstImages(), pairs.secondImages());
    float[] back = distances(model, pairs.secondImages(), pairs.firstImages());
    assertThat(there).isEqualTo(back);
    for (float d : there) {
      assertThat(d).isPositive();
    }
  }

  @Test
  void distancesGrowInProportion() {
    Tensor x = pairs.firstImages();
    Tensor y = pairs.secondImages();
    float[] once = distances(model, x, y);
    for (Tensor t : new Tensor[] {x, y}) {
      for (int i = 0; i < t.size(); i++) {
        t.data()[i] *= 4;
      }
    }
    float[] fourfold = distances(model, x, y);
    for (int i = 0; i < once.length; i++) {
      assertThat(fourfold[i]).isEqualTo(4 * once[i]);
    }
  }

  @Test
  void aTurnOfBothModulesChangesNothing() {
    float[] before = distances(model, pairs.firstImages(), pairs.secondImages());
    float[] after = distances(model, Images.of(turned(pairs.first())), Images.of(turned(pairs.second())));
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isCloseTo(before[i], within(1e-5f * before[i]));
    }
  }

  private static float[] turned(float[] charges) {
    float[] turned = new float[charges.length];
    for (int i = 0; i < charges.length; i++) {
      int event = i / Hgcal.CELLS * Hgcal.CELLS;
      turned[event + (i - event + Hgcal.SECTOR_CELLS) % Hgcal.CELLS] = charges[i];
    }
    return turned;
  }

  /// The turn is an isometry: otherwise the network could not learn the distance.
  @Test
  void theMetricHasTheSameSymmetry() {
    for (int a = 0; a < Hgcal.CELLS; a++) {
      for (int b = 0; b < Hgcal.CELLS; b++) {
        double turned = Hgcal.distance((a + Hgcal.SECTOR_CELLS) % Hgcal.CELLS, (b + Hgcal.SECTOR_CELLS) % Hgcal.CELLS);
        assertThat(turned).isCloseTo(Hgcal.distance(a, b), within(2e-5));
      }
    }
  }

  @Test
  void bothFormsGiveTheSameDistances() {
    Tensor x = pairs.firstImages();
    Tensor y = pairs.secondImages();
    float[] deployed = distances(model, x, y);
    assertThat(distances(trained, x, y)).isEqualTo(deployed);
  }

  @Test
  void theGradientIsThatOfTheDistance() {
    Tensor x = pairs.firstImages();
    Tensor y = pairs.secondImages();
    Map<String, Tensor> all = trained.predict(Map.of(Images.X, x, Images.Y, y));
    float[] distance = all.get(Images.DISTANCE).data();
    float[] gradient = all.get(NormNetwork.GRADIENT).data();
    for (int i = 0; i < distance.length; i++) {
      double product = 0;
      double sum = 0;
      for (int p = i * Hgcal.CELLS; p < (i + 1) * Hgcal.CELLS; p++) {
        product += gradient[p] * (x.data()[p] - y.data()[p]);
        sum += gradient[p];
      }
      // Euler's identity for functions that grow in proportion.
      assertThat(product).isCloseTo(distance[i], within(1e-5));
      assertThat(sum).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void itIsSmall() {
    assertThat(NormNetwork.SHIPPED.multiplications()).isEqualTo(48 * 384 + 384 * 192 + 384 + 192);
    assertThat(NormNetwork.SHIPPED.build(1).parameters().count()).isEqualTo(48 * 128 + 384 * 64 + 128 + 64);
    assertThat(EmdCnn.PUBLISHED.multiplications()).isEqualTo(2 * 1_027_328);
    assertThatThrownBy(() -> new NormNetwork(0, 3))
        .hasMessage("a network needs directions and features, found 0 and 3");
  }

  @Test
  void thePublishedNetworksHaveTheirSizes() {
    assertThat(EmdCnn.PUBLISHED.build(1).parameters().count()).isEqualTo(189_089);
    assertThat(EmdCnn.PUBLISHED_MSLE.build(1).parameters().count()).isEqualTo(98_817);
  }

  @Test
  void thePublishedNetworkIsTheMeanOfBothOrders() {
    Model cnn = new EmdCnn(1, 2, 3, 4).build(3);
    Tensor x = pairs.firstImages();
    Tensor y = pairs.secondImages();
    assertThat(cnn.inference().inputs().stream().map(v -> v.shape().toString()).toList())
        .isEqualTo(Arrays.asList("[N,4,4,3]", "[N,4,4,3]"));
    assertThat(distances(cnn, x, y)).isEqualTo(distances(cnn, y, x)).hasSize(pairs.size());
    assertThat(x.shape()).isEqualTo(Shape.of(40, 4, 4, 3));
  }
}
