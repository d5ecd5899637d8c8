package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedTypeTest {
  private static final List<FixedType> SMALL = smallTypes();

  private static List<FixedType> smallTypes() {
    List<FixedType> types = new ArrayList<>();
    for (int width = 1; width <= 3; width++) {
      for (int integer = -1; integer <= width + 1; integer++) {
        types.add(FixedType.fixed(width, integer));
        types.add(FixedType.ufixed(width, integer));
        types.add(FixedType.fixed(width, integer).with(Rounding.RND, Overflow.SAT_SYM));
      }
    }
    return types;
  }

  private static Set<Double> numbers(FixedType type) {
    Set<Double> all = new HashSet<>();
    for (long raw = type.minRaw(); raw <= type.maxRaw(); raw++) {
      all.add(FixedMath.toDouble(raw, type));
    }
    return all;
  }

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

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "fixed<16,6>                             | fixed<16,6,trn,wrap>",
      "' ufixed<8,0,rnd> '                     | ufixed<8,0,rnd,wrap>",
      "fixed< 16 , -6 , RND_CONV , SAT >       | fixed<16,-6,rnd_conv,sat>",
      "fixed<16,6,AP_TRN_ZERO,AC_SAT_SYM>      | fixed<16,6,trn_zero,sat_sym>",
      "fixed<16,6,TRN,WRAP,0>                  | fixed<16,6,trn,wrap>",
      "ap_fixed<16,6,AP_RND_CONV,AP_SAT>       | fixed<16,6,rnd_conv,sat>",
      "ap_ufixed<16,6,AP_RND_MIN_INF,AP_SAT_ZERO,0> | ufixed<16,6,rnd_min_inf,sat_zero>",
      "ac_fixed<16,6>                          | fixed<16,6,trn,wrap>",
      "ac_fixed<16,6,true,AC_RND,AC_SAT>       | fixed<16,6,rnd,sat>",
      "ac_fixed<16,6,false,AC_RND_CONV_ODD>    | ufixed<16,6,rnd_conv_odd,wrap>",
      "int<8>                                  | fixed<8,8,trn,wrap>",
      "uint<8>                                 | ufixed<8,8,trn,wrap>",
      "ap_int<12>                              | fixed<12,12,trn,wrap>",
      "ap_uint<1>                              | ufixed<1,1,trn,wrap>",
      "ac_int<8>                               | fixed<8,8,trn,wrap>",
      "ac_int<8, false>                        | ufixed<8,8,trn,wrap>",
  })
  void formsOfHlsTools(String text, String type) {
    assertThat(FixedType.parse(text)).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "float              | expected a type such as fixed<16,6,rnd_conv,sat>, found 'float'; the kinds of types are [fixed, "
          + "ufixed, int, uint, ap_fixed, ap_ufixed, ap_int, ap_uint, ac_fixed, ac_int]",
      "half<16,6>         | expected a type such as fixed<16,6,rnd_conv,sat>, found 'half<16,6>'; the kinds of types are "
          + "[fixed, ufixed, int, uint, ap_fixed, ap_ufixed, ap_int, ap_uint, ac_fixed, ac_int]",
      "fixed<16>          | type 'fixed<16>': the number of integer bits is missing",
      "fixed<>            | type 'fixed<>': expected the width, found ''",
      "fixed<w,6>         | type 'fixed<w,6>': expected the width, found 'w'",
      "fixed<0,0>         | type 'fixed<0,0>': a fixed-point type has 1 to 64 bits, found 0",
      "fixed<65,0>        | type 'fixed<65,0>': a fixed-point type has 1 to 64 bits, found 65",
      "fixed<8,4097>      | type 'fixed<8,4097>': a fixed-point type has -4096 to 4096 integer bits, found 4097",
      "fixed<8,4,up>      | type 'fixed<8,4,up>': unknown rounding mode 'up'; known are [trn, trn_zero, rnd, rnd_zero, "
          + "rnd_inf, rnd_min_inf, rnd_conv, rnd_conv_odd]",
      "ap_fixed<8,4,AP_RND_CONV_ODD> | type 'ap_fixed<8,4,AP_RND_CONV_ODD>': unknown rounding mode 'AP_RND_CONV_ODD'; "
          + "known are [trn, trn_zero, rnd, rnd_zero, rnd_inf, rnd_min_inf, rnd_conv]",
      "ac_fixed<8,4,true,AP_RND> | type 'ac_fixed<8,4,true,AP_RND>': unknown rounding mode 'AP_RND'; known are [trn, "
          + "trn_zero, rnd, rnd_zero, rnd_inf, rnd_min_inf, rnd_conv, rnd_conv_odd]",
      "ac_fixed<8,4,AC_RND> | type 'ac_fixed<8,4,AC_RND>': expected true or false for signed, found 'AC_RND'",
      "fixed<8,4,rnd,clip>| type 'fixed<8,4,rnd,clip>': unknown overflow mode 'clip'; known are [wrap, sat, sat_zero, "
          + "sat_sym]",
      "ap_fixed<8,4,AP_RND,AP_WRAP,2> | type 'ap_fixed<8,4,AP_RND,AP_WRAP,2>': 2 saturation bits; only 0 is supported",
      "int<8,4>           | type 'int<8,4>': nothing is expected after argument 1, found '4'",
      "fixed<8,99999999999>  | type 'fixed<8,99999999999>': expected the number of integer bits, found '99999999999'",
  })
  void textInAnotherFormIsRefused(String text, String message) {
    assertThatThrownBy(() -> FixedType.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void fractionCountsTheBitsRightOfThePoint() {
    assertThat(FixedType.parse("fixed<16,6>").fraction()).isEqualTo(10);
    assertThat(FixedType.parse("fixed<4,6>").fraction()).isEqualTo(-2);
    assertThat(FixedType.parse("ufixed<4,-2>").fraction()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "fixed<8,4>                  | -128 | 127 | -8      | 7.9375",
      "ufixed<8,4>                 | 0    | 255 | 0       | 15.9375",
      "fixed<8,4,trn,sat_sym>      | -127 | 127 | -7.9375 | 7.9375",
      "fixed<1,1>                  | -1   | 0   | -1      | 0",
      "fixed<2,5>                  | -2   | 1   | -16     | 8",
      "fixed<64,64>                | -9223372036854775808 | 9223372036854775807 | -9223372036854775808 | 9223372036854775807",
      "ufixed<64,63>               | 0    | -1  | 0       | 9223372036854775807.5",
  })
  void ranges(String type, long minRaw, long maxRaw, BigDecimal min, BigDecimal max) {
    FixedType t = FixedType.parse(type);
    assertThat(t.minRaw()).isEqualTo(minRaw);
    assertThat(t.maxRaw()).isEqualTo(maxRaw);
    assertThat(t.min()).isEqualByComparingTo(min);
    assertThat(t.max()).isEqualByComparingTo(max);
  }

  @Test
  void aTypeHoldsAnotherWhenItHoldsAllItsNumbers() {
    for (FixedType a : SMALL) {
      for (FixedType b : SMALL) {
        assertThat(a.holds(b)).as("%s holds %s", a, b).isEqualTo(numbers(a).containsAll(numbers(b)));
      }
      for (int i = -256; i <= 256; i++) {
        assertThat(a.holds(i / 16.0)).as("%s holds %s/16", a, i).isEqualTo(numbers(a).contains(i / 16.0));
      }
    }
  }

  @Test
  void numbersAtTheEdgeOfWideTypes() {
    assertThat(FixedType.parse("fixed<64,64,trn,sat>").holds(0x1p63)).isFalse();
    assertThat(FixedType.parse("fixed<64,64>").holds(-0x1p63)).isTrue();
    assertThat(FixedType.parse("fixed<64,64,trn,sat_sym>").holds(-0x1p63)).isFalse();
    assertThat(FixedType.parse("ufixed<64,64>").holds(0x1.fffffffffffffp63)).isTrue();
    assertThat(FixedType.parse("ufixed<64,64>").holds(0x1p64)).isFalse();
    assertThat(FixedType.parse("fixed<8,8>").holds(Double.NaN)).isFalse();
    assertThat(FixedType.parse("fixed<8,8>").holds(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void exactResultsHoldEveryResult() {
    for (FixedType a : SMALL) {
      for (FixedType b : SMALL) {
        holdsAll(a, b, a.add(b), Double::sum);
        holdsAll(a, b, a.subtract(b), (x, y) -> x - y);
        holdsAll(a, b, a.multiply(b), (x, y) -> x * y);
        holdsAll(a, b, a.union(b), Math::max);
        holdsAll(a, b, a.union(b), Math::min);
        assertThat(a.union(b).holds(a)).isTrue();
      }
      for (double x : numbers(a)) {
        assertThat(a.negate().holds(-x)).isTrue();
        assertThat(a.shift(3).holds(8 * x)).isTrue();
        assertThat(a.shift(-3).holds(x / 8)).isTrue();
      }
    }
  }

  private static void holdsAll(FixedType a, FixedType b, FixedType result, BinaryOperator<Double> operation) {
    for (double x : numbers(a)) {
      for (double y : numbers(b)) {
        double z = operation.apply(x, y);
        if (!result.holds(z)) {
          throw new AssertionError(result + ", made of " + a + " and " + b + ", does not hold " + z);
        }
      }
    }
  }

  /// The types that ap_fixed declares for its operators.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "fixed<16,6>  | fixed<8,4>   | fixed<17,7>  | fixed<17,7>  | fixed<24,10> | fixed<16,6>",
      "ufixed<8,8>  | ufixed<8,8>  | ufixed<9,9>  | fixed<9,9>   | ufixed<16,16>| ufixed<8,8>",
      "fixed<8,4>   | ufixed<8,4>  | fixed<10,6>  | fixed<10,6>  | fixed<16,8>  | fixed<9,5>",
      "ufixed<4,-2> | fixed<4,6>   | fixed<13,7>  | fixed<13,7>  | fixed<8,4>   | fixed<12,6>",
  })
  void typesOfExactResults(String a, String b, String sum, String difference, String product, String union) {
    FixedType x = FixedType.parse(a);
    FixedType y = FixedType.parse(b);
    assertThat(x.add(y)).isEqualTo(FixedType.parse(sum)).isEqualTo(y.add(x));
    assertThat(x.subtract(y)).isEqualTo(FixedType.parse(difference));
    assertThat(x.multiply(y)).isEqualTo(FixedType.parse(product)).isEqualTo(y.multiply(x));
    assertThat(x.union(y)).isEqualTo(FixedType.parse(union)).isEqualTo(y.union(x));
    assertThat(FixedType.comparison()).hasToString("ufixed<1,1,trn,wrap>");
  }

  @Test
  void moreThan64BitsAreRefused() {
    assertThatThrownBy(() -> FixedType.fixed(40, 20).multiply(FixedType.ufixed(25, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the exact type of fixed<40,20,trn,wrap> * ufixed<25,3,trn,wrap> has 65 bits, at most 64 are possible; "
            + "quantize an operand to fewer bits first");
    assertThatThrownBy(() -> FixedType.fixed(64, 20).negate()).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the exact type of -fixed<64,20,trn,wrap> has 65 bits, at most 64 are possible; quantize an operand to "
            + "fewer bits first");
  }
}
