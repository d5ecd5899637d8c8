package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void theOrderOfASeedNeverChanges() {
    assertThat(Permutation.of(10, 1)).containsExactly(7, 3, 2, 6, 4, 5, 0, 1, 9, 8);
    int[] order = new int[10];
    Permutation.fill(order, 10, 42, 3, 1);
    assertThat(order).containsExactly(0, 2, 7, 4, 9, 3, 1, 5, 6, 8);
  }

  @Test
  void everyNumberOccursOnce() {
    for (int n : new int[] {0, 1, 2, 1000}) {
      int[] order = Permutation.of(n, 7);
      Arrays.sort(order);
      assertThat(order).isEqualTo(IntStream.range(0, n).toArray());
    }
  }

  @Test
  void everyPartOfTheKeyChangesTheOrder() {
    int[] base = order(1, 0, 0);
    assertThat(order(2, 0, 0)).isNotEqualTo(base);
    assertThat(order(1, 1, 0)).isNotEqualTo(base);
    assertThat(order(1, 0, 1)).isNotEqualTo(base).isNotEqualTo(order(1, 1, 0));
    assertThat(order(1, 0, 0)).isEqualTo(base);
  }

  @Test
  void onlyTheFirstPlacesAreFilled() {
    int[] order = {-1, -1, -1, -1};
    Permutation.fill(order, 2, 0, 0, 0);
    assertThat(order).containsSequence(-1, -1).contains(0, 1);
    assertThat(order[3]).isEqualTo(-1);
  }

  /// Pearson's chi-squared over the 24 orders of four numbers; 49.7 is its 0.1 % point for 23 degrees of freedom.
  @Test
  void ordersAreEquallyLikely() {
    int draws = 24_000;
    int[] counts = new int[4 * 4 * 4 * 4];
    int[] order = new int[4];
    for (int seed = 0; seed < draws; seed++) {
      Permutation.fill(order, 4, seed, 0, 0);
      counts[((order[0] * 4 + order[1]) * 4 + order[2]) * 4 + order[3]]++;
    }
    double expected = draws / 24.0;
    int[] seen = Arrays.stream(counts).filter(c -> c > 0).toArray();
    assertThat(seen).hasSize(24);
    assertThat(Arrays.stream(seen).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum()).isLessThan(49.7);
  }

  private static int[] order(long seed, long epoch, long part) {
    int[] order = new int[50];
    Permutation.fill(order, 50, seed, epoch, part);
    return order;
  }
}
