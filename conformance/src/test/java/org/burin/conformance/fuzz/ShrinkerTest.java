package org.burin.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static List<List<Integer>> withoutOne(List<Integer> list) {
    return IntStream.range(0, list.size()).mapToObj(i -> {
      List<Integer> less = new ArrayList<>(list);
      less.subList(i, i + 1).clear();
      return List.copyOf(less);
    }).toList();
  }

  @Test
  void keepsWhatTheFailureNeeds() {
    List<Integer> failing = List.of(5, 3, 9, 1, 7, 2);
    assertThat(Shrinker.shrink(failing, ShrinkerTest::withoutOne, l -> l.contains(9) && l.contains(2), 1000))
        .containsExactly(9, 2);
  }

  @Test
  void stopsAfterItsAttempts() {
    List<Integer> failing = List.of(1, 2, 3, 4);
    assertThat(Shrinker.shrink(failing, ShrinkerTest::withoutOne, l -> true, 2)).hasSize(2);
  }
}
