package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
  private static Precision of(Shape grid, int fraction, long[] low, long[] high, int... step) {
    byte[] steps = new byte[step.length];
    for (int i = 0; i < step.length; i++) {
      steps[i] = (byte) step[i];
    }
    return Precision.of(grid, fraction, low, high, steps);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "0 | 0 | 62 | 0 | ufixed<1,1>", "0 | 1 | 0 | 0 | ufixed<1,1>", "0 | 7 | 0 | 2 | ufixed<3,1>",
      "-8 | 7 | 0 | 2 | fixed<4,2>",  "-9 | 7 | 0 | 2 | fixed<5,3>", "-1 | 0 | 0 | 0 | fixed<1,1>",
      "-4 | 0 | 2 | 0 | fixed<1,3>",  "-4 | 4 | 2 | 0 | fixed<2,4>", "0 | 12 | 2 | 1 | ufixed<2,3>",
      "3 | 3 | 0 | -2 | ufixed<2,4>", "-9223372036854775808 | 9223372036854775807 | 0 | 3 | fixed<64,61>",
  })
  void theSmallestType(long low, long high, int step, int fraction, String type) {
    Precision p = of(Shape.of(1), fraction, new long[] {low}, new long[] {high}, step);
    assertThat(p.type()).isEqualTo(FixedType.parse(type));
    assertThat(p.type(0)).isEqualTo(p.type());
  }

  @Test
  void theTypeOfAllPositions() {
    Precision p = of(Shape.of(1, 3), 1, new long[] {0, -4, 0}, new long[] {8, 2, 0}, 3, 1, 62);
    assertThat(p.type()).isEqualTo(FixedType.parse("fixed<4,4>"));
    assertThat(p.low()).isEqualTo(-4);
    assertThat(p.high()).isEqualTo(8);
    assertThat(p.step()).isEqualTo(1);
    assertThat(p.position(7, 2)).isEqualTo(2);
    assertThat(p).hasToString("fixed<4,4> -4..8/1*2^-1 grid=[1,3]{0..8/3;-4..2/1;0}");
  }

  @Test
  void repetitionIsLeftOut() {
    long[] low = {1, 2, 1, 2};
    Precision p = of(Shape.of(2, 2), 0, low, low, 0, 1, 0, 1);
    assertThat(p.withoutRepetition(1)).isEqualTo(p);
    assertThat(p.withoutRepetition(0))
        .isEqualTo(of(Shape.of(1, 2), 0, new long[] {1, 2}, new long[] {1, 2}, 0, 1));
  }

  @Test
  void boundsThatAreEmptyAreRefused() {
    assertThatThrownBy(() -> of(Shape.of(1), 0, new long[] {1}, new long[] {0}, 0))
        .hasMessage("no numbers are multiples of 2^0 from 1 to 0");
    assertThatThrownBy(() -> of(Shape.of(1), 0, new long[] {1}, new long[] {4}, 2))
        .hasMessage("no numbers are multiples of 2^2 from 1 to 4");
    assertThatThrownBy(() -> of(Shape.of(2), 0, new long[] {1}, new long[] {4}, 2))
        .hasMessage("a grid [2] needs 2 bounds, found 1, 1 and 1");
  }
}
