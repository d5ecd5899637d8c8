package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.burin.data.DataException;
import org.junit.jupiter.api.Test;

class EventsTest {
  @Test
  void occupancyAndTotal() {
    float[] charges = new float[96];
    charges[48] = 35;
    charges[50] = 36;
    charges[95] = 100;
    Events events = new Events(charges);
    assertThat(events.occupancy(1, Hgcal.MIP)).isEqualTo(2);
    assertThat(events.occupancy(1, 0)).isEqualTo(3);
    assertThat(events.occupancy(0, 0)).isZero();
    assertThat(events.total(1)).isEqualTo(171);
  }

  @Test
  void cutsAreInclusive() {
    Events events = rising(10);
    assertThat(events.select(EventCuts.NONE).size()).isEqualTo(10);
    assertThat(events.select(EventCuts.NONE.withTotal(200, 400)).extra().get("entry")).containsExactly(0, 1, 1);
    assertThat(events.select(EventCuts.NONE.withOccupancy(1, 1)).size()).isEqualTo(10);
    assertThat(events.select(EventCuts.NONE.withOccupancy(2, 48)).size()).isZero();
    assertThatThrownBy(() -> EventCuts.NONE.withTotal(2, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the limits are an occupancy of 0 to 48 and a sum of 2.0 to 1.0; expected the lower one first");
  }

  @Test
  void modulesOfOneCollisionStayTogether() {
    Events events = rising(40);
    Events.Split split = events.split(0.2, 5);
    assertThat(split.train().size() + split.validation().size()).isEqualTo(40);
    assertThat(split.validation().extra().get("entry")).hasSize(8);
    for (float entry : split.validation().extra().get("entry")) {
      assertThat(split.train().extra().get("entry")).doesNotContain(entry);
    }
    assertThat(events.split(0.2, 5).validation().charges()).isEqualTo(split.validation().charges());
    assertThat(events.split(0.2, 6).validation().charges()).isNotEqualTo(split.validation().charges());
  }

  @Test
  void modulesWithoutCollisionsArePartedSinglyAndNoPartIsEmpty() {
    Events events = new Events(rising(10).charges());
    assertThat(events.split(0.3, 1).validation().size()).isEqualTo(3);
    assertThatThrownBy(() -> events.split(0.01, 1)).isInstanceOf(DataException.class)
        .hasMessage("a part of 0.01 of 10 collisions leaves one side without any; expected at least one on either side");
  }

  @Test
  void theNormalisedSumLiesInOneToTwo() {
    float[] charges = new float[48];
    charges[3] = 100;
    charges[7] = 29;
    assertThat(Normalisation.LOG2_SUM.normalise(charges, 0)).isEqualTo(128);
    assertThat(charges[3] + charges[7]).isEqualTo(129f / 128);
    assertThat(Normalisation.LOG2_SUM.divisor(charges, 0)).isEqualTo(1);
    charges[0] = 0.5f;
    assertThat(Normalisation.MAX.divisor(charges, 0)).isEqualTo(charges[3]);
    assertThat(Normalisation.SUM.normalise(charges, 0)).isCloseTo(1.5078125, within(1e-9));
    assertThat(Normalisation.SUM.divisor(charges, 0)).isCloseTo(1, within(1e-6));
    assertThat(Normalisation.LOG2_SUM.normalise(new float[48], 0)).isZero();
  }

  @Test
  void decodedEventsComeBackToScale() {
    float[] decoded = new float[48];
    decoded[1] = 0.3f;
    decoded[2] = 0.4f;
    Normalisation.LOG2_SUM.restore(decoded, 0, 1024);
    assertThat(decoded[1]).isEqualTo(0.3f * 2048);
    assertThat(decoded[2]).isEqualTo(0.4f * 2048);
  }

  /// Modules with one charge of 100, 200, ... counts, two of them in each collision.
  private static Events rising(int modules) {
    float[] charges = new float[modules * 48];
    float[] entry = new float[modules];
    for (int i = 0; i < modules; i++) {
      charges[i * 48 + i % 48] = 100 * (i + 1);
      entry[i] = (int) (i / 2.0);
    }
    return new Events(charges, Map.of(Events.ENTRY, entry), 0);
  }
}
