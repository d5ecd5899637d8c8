package org.burin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void createsAndReplaces() throws IOException {
    Path file = folder.resolve("model.burin");
    AtomicFiles.writeString(file, "old");
    assertThat(file).hasContent("old");
    AtomicFiles.write(file, out -> out.write(new byte[] {1, 2, 3}));
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(names()).containsExactly("model.burin");
  }

  @Test
  void theOldContentStaysUntilTheNewIsComplete() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeString(file, "old");
    AtomicFiles.write(file, out -> {
      out.write(new byte[1 << 20]);
      out.flush();
      assertThat(file).hasContent("old");
      assertThat(names()).hasSize(2);
    });
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeString(file, "old");
    assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
      out.write(new byte[1 << 20]);
      throw new IOException("disk full");
    })).isInstanceOf(IOException.class).hasMessage("disk full");
    assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
      throw new IllegalStateException("bug");
    })).isInstanceOf(IllegalStateException.class).hasMessage("bug");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void whatAKilledProcessLeftIsDeleted() throws IOException {
    long living = ProcessHandle.current().pid();
    Files.writeString(folder.resolve(".a.txt.999999999999-1.tmp"), "half");
    Files.writeString(folder.resolve(".b.txt.999999999999-1.tmp"), "of another file");
    Files.writeString(folder.resolve(".a.txt." + living + "-0.tmp"), "being written");
    AtomicFiles.writeString(folder.resolve("a.txt"), "new");
    assertThat(names())
        .containsExactly(".a.txt." + living + "-0.tmp", ".b.txt.999999999999-1.tmp", "a.txt");
  }

  @Test
  void aSymbolicLinkStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
    AtomicFiles.writeString(link, "new");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(file).hasContent("new");
  }

  @Test
  void badTargets() {
    Path missing = folder.resolve("no").resolve("a.txt");
    assertThatThrownBy(() -> AtomicFiles.writeString(missing, ""))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing + ": the folder " + missing.getParent() + " does not exist; create it first");
    assertThatThrownBy(() -> AtomicFiles.writeString(folder, ""))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": is a folder; expected the name of a file");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
