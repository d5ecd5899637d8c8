package org.burin.codegen.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 0.2, 6", "0, 6, 0, 1, 7", "-3, 17, -5, 5, 6", "0.031, 0.034, 0.031, 0.0005, 7", "0, 5000, 0, 1000, 6"
  })
  void marksAreRoundNumbersRoundTheValues(double min, double max, double low, double step, int marks) {
    Axis axis = Axis.of(min, max);
    assertThat(axis.low()).isEqualTo(low);
    assertThat(axis.step()).isEqualTo(step);
    assertThat(axis.marks()).isEqualTo(marks);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "-1e-12, 1e-12", "1e9, 1.5e9", "-7.3, -7.1"})
  void everyValueHasAPlace(double min, double max) {
    Axis axis = Axis.of(min, max);
    assertThat(axis.place(min)).isBetween(-1e-9, 1.0);
    assertThat(axis.place(max)).isBetween(0.0, 1 + 1e-9);
    assertThat(axis.marks()).isBetween(2, 9);
  }

  @Test
  void labelsHaveTheDigitsThatTellThemApart() {
    Axis axis = Axis.of(-0.4, 0.6);
    assertThat(axis.values().stream().map(axis::label)).containsExactly("-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6");
  }

  @Test
  void aRangeIsFinite() {
    assertThatIllegalArgumentException().isThrownBy(() -> Axis.of(0, Double.NaN))
        .withMessage("expected a finite range of values, found 0.0 to NaN");
  }
}
