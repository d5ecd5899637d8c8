package org.burin.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// Networks that others published give the numbers that they gave there. Runs where the environment variable
/// `BURIN_DATA` names a folder with their files.
@EnabledIfEnvironmentVariable(named = "BURIN_DATA", matches = ".+")
final class PublishedNetworksTest {
  private static final int CELLS = 48;

  private final Path data = Path.of(Objects.requireNonNull(System.getenv("BURIN_DATA")));

  @Test
  void theNetworkOfTheEarthMoversDistanceGivesTheGoldenOutputs() throws IOException {
    Model model = Keras.read(data.resolve("emd/pair_mse.h5"));
    assertThat(model.parameters().count()).isEqualTo(189_089);
    List<float[]> events = rows("econ/calq_5000.csv");
    List<float[]> golden = rows("emd/emd_golden_100pairs.csv");
    Tensor x = Tensor.zeros(Shape.of(golden.size(), 4, 4, 3));
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < golden.size(); i++) {
      image(events.get((int) golden.get(i)[0]), x, i);
      image(events.get((int) golden.get(i)[1]), y, i);
    }
    Tensor distances = model.predict(Map.of("input_1", x, "input_2", y)).get("average");
    for (int i = 0; i < golden.size(); i++) {
      float expected = golden.get(i)[3];
      assertThat(distances.data()[i]).isCloseTo(expected, within(1e-5f * expected));
    }
  }

  /// A pixel (r,c) of image s is trigger cell 16 s + 4 r + c; the sum is 1.
  private static void image(float[] charges, Tensor into, int sample) {
    double sum = 0;
    for (float q : charges) {
      sum += q;
    }
    for (int cell = 0; cell < CELLS; cell++) {
      into.data()[sample * CELLS + (cell % 16) * 3 + cell / 16] = (float) (charges[cell] / sum);
    }
  }

  @Test
  void theQuantizedJetClassifierGivesTheGoldenLogitsExactly(@TempDir Path temp) throws IOException {
    JsonObject config =
        JsonParser.parseString(Files.readString(data.resolve("jets/qkeras_3layer.json"))).getAsJsonObject();
    JsonArray layers = config.getAsJsonObject("config").getAsJsonArray("layers");
    layers.remove(layers.size() - 1); // the softmax
    Path logits = Files.writeString(temp.resolve("logits.json"), config.toString());
    Model model = Keras.read(logits, data.resolve("jets/qkeras_3layer_weights.h5"));
    List<float[]> jets = rows("jets/jets_500.csv");
    List<float[]> golden = rows("jets/qkeras_3layer_logits_500.csv");
    Tensor x = Tensor.zeros(Shape.of(jets.size(), 16));
    for (int i = 0; i < jets.size(); i++) {
      System.arraycopy(jets.get(i), 0, x.data(), i * 16, 16);
    }
    Tensor y = model.predict(x);
    for (int i = 0; i < golden.size(); i++) {
      assertThat(Arrays.copyOfRange(y.data(), i * 5, (i + 1) * 5)).as("jet %d", i).isEqualTo(golden.get(i));
    }
  }

  /// The numbers of a file with a line of names; what is no number is 0.
  private List<float[]> rows(String file) throws IOException {
    try (var lines = Files.lines(data.resolve(file))) {
      return lines.skip(1).map(line -> {
        List<String> cells = List.of(line.split(",", -1));
        float[] row = new float[cells.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = cells.get(i).matches("[-+.0-9eE]+") ? Float.parseFloat(cells.get(i)) : 0f;
        }
        return row;
      }).toList();
    }
  }
}
