package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloatCodecTest {
  private static final List<FloatCodec> CODECS =
      List.of(FloatCodec.CHARGE_LOW_DENSITY, FloatCodec.CHARGE_HIGH_DENSITY, FloatCodec.SUM);

  /// The chip's emulator (`Utils/encode.py`), case by case.
  private static int published(long value, int dropBits, int expBits, int mantBits) {
    int n = Math.max(1, Long.toBinaryString(value).length());
    String bits = "0".repeat(64 - n) + Long.toBinaryString(value);
    int exp;
    long mant;
    if (n <= mantBits + dropBits) {
      exp = 0;
      mant = value >> dropBits;
    } else {
      exp = n - mantBits - dropBits;
      mant = Long.parseLong(bits.substring(64 - n + 1, 64 - n + 1 + mantBits), 2);
    }
    if (exp >= 1 << expBits) {
      return (1 << (expBits + mantBits)) - 1;
    }
    return exp << mantBits | (int) mant;
  }

  @Test
  void encodesAsPublished() {
    for (FloatCodec codec : CODECS) {
      for (long value = 0; value < 1 << 22; value += 1 + value / 97) {
        assertThat(codec.encode(value)).as("%s of %d", codec, value)
            .isEqualTo(published(value, codec.droppedBits(), codec.exponentBits(), codec.mantissaBits()));
      }
    }
  }

  @Test
  void everyCodeComesBack() {
    for (FloatCodec codec : CODECS) {
      for (int code = 0; code < 1 << codec.bits(); code++) {
        assertThat(codec.encode(codec.decode(code))).as("%s, code %d", codec, code).isEqualTo(code);
      }
    }
  }

  @Test
  void decodedNumbersAreInTheMiddle() {
    assertThat(IntStream.of(3 << 3, (3 << 3) + 1, (3 << 3) + 2).mapToLong(FloatCodec.CHARGE_LOW_DENSITY::decode))
        .containsExactly(68L, 76L, 84L);
    assertThat(FloatCodec.SUM.decode(0)).isZero();
    assertThat(FloatCodec.SUM.decode(15)).isEqualTo(15);
    assertThat(FloatCodec.SUM.decode(FloatCodec.SUM.encode(1000))).isEqualTo(1008);
    assertThat(FloatCodec.CHARGE_HIGH_DENSITY.decode(0)).isEqualTo(4);
  }

  @Test
  void numbersTooLargeGetTheLargestCode() {
    assertThat(FloatCodec.CHARGE_LOW_DENSITY.encode(1 << 21)).isEqualTo(127);
    assertThat(FloatCodec.SUM.encode(Long.MAX_VALUE)).isEqualTo(511);
  }

  @Test
  void refusesWhatIsNoNumberOrCode() {
    assertThatThrownBy(() -> FloatCodec.SUM.encode(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number to encode is -1; expected none below 0");
    assertThatThrownBy(() -> FloatCodec.SUM.decode(512)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the code is 512; expected 0 to 511");
    assertThatThrownBy(() -> new FloatCodec(0, 6, 4)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a code of 6 exponent bits and 4 mantissa bits with 0 bits dropped; expected 1 to 5 exponent bits,"
            + " and in all at most 20 dropped and mantissa bits");
  }
}
