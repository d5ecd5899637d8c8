package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FixedMathTest {
  private static final long[] CORNERS = {
      0, 1, -1, 2, -2, 3, -3, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, Long.MIN_VALUE + 1, 1L << 62, -(1L << 62),
      (1L << 62) - 1, (1L << 62) + 1, (1L << 53) + 1, -(1L << 53) - 1, 0x5555555555555555L, 0xaaaaaaaaaaaaaaaaL
  };

  private final TestRandom rng = new TestRandom(11);

  private static BigInteger unsigned(long raw) {
    return new BigInteger(Long.toUnsignedString(raw));
  }

  private static void quantizeAgrees(long raw, int fraction, FixedType to) {
    check(FixedMath.quantize(raw, fraction, to), BigInteger.valueOf(raw), 1, fraction, to);
    check(FixedMath.quantizeUnsigned(raw, fraction, to), unsigned(raw), 1, fraction, to);
  }

  private static void quotientAgrees(long dividend, long divisor, int fraction, FixedType to) {
    check(FixedMath.quotient(dividend, divisor, fraction, to), BigInteger.valueOf(dividend), divisor, fraction, to);
  }

  // AssertJ would spend most of the time on descriptions.
  private static void check(long found, BigInteger dividend, long divisor, int fraction, FixedType to) {
    BigInteger expected = ExactRounding.raw(dividend, BigInteger.valueOf(divisor), -fraction, to);
    if (found != ExactRounding.bits(expected)) {
      throw new AssertionError(dividend + "/" + divisor + " * 2^-" + fraction + " as " + to + ": expected raw " + expected
          + ", found " + found);
    }
  }

  private void doubleAgrees(double x, FixedType type) {
    long expected = ExactRounding.bits(ExactRounding.raw(x, type));
    assertThat(FixedMath.fromDouble(x, type)).as("%s as %s", x, type).isEqualTo(expected);
    if (type.width() <= 53) {
      // Bits, because a fixed-point number has one zero only.
      assertThat(Double.doubleToRawLongBits(FixedMath.quantize(x, type))).as("%s as %s", x, type)
          .isEqualTo(Double.doubleToRawLongBits(Math.scalb((double) expected, -type.fraction())));
    }
  }

  private FixedType randomType(int maxWidth) {
    int width = rng.between(1, maxWidth);
    return new FixedType(rng.flip(), width, rng.between(-4, width + 4), rng.pick(Rounding.values()),
        rng.pick(Overflow.values()));
  }

  private long randomLong() {
    long bits = (long) rng.below(1 << 22) << 42 | (long) rng.below(1 << 22) << 21 | rng.below(1 << 21);
    return bits >> rng.below(64);
  }

  @ParameterizedTest
  @EnumSource
  void everyNumberOfSmallTypesInEveryMode(Rounding rounding) {
    for (Overflow overflow : Overflow.values()) {
      for (int width = 1; width <= 4; width++) {
        for (int integer = -1; integer <= width + 1; integer++) {
          for (boolean signed : new boolean[] {false, true}) {
            FixedType to = new FixedType(signed, width, integer, rounding, overflow);
            for (int raw = -64; raw <= 64; raw++) {
              for (int fraction : new int[] {to.fraction() - 2, to.fraction(), to.fraction() + 1, to.fraction() + 3}) {
                check(FixedMath.quantize(raw, fraction, to), BigInteger.valueOf(raw), 1, fraction, to);
                check(FixedMath.quantizeUnsigned(Math.abs(raw), fraction, to), BigInteger.valueOf(Math.abs(raw)), 1,
                    fraction, to);
              }
              for (int divisor = 1; divisor <= 6; divisor++) {
                quotientAgrees(raw, divisor, to.fraction() + 1, to);
                quotientAgrees(raw, divisor, to.fraction() - 1, to);
              }
              doubleAgrees(Math.scalb((double) raw, -to.fraction() - 3), to);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wideTypes(Rounding rounding) {
    for (Overflow overflow : Overflow.values()) {
      for (int i = 0; i < 1500; i++) {
        int width = i % 3 == 0 ? 64 : rng.between(30, 64);
        FixedType to = new FixedType(rng.flip(), width, rng.between(-2, 70), rounding, overflow);
        // Shifts to both sides, past all bits too.
        int fraction = to.fraction() + rng.between(i % 2 == 0 ? -70 : -3, i % 2 == 0 ? 70 : 3);
        long raw = rng.flip() ? CORNERS[rng.below(CORNERS.length)] : randomLong();
        quantizeAgrees(raw, fraction, to);
        long divisor = rng.flip() ? rng.between(1, 100) : (randomLong() >>> 1) | 1;
        quotientAgrees(raw, divisor, fraction, to);
        quotientAgrees(raw, rng.flip() ? Long.MAX_VALUE : 1, fraction, to);
      }
    }
  }

  @Test
  void cornersAtEveryShift() {
    for (Rounding rounding : Rounding.values()) {
      for (FixedType to : List.of(new FixedType(true, 64, 64, rounding, Overflow.SAT),
          new FixedType(false, 64, 64, rounding, Overflow.SAT), new FixedType(false, 64, 64, rounding, Overflow.WRAP),
          new FixedType(true, 63, 63, rounding, Overflow.SAT_SYM))) {
        for (int fraction = -66; fraction <= 66; fraction++) {
          for (long raw : CORNERS) {
            quantizeAgrees(raw, fraction, to);
            quotientAgrees(raw, Long.MAX_VALUE, fraction, to);
            quotientAgrees(raw, 3, fraction, to);
            quotientAgrees(raw, 2, fraction, to);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doublesAgreeWithExactArithmetic(Rounding rounding) {
    for (Overflow overflow : Overflow.values()) {
      for (int i = 0; i < 1000; i++) {
        int width = rng.between(1, i % 2 == 0 ? 8 : 64);
        FixedType type = new FixedType(rng.flip(), width, rng.between(-4, width + 4), rounding, overflow);
        double ulp = Math.scalb(1.0, -type.fraction());
        // Multiples of a quarter step, so that all ties and both ends come up, and their neighbours.
        double tie = (rng.below(4096) - 2048) * ulp / 4;
        doubleAgrees(tie, type);
        doubleAgrees(Math.nextUp(tie), type);
        doubleAgrees(Math.nextDown(tie), type);
        doubleAgrees(Math.scalb(rng.uniform(-1, 1), rng.between(-20, 20)), type);
        doubleAgrees(Math.scalb((double) rng.uniform(-1, 1) + rng.uniform(-1, 1) * 0x1p-24, rng.between(30, 80)), type);
      }
      FixedType far = new FixedType(true, 6, -1060, rounding, overflow);
      for (int i = -40; i <= 40; i++) {
        doubleAgrees(i * Double.MIN_VALUE, far);
        doubleAgrees(i * Double.MIN_VALUE * 128, far);
        doubleAgrees(i * Double.MIN_VALUE, new FixedType(true, 8, 8, rounding, overflow));
      }
      doubleAgrees(Double.MAX_VALUE, new FixedType(true, 8, 1024, rounding, overflow));
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
      "fixed<16,6>             | 40 | -24",
  })
  void theEndsOfTheRange(String type, double x, double expected) {
    assertThat(FixedMath.quantize(x, FixedType.parse(type))).isEqualTo(expected + 0.0);
  }

  @Test
  void numbersThatAreNotFinite() {
    FixedType wrap = FixedType.parse("fixed<8,4,rnd,wrap>");
    FixedType sat = FixedType.parse("fixed<8,4,rnd,sat>");
    assertThat(FixedMath.quantize(Double.NaN, sat)).isZero();
    assertThat(FixedMath.fromDouble(-Double.NaN, sat)).isZero();
    assertThat(FixedMath.quantize(Double.POSITIVE_INFINITY, sat)).isEqualTo(7.9375);
    assertThat(FixedMath.quantize(Double.NEGATIVE_INFINITY, sat)).isEqualTo(-8);
    assertThat(FixedMath.quantize(Double.POSITIVE_INFINITY, wrap)).isZero();
    assertThat(FixedMath.fromDouble(Double.POSITIVE_INFINITY, FixedType.parse("ufixed<64,64,trn,sat>"))).isEqualTo(-1);
    assertThat(FixedMath.fromDouble(Double.NEGATIVE_INFINITY, FixedType.parse("fixed<64,64,trn,sat_sym>")))
        .isEqualTo(-Long.MAX_VALUE);
    assertThat(FixedMath.fromDouble(Double.NEGATIVE_INFINITY, FixedType.parse("fixed<64,64,trn,sat_zero>"))).isZero();
  }

  @Test
  void aVanishingNumberKeepsItsSign() {
    FixedType coarse = new FixedType(true, 4, 104, Rounding.TRN, Overflow.SAT);
    assertThat(FixedMath.quantize(-Double.MIN_VALUE, coarse)).isEqualTo(-0x1p100);
    assertThat(FixedMath.quantize(Double.MIN_VALUE, coarse)).isZero();
  }

  @Test
  void rawIntegersAsDoubles() {
    assertThat(FixedMath.toDouble(-3, FixedType.parse("fixed<8,6>"))).isEqualTo(-0.75);
    assertThat(FixedMath.toDouble(5, FixedType.parse("ufixed<4,6>"))).isEqualTo(20);
    assertThat(FixedMath.toDouble(-1, FixedType.parse("ufixed<64,64>"))).isEqualTo(0x1p64);
    // Just above a tie of an unsigned number, and the tie, which goes to even.
    assertThat(FixedMath.toDouble(0x8000000000000401L, FixedType.parse("ufixed<64,64>"))).isEqualTo(0x1.0000000000001p63);
    assertThat(FixedMath.toDouble(0x8000000000000400L, FixedType.parse("ufixed<64,64>"))).isEqualTo(0x1p63);
    assertThat(FixedMath.toDouble(3, new FixedType(true, 4, -1066, Rounding.TRN, Overflow.WRAP))).isEqualTo(0x3p-1070);
    for (int i = 0; i < 1000; i++) {
      FixedType type = randomType(53);
      long raw = FixedMath.fromDouble(rng.uniform(-10, 10), type);
      assertThat(FixedMath.fromDouble(FixedMath.toDouble(raw, type), type)).as("%s", type).isEqualTo(raw);
    }
  }

  @Test
  void quantizingTwiceChangesNothing() {
    for (int i = 0; i < 2000; i++) {
      FixedType type = randomType(53);
      double once = FixedMath.quantize(Math.scalb(rng.uniform(-1, 1), rng.between(-20, 60)), type);
      assertThat(FixedMath.quantize(once, type)).as("%s as %s", once, type).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersWithTypesOfTheirOwnGetTheVeryBitsOfSingleNumbers(Rounding rounding) {
    TestRandom rng = new TestRandom(11);
    float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MAX_VALUE, Float.MIN_VALUE};
    int n = 3000;
    float[] x = new float[n];
    float[] integer = new float[n];
    float[] fraction = new float[n];
    float[] y = new float[n];
    for (Overflow overflow : Overflow.values()) {
      for (int widest : new int[] {9, 31, 45}) {
        for (int i = 0; i < n; i++) {
          integer[i] = rng.between(-6, widest / 2);
          fraction[i] = rng.between(-4, widest - widest / 2);
          float halves = rng.between(-40, 40) * Math.scalb(0.5f, -(int) fraction[i]);
          x[i] = i < special.length ? special[i] : rng.flip() ? halves : rng.uniform(-1, 1) * (1 << rng.below(20));
        }
        for (boolean signed : new boolean[] {false, true}) {
          FixedMath.quantizeEach(x, 0, integer, 0, fraction, 0, y, 0, n, signed, rounding, overflow);
          for (int i = 0; i < n; i++) {
            int bits = (int) fraction[i];
            double expected = FixedMath.quantize(x[i], signed, (int) integer[i] + bits, bits, rounding, overflow);
            if (Float.floatToRawIntBits(y[i]) != Float.floatToRawIntBits((float) expected)) {
              throw new AssertionError(x[i] + " in " + integer[i] + "+" + fraction[i] + " bits, signed " + signed + ", "
                  + overflow + ": expected " + expected + ", found " + y[i]);
            }
          }
        }
      }
    }
  }

  @Test
  void arraysGetTheVeryBitsOfSingleNumbers() {
    float[] specials = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NaN,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.49999997f, 0.5f, -0.5f, -0.49999997f, -0.50000006f, 0x1p23f,
        8388609, 0x1p24f, -0x1p31f, 0x1p31f, 0x1p52f, 0x1.fffffep52f, 0x1p53f, 0x1.fffffep76f};
    for (int round = 0; round < 6000; round++) {
      int width = rng.between(1, round % 3 == 0 ? 53 : 24);
      int integer = round % 5 == 0 ? rng.between(-900, 900) : rng.between(-4, width + 4);
      FixedType type = new FixedType(rng.flip(), width, integer, rng.pick(Rounding.values()), rng.pick(Overflow.values()));
      float[] x = new float[specials.length + 20];
      for (int i = 0; i < x.length; i++) {
        float step = (float) Math.scalb(1.0, -type.fraction());
        x[i] = i < specials.length ? specials[i] * (round % 2 == 0 ? 1 : step)
            : rng.flip() ? (rng.below(2048) - 1024) * step / 4 : Math.scalb(rng.uniform(-1, 1), rng.between(-4, 40));
      }
      float[] y = new float[x.length + 3];
      FixedMath.quantize(x, 1, y, 3, x.length - 1, type);
      for (int i = 1; i < x.length; i++) {
        float expected = (float) FixedMath.quantize(x[i], type);
        if (Float.floatToRawIntBits(y[i + 2]) != Float.floatToRawIntBits(expected)) {
          throw new AssertionError(x[i] + " as " + type + ": expected " + expected + ", found " + y[i + 2]);
        }
      }
      assertThat(y).startsWith(0, 0, 0);
      FixedMath.quantize(x, 0, x, 0, x.length, type);
      assertThat(x).endsWith(Arrays.copyOfRange(y, 3, y.length - 1));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "7  | 2 | fixed<8,8,rnd_conv,sat> | 4",
      "-7 | 2 | fixed<8,8,trn,sat>      | -4",
      "-7 | 2 | fixed<8,8,trn_zero,sat> | -3",
      "1  | 3 | fixed<8,1,rnd,sat>      | 43",
  })
  void quotients(long dividend, long divisor, String type, long raw) {
    assertThat(FixedMath.quotient(dividend, divisor, 0, FixedType.parse(type))).isEqualTo(raw);
  }

  @Test
  void aTypeByItsParts() {
    assertThat(FixedMath.quantize(1.3, true, 6, 2, Rounding.RND, Overflow.SAT)).isEqualTo(1.25);
    assertThat(FixedMath.quantize(1.3, true, 0, 2, Rounding.RND, Overflow.SAT)).isZero();
    assertThat(FixedMath.quantize(-1e9, false, -3, 2, Rounding.TRN, Overflow.WRAP)).isZero();
  }

  @Test
  void aTypeWiderThanADoubleIsRefused() {
    assertThatThrownBy(() -> FixedMath.quantize(1, FixedType.parse("fixed<54,8>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a type of 54 bits, 46 of them right of the binary point, has more than the 53 that a double holds exactly");
  }

  @Test
  void aDivisorThatIsNotPositiveIsRefused() {
    assertThatThrownBy(() -> FixedMath.quotient(1, 0, 0, FixedType.parse("fixed<8,8>")))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("a divisor is positive, found 0");
  }
}
