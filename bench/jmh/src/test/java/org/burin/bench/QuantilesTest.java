package org.burin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void interpolateBetweenOrderStatistics() {
    assertThat(Quantiles.of(4, 1, 3, 2, 5)).isEqualTo(new Quantiles(1.4, 3, 4.6));
    assertThat(Quantiles.of(2, 1)).isEqualTo(new Quantiles(1.1, 1.5, 1.9));
    assertThat(Quantiles.of(7)).isEqualTo(new Quantiles(7, 7, 7));
  }

  @Test
  void leaveTheSampleAlone() {
    double[] sample = {3, 1, 2};
    Quantiles.of(sample);
    assertThat(sample).containsExactly(3, 1, 2);
  }

  @Test
  void needASample() {
    assertThatIllegalArgumentException().isThrownBy(Quantiles::of)
        .withMessage("an empty sample has no quantiles");
  }
}
