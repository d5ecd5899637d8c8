package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatTextTest {
  @ParameterizedTest
  @ValueSource(strings = {
    "0", "-0", "+1", "1.", ".5", "-.5", "1e-3", "1E+3", "1e3", " 1.5\t", "00012", "0.1", "16777217", "16777219",
    "3.4028235e38", "3.4028236e38", "340282356779733661637539395458142568447",
    "340282356779733661637539395458142568448", "1e39", "-1e39",
    "1e-45", "1.4e-45", "7e-46", "7.1e-46", "1e-400", "1e400", "1e99999999999", "0e99999999999",
    "1.17549435e-38", "1.1754943e-38", "0.000000000000000000000000000000000000000000001", "0.12345678901234568",
    "123456789012345678901234567890", "9007199791611905", "33554435000000000000001", "1.000000059604644775390625",
    "1.00000005960464477539062500000000000000000001"
  })
  void decimalNumbersAreRoundedAsTheJdkDoes(String text) {
    assertSame(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " ", "-", "+", ".", "e3", "1e", "1e+", "1e3.", "1.2.3", "1,5", "1 2", "0x10", "1f", "1d", "--1", "one", "nan",
    "1_000", "\u0661"
  })
  void anythingElseIsNotANumber(String text) {
    assertThat(parse(text)).isNaN();
  }

  @Test
  void words() {
    assertThat(parse("inf")).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(parse(" -Infinity ")).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(FloatText.isNonFinite("NaN")).isTrue();
    assertThat(FloatText.isNonFinite("+INF")).isTrue();
    assertThat(FloatText.isNonFinite("info")).isFalse();
  }

  @Test
  void randomDecimals() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 40_000; i++) {
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f)) {
        assertSame(Float.toString(f));
        assertSame(Double.toString(f));
      }
      assertSame(Double.toString(random.nextDouble(-100, 100)));
      assertSame(random.nextLong(1L << random.nextInt(1, 62)) + "e" + random.nextInt(-30, 30));
    }
  }

  /// Half way between two floats, and the neighbours of that in the last digit of many.
  @Test
  void midpoints() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 10_000; i++) {
      float f = Math.abs(Float.intBitsToFloat(random.nextInt(0x3000_0000, 0x4f00_0000)));
      String exact = new BigDecimal((double) f)
          .add(new BigDecimal((double) Math.nextUp(f)))
          .divide(BigDecimal.TWO)
          .toPlainString();
      assertSame(exact);
      assertSame(exact.contains(".") ? exact + "000000000001" : exact + ".000000000001");
      assertSame(exact.substring(0, Math.min(exact.length(), 19)));
    }
  }

  private static void assertSame(String text) {
    if (Float.floatToRawIntBits(parse(text)) != Float.floatToRawIntBits(Float.parseFloat(text))) {
      throw new AssertionError(text + " gave " + parse(text) + ", expected " + Float.parseFloat(text));
    }
  }

  private static float parse(String text) {
    char[] buffer = ("9" + text + "9").toCharArray();
    return FloatText.parse(buffer, 1, text.length());
  }
}
