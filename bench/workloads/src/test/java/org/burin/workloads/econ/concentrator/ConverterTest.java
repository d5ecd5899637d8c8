package org.burin.workloads.econ.concentrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Normalisation;
import org.junit.jupiter.api.Test;

class ConverterTest {
  @Test
  void normalisesAsTheTrainingDataAre() {
    Random random = new Random(1);
    for (int t = 0; t < 200; t++) {
      int[] charges = Samples.charges(random);
      float[] floats = new float[48];
      int sum = 0;
      for (int c = 0; c < 48; c++) {
        floats[c] = charges[c];
        sum += charges[c];
      }
      Normalisation.LOG2_SUM.normalise(floats, 0);
      Converter.Output output = Converter.convert(charges);
      for (int c = 0; c < 48; c++) {
        assertThat(output.normalised()[c]).isEqualTo((int) Math.floor(floats[c] * 128)).isBetween(0, 255);
      }
      assertThat(output.sum()).isEqualTo(FloatCodec.SUM.encode(sum));
    }
  }

  @Test
  void smallSumsAreShiftedToTheLeft() {
    int[] charges = new int[48];
    charges[7] = 3;
    assertThat(Converter.convert(charges).normalised()[7]).isEqualTo(192);
    assertThat(Converter.convert(charges).sum()).isEqualTo(3);
    assertThat(Converter.convert(new int[48]).normalised()).containsOnly(0);
  }

  @Test
  void refusesWhatIsNoCharge() {
    int[] charges = new int[48];
    charges[0] = 1 << 22;
    assertThatThrownBy(() -> Converter.convert(charges)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the charges are [4194304, 0,").hasMessageEndingWith("expected 48 numbers from 0 to 4194303");
  }
}
