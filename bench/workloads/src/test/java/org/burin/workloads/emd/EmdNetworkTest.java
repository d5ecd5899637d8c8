package org.burin.workloads.emd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

final class EmdNetworkTest {
  @Test
  void theShippedNetworkIsGoodOnEventsThatItHasNotSeen() {
    Events events = new EventGenerator(99).events(0, 2000);
    EmdAccuracy different = EmdAccuracy.of(EmdNetwork.shipped(), EmdPairs.random(events, 2000, 1));
    assertThat(different.relativeMean()).isBetween(-0.005, 0.005);
    assertThat(different.relativeDeviation()).isLessThan(0.039);
    assertThat(different.cosine()).isGreaterThan(0.94);
    assertThat(different.largestSelf()).isZero();
    EmdAccuracy near =
        EmdAccuracy.of(EmdNetwork.shipped(), EmdPairs.reconstructed(events, 2000, 1).atLeast(0.05));
    assertThat(near.relativeMean()).isBetween(-0.01, 0.01);
    assertThat(near.relativeDeviation()).isLessThan(0.06);
    assertThat(near.cosine()).isGreaterThan(0.84);
  }

  /// The goal: the best published network reaches 0.003 and 0.039 on pairs of these events.
  @Test
  @EnabledIfEnvironmentVariable(named = "BURIN_DATA", matches = ".+")
  void theShippedNetworkIsGoodOnEventsOfTheDetector() {
    Events events = EventsCsv.read(Path.of(System.getenv("BURIN_DATA"), "econ", "calq_5000.csv"));
    EmdPairs pairs = EmdPairs.random(events.range(4000, 5000), 5000, 1).atLeast(0.05);
    EmdAccuracy different = EmdAccuracy.of(EmdNetwork.shipped(), pairs);
    assertThat(different.relativeMean()).isBetween(-0.005, 0.005);
    assertThat(different.relativeDeviation()).isLessThan(0.039);
  }

  @Test
  void itServesAsALossThatDoesNotLearn() {
    Model distance = EmdNetwork.shipped();
    Model outer = Model.build("outer", 1, net -> {
      Value x = net.input("a", 4, 4, 3);
      Value y = net.input("b", 4, 4, 3);
      net.output("loss", distance.asFrozenLayer().apply(net, x, y));
    });
    assertThat(outer.parameters().trainable()).isEmpty();
    EmdPairs pairs = EmdPairs.random(new EventGenerator(5).events(0, 10), 4, 1);
    Tensor loss = outer.predict(Map.of("a", pairs.firstImages(), "b", pairs.secondImages())).get("loss");
    assertThat(loss.shape()).isEqualTo(Shape.of(4, 1));
    for (int i = 0; i < 4; i++) {
      assertThat(loss.data()[i]).isCloseTo(pairs.distances()[i], within(0.3f));
    }
  }

  @Test
  void aTrainedModelIsReadBack(@TempDir Path temp) throws IOException {
    Model trained = new NormNetwork(2, 3).build(1);
    ModelFile.write(temp.resolve("model.burin"), trained);
    assertThat(List.copyOf(EmdNetwork.read(temp.resolve("model.burin")).inference().outputs().keySet()))
        .containsExactly("distance");
  }
}
