package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.burin.data.Npy.Precision;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;
  private Path path;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  @BeforeEach
  void fill() {
    path = folder.resolve("a.npz");
    tensors.put("weights/w", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
    tensors.put("b", Tensor.zeros(Shape.of(50_000)));
    tensors.put("a", Tensor.scalar(-1));
  }

  @Test
  void whatIsWrittenIsReadBackInOrder() throws IOException {
    Npz.write(path, tensors);
    assertThat(Npz.names(path)).containsExactly("weights/w", "b", "a");
    assertThat(Npz.read(path)).containsExactlyEntriesOf(tensors);
    assertThat(Npz.read(path, "b", Precision.EXACT)).isEqualTo(tensors.get("b"));
    long stored = Files.size(path);
    Npz.writeCompressed(path, tensors);
    assertThat(Npz.read(path, Precision.ROUNDED)).containsExactlyEntriesOf(tensors);
    assertThat(Files.size(path)).isLessThan(stored / 10);
    assertThat(folder.toFile().list()).containsExactly("a.npz");
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Npz.writeCompressed(path, tensors);
    Npz.writeCompressed(folder.resolve("b.npz"), tensors);
    assertThat(path).hasSameBinaryContentAs(folder.resolve("b.npz"));
  }

  @Test
  void aMissingArray() throws IOException {
    Npz.write(path, tensors);
    assertThatThrownBy(() -> Npz.read(path, "c", Precision.EXACT))
        .isInstanceOf(DataException.class)
        .hasMessage(path + ": there is no array 'c'; the file has weights/w, b, a");
  }

  @Test
  void aBadMemberIsNamed() throws IOException {
    try (OutputStream out = Files.newOutputStream(path); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("notes.txt"));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write("text".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(Npz.names(path)).containsExactly("x");
    assertThatThrownBy(() -> Npz.read(path))
        .isInstanceOf(DataException.class)
        .hasMessage(path + "(x): is not an NPY file; expected it to start with \\x93NUMPY, as numpy.save writes");
  }

  @Test
  void truncatedAndMissingFiles() throws IOException {
    Npz.write(path, tensors);
    byte[] whole = Files.readAllBytes(path);
    for (int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npz.read(path))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(path + ": is not a whole NPZ file: ")
          .hasMessageEndingWith("; copy or write it again");
    }
    Path missing = folder.resolve("missing.npz");
    assertThatThrownBy(() -> Npz.names(missing))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": there is no such file");
  }
}
