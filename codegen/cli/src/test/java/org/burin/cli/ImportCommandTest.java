package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCommandTest {
  private static final String CONFIG = """
      {"class_name": "Sequential", "config": {"name": "net", "layers": [
        {"class_name": "Dense", "config": {"name": "d", "batch_input_shape": [null, 2], "units": 1}}]}}
      """;

  @TempDir private Path temp;
  private Path h5;
  private Path out;

  @BeforeEach
  void writeKerasFile() {
    h5 = temp.resolve("net.h5");
    out = temp.resolve("net.burin");
    try (WritableHdfFile file = HdfFile.write(h5)) {
      file.putAttribute("keras_version", "2.5.0");
      file.putAttribute("model_config", CONFIG);
      WritableGroup layer = file.putGroup("model_weights").putGroup("d");
      layer.putDataset("kernel:0", new float[][] {{2f}, {3f}});
      layer.putDataset("bias:0", new float[] {1f});
    }
  }

  @Test
  void writesAModelFile() throws IOException {
    CommandLineRun run = CommandLineRun.of("import", h5, "--out", out);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("""
        model       net
        origin      keras 2.5.0
        parameters  3
        quantized   false
        out         %s
        """.formatted(out));
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    Model model = ModelFile.read(out);
    assertThat(model.predict(Tensor.of(Shape.of(1, 2), 1f, 1f)).data()).containsExactly(6f);
  }

  @Test
  void architectureMayBeAFileOfItsOwnAndJsonTellsTheSame() throws IOException {
    Path architecture = Files.writeString(temp.resolve("net.json"), CONFIG);
    CommandLineRun run = CommandLineRun.of("import", h5, "--architecture", architecture, "--out", out, "--json");
    assertThat(run.out()).isEqualTo("{\"schema\": \"burin.import/1\", \"model\": \"net\", \"origin\": \"keras 2.5.0\", "
        + "\"parameters\": 3, \"quantized\": false, \"out\": \"" + out + "\"}\n");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFileThatIsThereIsKeptUnlessForced() throws IOException {
    Files.writeString(out, "mine");
    CommandLineRun run = CommandLineRun.of("import", h5, "--out", out);
    assertThat(run.err()).isEqualTo("burin import: " + out
        + " is there already; choose another file, or overwrite it with --force\n");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out).content().isEqualTo("mine");
    assertThat(CommandLineRun.of("import", h5, "--out", out, "--force").code()).isEqualTo(ExitCode.OK);
    assertThat(ModelFile.read(out).name()).isEqualTo("net");
  }

  @Test
  void badInputIsNamedAndNothingIsWritten() throws IOException {
    byte[] whole = Files.readAllBytes(h5);
    Files.write(h5, Arrays.copyOf(whole, whole.length / 2));
    CommandLineRun run = CommandLineRun.of("import", h5, "--out", out);
    assertThat(run.err()).startsWith("burin import: " + h5 + ": no HDF5 file, or it is cut off or damaged: ");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out).doesNotExist();
    assertThat(CommandLineRun.of("import", temp.resolve("none.h5"), "--out", out).err())
        .isEqualTo("burin import: " + temp.resolve("none.h5") + ": no such file\n");
  }
}
