package org.burin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Effort;
import org.junit.jupiter.api.Test;

class DuelTest {
  @Test
  void ratiosAreTakenRoundByRound() {
    Duel.Result r = Duel.Result.of(new double[] {1, 2, 4}, new double[] {3, 4, 4});
    assertThat(r.ratio()).isEqualTo(Quantiles.of(3, 2, 1));
    assertThat(r.burin().median()).isEqualTo(2);
    assertThat(r.peer().median()).isEqualTo(4);
  }

  @Test
  void turnsChangeOrderFromRoundToRound() {
    List<String> calls = new ArrayList<>();
    Map<Clock, Duel.Result> results = new Duel(() -> calls.add("burin"), () -> calls.add("peer"))
        .measure(new Effort(0, 0, 3));
    assertThat(calls).containsExactly("burin", "peer", "peer", "burin", "burin", "peer");
    assertThat(results).containsOnlyKeys(Clock.values());
  }

  @Test
  void warmUpRunsBothSides() {
    List<String> calls = new ArrayList<>();
    new Duel(() -> calls.add("burin"), () -> calls.add("peer")).warmUp(Effort.millis(1, 0, 0));
    assertThat(calls).contains("burin", "peer");
  }
}
