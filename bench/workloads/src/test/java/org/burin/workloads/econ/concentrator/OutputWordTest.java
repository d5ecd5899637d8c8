package org.burin.workloads.econ.concentrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputWordTest {
  @Test
  void theSumIsInTheLowestBits() {
    OutputWord sum = new OutputWord(new int[16], 0x1a5);
    assertThat(sum.bits()).isEqualTo(BigInteger.valueOf(0x1a5));
    assertThat(sum.hex()).isEqualTo("0".repeat(36) + "1a5");
    OutputWord first = new OutputWord(IntStream.range(0, 16).map(i -> i == 0 ? 1 : 0).toArray(), 0);
    assertThat(first.bits()).isEqualTo(BigInteger.ONE.shiftLeft(9));
    OutputWord last = new OutputWord(IntStream.range(0, 16).map(i -> i == 15 ? 256 : 0).toArray(), 0);
    assertThat(last.bits()).isEqualTo(BigInteger.ONE.shiftLeft(152));
  }

  @Test
  void isReadAsItIsWritten() {
    Random random = new Random(2);
    for (int t = 0; t < 50; t++) {
      OutputWord word = new OutputWord(random.ints(16, 0, 512).toArray(), random.nextInt(512));
      assertThat(word.hex()).hasSize(39);
      assertThat(OutputWord.parse(word.hex())).isEqualTo(word).hasSameHashCodeAs(word).hasToString(word.hex());
      assertThat(OutputWord.parse(word.hex()).latents()).isEqualTo(word.latents());
    }
  }

  @Test
  void fewerLinksSendTheUpperBits() {
    OutputWord word = new OutputWord(IntStream.range(0, 16).map(i -> 32 * i).toArray(), 77);
    BigInteger payload = word.payload(2);
    assertThat(payload.intValue() & 511).isEqualTo(77);
    for (int i = 0; i < 16; i++) {
      assertThat(payload.shiftRight(9 + 3 * i).intValue() & 7).isEqualTo(i / 2);
    }
    assertThat(word.payload(5)).isEqualTo(word.bits());
    assertThat(IntStream.rangeClosed(2, 5).map(OutputWord::payloadBits)).containsExactly(57, 89, 121, 153);
  }

  @Test
  void refusesNumbersOutOfRangeAndOtherTexts() {
    assertThatThrownBy(() -> new OutputWord(new int[15], 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("the sum 0; expected 16 numbers and one, from 0 to 511");
    assertThatThrownBy(() -> new OutputWord(new int[16], 512)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OutputWord.parse("2" + "0".repeat(38))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("expected 39 hexadecimal digits in lower case, the first 0 or 1");
  }
}
