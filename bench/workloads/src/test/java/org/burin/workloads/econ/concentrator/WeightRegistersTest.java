package org.burin.workloads.econ.concentrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.burin.nn.Model;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.EventGenerator;
import org.junit.jupiter.api.Test;

class WeightRegistersTest {
  private final Model encoder = Autoencoder.create(EncoderTypes.asic(9), 4).encoder();

  @Test
  void weightsFollowEachOtherFromTheLowestBit() {
    encoder.parameters().tensors().values().forEach(t -> Arrays.fill(t.data(), 0));
    encoder.parameters().get("conv/kernel").data()[0] = -1;
    encoder.parameters().get("conv/kernel").data()[1] = 1 / 32f;
    encoder.parameters().get("conv/bias").data()[0] = 31 / 32f;
    encoder.parameters().get("dense/kernel").data()[0] = -1 / 32f;
    encoder.parameters().get("dense/bias").data()[15] = 0.5f;
    WeightRegisters registers = WeightRegisters.of(encoder);
    byte[] first = registers.blocks().getFirst();
    assertThat(first[0]).isEqualTo((byte) 0b01_100000);
    assertThat(field(registers, 432)).isEqualTo(0b011111);
    assertThat(field(registers, 480)).isEqualTo(0b111111);
    assertThat(field(registers, 12_768 + 15 * 6)).isEqualTo(0b010000);
    assertThat(registers.hex(11)).hasSize(268).startsWith("4");
    assertThat(registers.hex(0)).endsWith("60");
  }

  @Test
  void areReadAsTheyAreWritten() {
    WeightRegisters registers = WeightRegisters.of(encoder);
    assertThat(registers.blocks()).hasSize(12).allSatisfy(block -> assertThat(block).hasSize(134));
    assertThat(WeightRegisters.of(registers.blocks())).isEqualTo(registers).hasSameHashCodeAs(registers);
    Model other = Autoencoder.create(EncoderTypes.asic(9), 5).encoder();
    registers.load(other);
    assertThat(WeightRegisters.of(other)).isEqualTo(registers);
    var images = Autoencoder.images(new EventGenerator(1).events(0, 50));
    assertThat(other.predict(images).data()).isEqualTo(encoder.predict(images).data());
  }

  @Test
  void refusesOtherModelsAndSizes() {
    Model decoder = Autoencoder.create(EncoderTypes.asic(9), 4).decoder();
    assertThatThrownBy(() -> WeightRegisters.of(decoder)).hasMessageContaining("conv/kernel");
    List<byte[]> blocks = new ArrayList<>(WeightRegisters.of(encoder).blocks());
    blocks.removeLast();
    assertThatThrownBy(() -> WeightRegisters.of(blocks)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("134] bytes; expected 12 blocks of 134");
  }

  private static int field(WeightRegisters registers, int bit) {
    int value = 0;
    for (int i = 0; i < 6; i++) {
      byte[] block = registers.blocks().get((bit + i) / 1072);
      int inside = (bit + i) % 1072;
      value |= (block[inside / 8] >> inside % 8 & 1) << i;
    }
    return value;
  }
}
