package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  @Test
  void threadsAreKeptWhileTheyGain() {
    assertThat(runs(200_000, 60, 100)).isGreaterThan(198_000);
  }

  @Test
  void oneThreadDoesTheWorkWhereOthersKeepItWaiting() {
    runs(Pace.FIRST + Pace.TRIAL + 1, 400, 100);
    assertThat(pace.together()).isFalse();
    assertThat(runs(200_000, 400, 100)).isLessThan(2_000);
  }

  @Test
  void threadsComeBackWhenTheMachineIsFree() {
    runs(100_000, 400, 100);
    runs(2 * Pace.LAST, 60, 100);
    assertThat(runs(1_000, 60, 100)).isGreaterThan(900);
  }

  @Test
  void asGoodIsNoReasonToChange() {
    assertThat(runs(100_000, 95, 100)).isGreaterThan(98_000);
    assertThat(runs(100_000, 105, 100)).isGreaterThan(98_000);
  }

  /// How many of so many runs were shared, if a run takes so long with threads and alone.
  private int runs(int count, long nanosTogether, long nanosAlone) {
    int together = 0;
    for (int i = 0; i < count; i++) {
      boolean shared = pace.together();
      together += shared ? 1 : 0;
      pace.took(shared ? nanosTogether : nanosAlone);
    }
    return together;
  }
}
