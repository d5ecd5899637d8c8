package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedTypeTest {
  @Test
  void printingAndParsingAreInverse() {
    for (Rounding rounding : Rounding.values()) {
      for (Overflow overflow : Overflow.values()) {
        for (int integer : new int[] {-3, 0, 6, 16, 20}) {
          for (boolean signed : new boolean[] {false, true}) {
            FixedType type = new FixedType(signed, 16, integer, rounding, overflow);
            assertThat(FixedType.parse(type.toString())).isEqualTo(type);
          }
        }
      }
    }
  }

  @Test
  void modesMayBeLeftOut() {
    assertThat(FixedType.parse(" fixed<16,6> "))
        .isEqualTo(new FixedType(true, 16, 6, Rounding.TRN, Overflow.WRAP))
        .hasToString("fixed<16,6,trn,wrap>");
    assertThat(FixedType.parse("ufixed<8,0,rnd>")).hasToString("ufixed<8,0,rnd,wrap>");
  }

  @Test
  void fractionCountsTheBitsRightOfThePoint() {
    assertThat(FixedType.parse("fixed<16,6>").fraction()).isEqualTo(10);
    assertThat(FixedType.parse("fixed<4,6>").fraction()).isEqualTo(-2);
    assertThat(FixedType.parse("ufixed<4,-2>").fraction()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "fixed<16>          | expected a type such as fixed<16,6,rnd_conv,sat>, found 'fixed<16>'",
      "float              | expected a type such as fixed<16,6,rnd_conv,sat>, found 'float'",
      "fixed<0,0>         | type 'fixed<0,0>': a fixed-point type has 1 to 64 bits, found 0",
      "fixed<65,0>        | type 'fixed<65,0>': a fixed-point type has 1 to 64 bits, found 65",
      "fixed<8,4,up>      | type 'fixed<8,4,up>': unknown rounding mode 'up'; known are [trn, trn_zero, rnd, rnd_zero, "
          + "rnd_inf, rnd_min_inf, rnd_conv, rnd_conv_odd]",
      "fixed<8,4,rnd,clip>| type 'fixed<8,4,rnd,clip>': unknown overflow mode 'clip'; known are [wrap, sat, sat_zero, "
          + "sat_sym]",
      "fixed<8,99999999999>  | expected a type such as fixed<16,6,rnd_conv,sat>, found 'fixed<8,99999999999>'",
  })
  void textInAnotherFormIsRefused(String text, String message) {
    assertThatThrownBy(() -> FixedType.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
