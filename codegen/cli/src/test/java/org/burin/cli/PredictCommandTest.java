package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.Npy;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictCommandTest {
  @TempDir private Path temp;
  private Path model;
  private Path x;
  private Path y;
  private Tensor samples;
  private Tensor expected;

  /// More samples than are computed at a time.
  @BeforeEach
  void writeFiles() throws IOException {
    model = SignsModel.write(temp);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    samples = Tensor.zeros(Shape.of(5000, 2));
    for (int i = 0; i < samples.size(); i++) {
      samples.data()[i] = random.nextFloat(-1, 1);
    }
    x = temp.resolve("x.npy");
    y = temp.resolve("y.npy");
    Npy.write(x, samples);
    expected = ModelFile.read(model).predict(samples);
  }

  @Test
  void anArrayGivesAnArray() {
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", x, "--out", y);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(y + "  [5000,2]\n");
    assertThat(Npy.read(y)).isEqualTo(expected);
  }

  @Test
  void withoutAFileToWriteTheResultIsTextThatLosesNothing() {
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", x);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(5001).first().isEqualTo("y0,y1");
    float[] numbers = new float[expected.size()];
    int i = 0;
    for (String line : run.out().lines().skip(1).toList()) {
      for (String cell : line.split(",", -1)) {
        numbers[i++] = Float.parseFloat(cell);
      }
    }
    assertThat(numbers).isEqualTo(expected.data());
  }

  @Test
  void textWithNamesGivesTheSame() throws IOException {
    Path csv = Files.writeString(temp.resolve("x.csv"), text("label,b,a\n", i -> "g," + second(i) + "," + first(i)));
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", csv, "--columns", "a,b", "--out", y);
    assertThat(run.err()).isEmpty();
    assertThat(Npy.read(y)).isEqualTo(expected);
    CommandLineRun.of("predict", model, "--data", csv, "--columns", "3,2", "--out", y);
    assertThat(Npy.read(y)).isEqualTo(expected);
  }

  @Test
  void textWithoutNamesAndWithTabsGivesTheSame() throws IOException {
    Path tsv = Files.writeString(temp.resolve("x.tsv"), text("", i -> first(i) + "\t" + second(i)));
    Path out = temp.resolve("y.csv");
    CommandLineRun run =
        CommandLineRun.of("predict", model, "--data", tsv, "--no-header", "--out", out, "--json");
    assertThat(run.out()).isEqualTo("{\"schema\": \"burin.predict/1\", \"model\": \"signs\", \"out\": \"" + out
        + "\", \"shape\": [5000, 2]}\n");
    assertThat(out).content().isEqualTo(CommandLineRun.of("predict", model, "--data", x).out());
  }

  @Test
  void samplesOfAnotherShapeAreBadInput() throws IOException {
    Npy.write(x, Tensor.zeros(Shape.of(4, 3)));
    assertBadInput(": has samples of shape [3], the model's input 'x' needs [2]", x);
    Path csv = Files.writeString(temp.resolve("x.csv"), "a,b,c\n1,2,3\n");
    assertBadInput(
        ": has samples of shape [3], the model's input 'x' needs [2]; choose the columns with --columns", csv);
    assertThat(y).doesNotExist();
  }

  @Test
  void aBadCellIsNamedAndNothingIsWritten() throws IOException {
    Path csv = Files.writeString(temp.resolve("x.csv"), "a,b\n1,2\n3,four\n");
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", csv, "--out", y);
    assertThat(run.err()).startsWith("burin predict: " + csv + ":3: column 2 'b'").hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(y).doesNotExist();
  }

  @Test
  void jsonNeedsAFileToWrite() {
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", x, "--json");
    assertThat(run.err()).startsWith("burin predict: --json needs --out FILE\n");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  private void assertBadInput(String message, Path data) {
    CommandLineRun run = CommandLineRun.of("predict", model, "--data", data, "--out", y);
    assertThat(run.err()).isEqualTo("burin predict: " + data + message + "\n");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
  }

  private String text(String header, IntFunction<String> line) {
    StringBuilder s = new StringBuilder(header);
    for (int i = 0; i < 5000; i++) {
      s.append(line.apply(i)).append('\n');
    }
    return s.toString();
  }

  private float first(int sample) {
    return samples.data()[2 * sample];
  }

  private float second(int sample) {
    return samples.data()[2 * sample + 1];
  }
}
