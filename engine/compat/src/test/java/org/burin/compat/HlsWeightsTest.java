package org.burin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.fixed.FixedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsWeightsTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // Four decimal places: what lies less than 0.00005 below a sixteenth is printed as that sixteenth.
      "0.1874   | fixed<8,4>         | 2",
      "0.187451 | fixed<8,4>         | 3",
      "-0.0625  | fixed<8,4>         | -1",
      "-0.0626  | fixed<8,4>         | -2",
      "-0.00004 | fixed<8,4>         | 0",
      "1.75     | int<8>             | 2",
      "2.5      | int<8>             | 2",
      "40.0     | fixed<16,6>        | -24576",
      "40.0     | fixed<16,6,trn,sat>| 32767",
      "0.7      | ufixed<4,6>        | 0",
  })
  void weightsGoThroughDecimalText(double weight, String type, long raw) {
    assertThat(HlsWeights.raw(weight, FixedType.parse(type))).isEqualTo(raw);
  }

  @Test
  void reuseFactorsThatTheResourceStrategyTakes() {
    assertThat(HlsWeights.reuseFactors(16, 5)).containsExactly(1, 2, 4, 8, 16, 80);
    assertThat(HlsWeights.reuseFactors(3, 4)).containsExactly(1, 3, 6, 12);
    assertThat(HlsWeights.reuseFactor(16, 5, 3)).isEqualTo(2);
    assertThat(HlsWeights.reuseFactor(16, 5, 7)).isEqualTo(8);
    assertThat(HlsWeights.reuseFactor(16, 5, 1000)).isEqualTo(80);
  }

  @Test
  void productsAreAddedCycleByCycle() {
    assertThat(HlsWeights.order(6, false, 3)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(HlsWeights.order(6, true, 3)).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(HlsWeights.order(6, true, 12)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "0    | ufixed<1,1>",  "1    | ufixed<1,1>",  "0.25 | ufixed<1,-1>", "6    | ufixed<2,3>",
      "-1   | fixed<1,1>",   "-0.75 | fixed<3,1>",  "0.3  | ufixed<8,-1>", "100.5 | ufixed<8,7>",
  })
  void constantsGetAsFewBitsAsHoldThem(double value, String type) {
    assertThat(AutoPrecision.constant(value)).isEqualTo(FixedType.parse(type));
  }

  @Test
  void aMaximumCutsWidthAndIntegerBitsEachForItself() {
    AutoPrecision auto = new AutoPrecision(FixedType.parse("fixed<24,20,rnd,sat>"));
    FixedType x = FixedType.fixed(16, 6);
    assertThat(auto.product(x, x, x, 16)).isEqualTo(FixedType.fixed(24, 17));
    assertThat(auto.merged(HlsLayer.Merge.Operation.ADD, x, FixedType.ufixed(8, 6))).isEqualTo(FixedType.fixed(18, 8));
    assertThat(auto.merged(HlsLayer.Merge.Operation.SUBTRACT, FixedType.ufixed(8, 6), FixedType.ufixed(8, 4)))
        .isEqualTo(FixedType.fixed(11, 7));
    assertThat(auto.merged(HlsLayer.Merge.Operation.MULTIPLY, x, FixedType.ufixed(8, 6)))
        .isEqualTo(FixedType.fixed(24, 12));
    assertThat(auto.merged(HlsLayer.Merge.Operation.MAXIMUM, x, FixedType.ufixed(8, 6)))
        .isEqualTo(FixedType.fixed(17, 7));
    assertThat(auto.dot(x, x, 5)).isEqualTo(FixedType.fixed(24, 15));
    assertThat(auto.mean(x, 9)).isEqualTo(FixedType.fixed(24, 10));
  }
}
