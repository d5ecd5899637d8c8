package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.burin.io.FileFormatException;
import org.burin.io.SectionFile;
import org.burin.io.TensorSections;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  /// Written by `-Dgolden.update=true`; a file of layout version 1, which every later version reads.
  private static final Path GOLDEN = Path.of("src/test/resources/org/burin/nn/version-1.burin");

  private static final float[] KERNEL = {-0.5721651f, 0.39249444f, 0.1356898f, -0.41420326f, 0.569565f, 1.0485121f};
  private static final float PREDICTION = 0.4948897f;

  @TempDir
  Path folder;

  private static Model model() {
    Model m = Model.sequential("tiny", 7, Shape.of(2), Dense.of(3).withKernelRegularizer(Regularizer.l2(0.25f)),
            BatchNorm.of(), Activation.RELU, Dropout.of(0.5f), Dense.of(1, Activation.SIGMOID))
        .withMetadata("features", "mass\tmultiplicity")
        .withMetadata("remark", "two lines,\nand a backslash \\");
    m.parameters().freeze("dense_1/bias");
    return m;
  }

  private Path written() throws IOException {
    Path file = folder.resolve("model.burin");
    ModelFile.write(file, model());
    return file;
  }

  private static void assertSame(Model found, Model expected) {
    assertThat(found.name()).isEqualTo(expected.name());
    assertThat(found.metadata()).containsExactlyEntriesOf(expected.metadata());
    assertThat(found.training()).hasToString(expected.training().toString());
    assertThat(found.inference()).hasToString(expected.inference().toString());
    assertThat(found.parameters()).hasToString(expected.parameters().toString());
    assertThat(found.parameters().tensors()).containsExactlyEntriesOf(expected.parameters().tensors());
    assertThat(found.summary()).isEqualTo(expected.summary());
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    assertSame(ModelFile.read(written()), model());
  }

  @Test
  void equalModelsGiveEqualBytes() throws IOException {
    Path first = written();
    Path again = folder.resolve("again.burin");
    ModelFile.write(again, ModelFile.read(first));

    assertThat(again).hasSameBinaryContentAs(first);
  }

  @Test
  void readsVersion1AndWritesItBack() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      ModelFile.write(GOLDEN, model());
    }
    Model m = ModelFile.read(GOLDEN);

    assertThat(m.name()).isEqualTo("tiny");
    assertThat(m.metadata()).containsExactly(Map.entry("features", "mass\tmultiplicity"),
        Map.entry("remark", "two lines,\nand a backslash \\"));
    assertThat(m.parameters()).hasToString("""
        weight [2,3] dense/kernel
        weight [3] dense/bias
        weight [3] batch_norm/gamma
        weight [3] batch_norm/beta
        state [3] batch_norm/moving_mean
        state [3] batch_norm/moving_variance
        weight [3,1] dense_1/kernel
        frozen weight [1] dense_1/bias""");
    assertThat(m.training().outputs().keySet()).containsExactly("y", Net.PENALTY);
    assertThat(m.training().updates().keySet())
        .containsExactly("batch_norm/moving_mean", "batch_norm/moving_variance");
    assertThat(m.inference().outputs().keySet()).containsExactly("y");
    assertThat(m.parameters().get("dense/kernel"))
        .isEqualTo(Tensor.of(Shape.of(2, 3), KERNEL));
    assertThat(m.predict(Tensor.matrix(new float[][] {{1f, 2f}}))).isEqualTo(Tensor.of(Shape.of(1, 1), PREDICTION));

    Path again = folder.resolve("again.burin");
    ModelFile.write(again, m);
    assertThat(again).hasSameBinaryContentAs(GOLDEN);
  }

  @Test
  void otherSectionsMayBeAdded() throws IOException {
    Path file = folder.resolve("checkpoint.burin");
    Map<String, byte[]> sections = ModelFile.sections(model());
    Map<String, Tensor> moments = Map.of("dense/kernel", Tensor.vector(1f, Float.NaN, -0f));
    TensorSections.put(sections, "adam/m", moments);
    sections.put("epoch", "12".getBytes(StandardCharsets.UTF_8));
    SectionFile.write(file, sections);

    assertSame(ModelFile.read(file), model());
    SectionFile read = SectionFile.read(file);
    assertThat(TensorSections.get(read, "adam/m")).isEqualTo(moments);
    assertThat(read.text("epoch")).isEqualTo("12");
    assertThatThrownBy(() -> read.text("step")).isInstanceOf(FileFormatException.class).hasMessage(file
        + ": expected a section 'step', found [model, graph/training, graph/inference, parameters/kinds, "
        + "parameters/index, parameters/data, adam/m/index, adam/m/data, epoch]");
  }

  @Test
  void truncationsAreNoticed() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += length < 150 ? 1 : 29) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ModelFile.read(file)).as("length %d", length).isInstanceOf(FileFormatException.class);
    }
  }

  @Test
  void changedBytesAreNoticed() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i += i < 150 ? 1 : 29) {
      bytes[i] ^= 0x10;
      Files.write(file, bytes);
      assertThatThrownBy(() -> ModelFile.read(file)).as("byte %d", i).isInstanceOf(FileFormatException.class);
      bytes[i] ^= 0x10;
    }
  }

  @Test
  void errorsSayWhatWasFoundAndWhatToDo() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);

    assertThatThrownBy(() -> readAs(file, "PK\3\4 and more".getBytes(StandardCharsets.ISO_8859_1))).hasMessage(file
        + ": this is not a file that Burin wrote: it should begin with the bytes 89 42 55 52 49 4e 0d 0a, "
        + "found 50 4b 03 04 20 61 6e 64");
    assertThatThrownBy(() -> readAs(file, new byte[0])).hasMessage(file
        + ": this is not a file that Burin wrote: it should begin with the bytes 89 42 55 52 49 4e 0d 0a, "
        + "found an empty file");
    assertThatThrownBy(() -> readAs(file, changed(bytes, 8, 2))).hasMessage(file
        + ": the file is in version 2 of the layout, this Burin reads up to 1; use a later Burin");
    assertThatThrownBy(() -> readAs(file, Arrays.copyOf(bytes, 100))).hasMessage(file
        + ": the file is cut off or damaged: section 'model' needs 86 bytes from position 37 on, the file "
        + "ends at 100; restore the file from a copy");
    assertThatThrownBy(() -> readAs(file, Arrays.copyOf(bytes, bytes.length + 3))).hasMessage(file
        + ": the file goes on for 3 bytes after its end; restore the file from a copy");
    assertThatThrownBy(() -> readAs(file, changed(bytes, 40, 'x'))).hasMessageStartingWith(file
        + ": section 'model' is damaged: expected the checksum ")
        .hasMessageEndingWith("; restore the file from a copy");
  }

  @Test
  void aParameterThatDoesNotFitItsGraphIsAnError() throws IOException {
    Path file = folder.resolve("model.burin");
    Map<String, byte[]> sections = ModelFile.sections(model());
    sections.computeIfPresent("parameters/index", (_, text) -> new String(text, StandardCharsets.UTF_8)
        .replace("[2,3] dense/kernel", "[3,2] dense/kernel").getBytes(StandardCharsets.UTF_8));
    SectionFile.write(file, sections);

    assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(FileFormatException.class).hasMessage(file
        + ": graphs and parameters do not fit: parameter 'dense/kernel' has shape [2,3] in graph 'tiny', its tensor "
        + "has [3,2]");
  }

  @Test
  void aGraphThatCannotBeParsedNamesSectionAndLine() throws IOException {
    Path file = folder.resolve("model.burin");
    Map<String, byte[]> sections = ModelFile.sections(model());
    sections.put("graph/inference", "graph \"tiny\" {\n  nonsense\n}\n".getBytes(StandardCharsets.UTF_8));
    SectionFile.write(file, sections);

    assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": section 'graph/inference': line 2 'nonsense': ");
  }

  private static byte[] changed(byte[] bytes, int position, int value) {
    byte[] copy = bytes.clone();
    copy[position] = (byte) value;
    return copy;
  }

  private static Model readAs(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return ModelFile.read(file);
  }
}
