package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.workloads.econ.EncoderTraining.Result;
import org.junit.jupiter.api.Test;

class EncoderTrainingTest {
  private final Events events = new EventGenerator(5).events(0, 600);
  private final EncoderTraining training =
      EncoderTraining.of(EncoderLoss.telescope(TelescopeGroups.PUBLISHED), EncoderTypes.asic(3), 1).withEpochs(8, 4);

  @Test
  void goesOnFromFloatingPoint() {
    Result result = training.fit(events);
    assertThat(result.first().epochs()).hasSize(8);
    assertThat(result.second().epochs()).hasSize(4);
    assertThat(result.floating().types()).isEqualTo(EncoderTypes.FLOAT);
    assertThat(result.trained().types().name()).isEqualTo("asic-3");
    assertThat(result.trained().bits()).isEqualTo(16 * 3 + 9);
    assertThat(result.second().values("loss").getFirst()).isLessThan(result.first().values("loss").getFirst());
  }

  @Test
  void theSameSeedGivesTheSameWeightsOnAnyNumberOfThreads() {
    float[] one = training.fit(events).trained().restored(events);
    assertThat(training.withThreads(2).fit(events).trained().restored(events)).isEqualTo(one);
  }

  @Test
  void canStartWithTheTypesAtOnce() {
    Result result = training.withEpochs(0, 3).fit(events);
    assertThat(result.trained()).isSameAs(result.floating());
    assertThat(result.trained().types().name()).isEqualTo("asic-3");
    assertThat(training.withEpochs(3, 0).withTypes(EncoderTypes.FLOAT).fit(events).first().epochs()).hasSize(3);
  }
}
