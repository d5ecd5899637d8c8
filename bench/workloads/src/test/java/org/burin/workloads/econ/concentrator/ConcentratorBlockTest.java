package org.burin.workloads.econ.concentrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedTensor;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.Arrangement;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.FloatCodec;
import org.junit.jupiter.api.Test;

class ConcentratorBlockTest {
  private final Model encoder = Autoencoder.create(EncoderTypes.asic(9), 3).encoder();

  @Test
  void computesWhatConverterAndEncoderCompute() {
    Random random = new Random(7);
    List<int[]> modules = new ArrayList<>();
    int[] largest = new int[48];
    Arrays.fill(largest, (1 << 22) - 1);
    modules.add(largest);
    modules.add(new int[48]);
    for (int bit = 0; bit < 22; bit++) {
      int[] single = new int[48];
      single[bit] = 1 << bit;
      modules.add(single);
    }
    for (int i = 0; i < 200; i++) {
      modules.add(Samples.charges(random));
    }
    check(ConcentratorBlock.of(encoder), modules, modules);
  }

  @Test
  void decodesTheWordsOfTheFrontEnd() {
    Random random = new Random(8);
    for (FloatCodec codec : List.of(FloatCodec.CHARGE_LOW_DENSITY, FloatCodec.CHARGE_HIGH_DENSITY,
        new FloatCodec(0, 4, 3))) {
      int[] calibration = random.ints(48, 0, 4096).toArray();
      List<int[]> codes = new ArrayList<>();
      List<int[]> charges = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int[] word = random.ints(48, 0, 128).toArray();
        codes.add(word);
        charges.add(IntStream.range(0, 48).map(c -> (int) ((codec.decode(word[c]) * calibration[c]) >> 11))
            .toArray());
      }
      check(ConcentratorBlock.ofCodes(encoder, codec, calibration), codes, charges);
    }
  }

  @Test
  void refusesBadCalibrations() {
    assertThatThrownBy(() -> ConcentratorBlock.ofCodes(encoder, FloatCodec.CHARGE_LOW_DENSITY, 1, 2))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("2 calibrations [1, 2]; expected 48 from 0 to 4095");
  }

  /// Compares the lowered block with [Converter] and the encoder in fixed point.
  private void check(Model block, List<int[]> inputs, List<int[]> charges) {
    int n = inputs.size();
    FixedGraph graph = block.fixed();
    long[] raw = inputs.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
    FixedInterpreter.Results results =
        FixedInterpreter.run(graph, Map.of("x", FixedTensor.of(Shape.of(n, 48), 0, raw)));
    FixedTensor code = results.output("code");
    FixedTensor sum = results.output("sum");
    assertThat(code.fraction()).isEqualTo(8);
    assertThat(sum.fraction()).isZero();
    Tensor images = Tensor.zeros(Shape.of(n, 8, 8, 1));
    for (int i = 0; i < n; i++) {
      Converter.Output converted = Converter.convert(charges.get(i));
      assertThat(sum.raw()[i]).as("sum of module %d", i).isEqualTo(converted.sum());
      float[] cells = new float[48];
      for (int c = 0; c < 48; c++) {
        cells[c] = converted.normalised()[c] / 128f;
      }
      Arrangement.SQUARE_8X8.write(cells, 0, images.data(), 64 * i);
    }
    float[] expected = encoder.predict(images).data();
    for (int i = 0; i < expected.length; i++) {
      assertThat(code.raw()[i]).as("latent %d of module %d", i % 16, i / 16).isEqualTo((long) (expected[i] * 256));
    }
    Tensor floats = Tensor.zeros(Shape.of(n, 48));
    for (int i = 0; i < raw.length; i++) {
      floats.data()[i] = raw[i];
    }
    assertThat(block.predict(Map.of("x", floats)).get("code").data()).isEqualTo(expected);
  }
}
