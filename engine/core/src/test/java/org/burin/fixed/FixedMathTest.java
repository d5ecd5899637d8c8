package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.DoubleStream;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FixedMathTest {
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final TestRandom rng = new TestRandom(11);

  /// The same conversion in exact decimal arithmetic.
  private static double exact(double x, FixedType t) {
    BigInteger raw = round(scaled(new BigDecimal(x), t.fraction()), t.rounding());
    BigInteger span = BigInteger.TWO.pow(t.width());
    BigInteger max = (t.signed() ? span.shiftRight(1) : span).subtract(BigInteger.ONE);
    BigInteger min = t.signed() ? span.shiftRight(1).negate() : BigInteger.ZERO;
    BigInteger low = t.signed() && t.overflow() == Overflow.SAT_SYM ? max.negate() : min;
    BigInteger nearest = raw.max(low).min(max);
    if (!nearest.equals(raw)) {
      raw = switch (t.overflow()) {
        case SAT, SAT_SYM -> nearest;
        case SAT_ZERO -> BigInteger.ZERO;
        case WRAP -> raw.subtract(min).mod(span).add(min);
      };
    }
    return scaled(new BigDecimal(raw), -t.fraction()).doubleValue();
  }

  private static BigDecimal scaled(BigDecimal x, int powerOfTwo) {
    return x.multiply(powerOfTwo >= 0 ? TWO.pow(powerOfTwo) : HALF.pow(-powerOfTwo));
  }

  private static BigInteger round(BigDecimal v, Rounding rounding) {
    BigInteger floor = v.setScale(0, RoundingMode.FLOOR).toBigInteger();
    return switch (rounding) {
      case TRN -> floor;
      case TRN_ZERO -> v.setScale(0, RoundingMode.DOWN).toBigInteger();
      case RND -> v.add(HALF).setScale(0, RoundingMode.FLOOR).toBigInteger();
      case RND_ZERO -> v.setScale(0, RoundingMode.HALF_DOWN).toBigInteger();
      case RND_INF -> v.setScale(0, RoundingMode.HALF_UP).toBigInteger();
      case RND_MIN_INF -> v.subtract(HALF).setScale(0, RoundingMode.CEILING).toBigInteger();
      case RND_CONV -> v.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
      case RND_CONV_ODD -> v.subtract(new BigDecimal(floor)).compareTo(HALF) != 0
          ? v.setScale(0, RoundingMode.HALF_UP).toBigInteger()
          : floor.testBit(0) ? floor : floor.add(BigInteger.ONE);
    };
  }

  private void agree(double x, FixedType type) {
    // The sum turns -0 into +0, the only zero that a fixed-point number has.
    assertThat(Double.doubleToRawLongBits(FixedMath.quantize(x, type))).as("%s as %s", x, type)
        .isEqualTo(Double.doubleToRawLongBits(exact(x, type) + 0.0));
  }

  @ParameterizedTest
  @EnumSource
  void everyModeAgreesWithExactArithmetic(Rounding rounding) {
    for (Overflow overflow : Overflow.values()) {
      for (int i = 0; i < 2000; i++) {
        int width = rng.between(1, i % 2 == 0 ? 8 : 53);
        FixedType type = new FixedType(rng.flip(), width, rng.between(-4, width + 4), rounding, overflow);
        double ulp = Math.scalb(1.0, -type.fraction());
        // Multiples of a quarter step, so that all ties and both ends come up.
        agree((rng.below(4096) - 2048) * ulp / 4, type);
        agree(Math.scalb(rng.uniform(-1, 1), rng.between(-20, 20)), type);
        agree(Math.scalb((double) rng.uniform(-1, 1) + rng.uniform(-1, 1) * 0x1p-24, rng.between(30, 80)), type);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
      "TRN,          -3, -2, -1, 0, 1, 2",
      "TRN_ZERO,     -2, -1,  0, 0, 1, 2",
      "RND,          -2, -1,  0, 1, 2, 3",
      "RND_ZERO,     -2, -1,  0, 0, 1, 2",
      "RND_INF,      -3, -2, -1, 1, 2, 3",
      "RND_MIN_INF,  -3, -2, -1, 0, 1, 2",
      "RND_CONV,     -2, -2,  0, 0, 2, 2",
      "RND_CONV_ODD, -3, -1, -1, 1, 1, 3",
  })
  void halves(Rounding rounding, double a, double b, double c, double d, double e, double f) {
    FixedType type = new FixedType(true, 8, 8, rounding, Overflow.SAT);
    assertThat(DoubleStream.of(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5).map(x -> FixedMath.quantize(x, type)))
        .containsExactly(a, b, c, d, e, f);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "fixed<4,4,trn,wrap>     |  8 | -8", "fixed<4,4,trn,wrap>     | -9 | 7", "fixed<4,4,trn,wrap> | 24 | -8",
      "ufixed<4,4,trn,wrap>    | -1 | 15", "ufixed<4,4,trn,wrap>    | 16 | 0",
      "fixed<4,4,trn,sat>      |  8 | 7",  "fixed<4,4,trn,sat>      | -9 | -8", "ufixed<4,4,trn,sat> | -1 | 0",
      "fixed<4,4,trn,sat_zero> |  8 | 0",  "fixed<4,4,trn,sat_zero> | -9 | 0",
      "fixed<4,4,trn,sat_sym>  |  8 | 7",  "fixed<4,4,trn,sat_sym>  | -8 | -7", "ufixed<4,4,trn,sat_sym> | -1 | 0",
      "fixed<1,1,trn,sat_sym>  | -1 | 0",  "fixed<1,1,trn,sat>      | -1 | -1",
  })
  void theEndsOfTheRange(String type, double x, double expected) {
    assertThat(FixedMath.quantize(x, FixedType.parse(type))).isEqualTo(expected + 0.0);
  }

  @Test
  void numbersThatAreNotFinite() {
    FixedType wrap = FixedType.parse("fixed<8,4,rnd,wrap>");
    FixedType sat = FixedType.parse("fixed<8,4,rnd,sat>");
    assertThat(FixedMath.quantize(Double.NaN, sat)).isZero();
    assertThat(FixedMath.quantize(Double.POSITIVE_INFINITY, sat)).isEqualTo(7.9375);
    assertThat(FixedMath.quantize(Double.NEGATIVE_INFINITY, sat)).isEqualTo(-8);
    assertThat(FixedMath.quantize(Double.POSITIVE_INFINITY, wrap)).isZero();
  }

  @Test
  void aVanishingNumberKeepsItsSign() {
    FixedType coarse = new FixedType(true, 4, 104, Rounding.TRN, Overflow.SAT);
    assertThat(FixedMath.quantize(-Double.MIN_VALUE, coarse)).isEqualTo(-0x1p100);
    assertThat(FixedMath.quantize(Double.MIN_VALUE, coarse)).isZero();
  }

  @Test
  void quantizingTwiceChangesNothing() {
    for (int i = 0; i < 2000; i++) {
      int width = rng.between(1, 53);
      FixedType type = new FixedType(rng.flip(), width, rng.between(-4, width + 4),
          rng.pick(Rounding.values()), rng.pick(Overflow.values()));
      double once = FixedMath.quantize(Math.scalb(rng.uniform(-1, 1), rng.between(-20, 60)), type);
      assertThat(FixedMath.quantize(once, type)).as("%s as %s", once, type).isEqualTo(once);
    }
  }

  @Test
  void aTypeWiderThanADoubleIsRefused() {
    assertThatThrownBy(() -> FixedMath.quantize(1, FixedType.parse("fixed<54,8>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a type of 54 bits, 46 of them right of the binary point, has more than the 53 that a double holds exactly");
  }
}
