package org.burin.codegen.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.burin.codegen.spi.ArtifactWriter.Action;
import org.burin.codegen.spi.ArtifactWriter.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactWriterTest {
  private static final Artifact FIRST =
      Artifact.builder().text("a.txt", "one\n").text("src/b.txt", "two\n").script("run.sh", "#!/bin/sh\n").build();
  private static final Artifact SECOND =
      Artifact.builder().text("a.txt", "changed\n").text("src/c.txt", "new\n").script("run.sh", "#!/bin/sh\n").build();

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void chooseFolder() {
    folder = temp.resolve("new/out");
  }

  @Test
  void writesTheTreeAndWhatItWrote() throws IOException {
    assertThat(ArtifactWriter.write(folder, FIRST, false))
        .containsExactly(
            new Change("a.txt", Action.CREATE),
            new Change("run.sh", Action.CREATE),
            new Change("src/b.txt", Action.CREATE));
    assertThat(folder.resolve("src/b.txt")).content().isEqualTo("two\n");
    assertThat(folder.resolve("run.sh")).isExecutable();
    assertThat(Files.isExecutable(folder.resolve("a.txt"))).isFalse();
    assertThat(folder.resolve(".burin-manifest")).content().isEqualTo("""
        2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  a.txt
        a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf  run.sh
        27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a  src/b.txt
        """);
    assertThat(list()).containsExactly(".burin-manifest", "a.txt", "run.sh", "src", "src/b.txt");
  }

  @Test
  void aPlanWritesNothing() throws IOException {
    assertThat(ArtifactWriter.plan(folder, FIRST)).extracting(Change::toString)
        .containsExactly("create  a.txt", "create  run.sh", "create  src/b.txt");
    assertThat(folder).doesNotExist();
  }

  @Test
  void theSecondRunReplacesKeepsAndDeletesItsOwnFiles() throws IOException {
    ArtifactWriter.write(folder, FIRST, false);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(ArtifactWriter.write(folder, SECOND, false))
        .containsExactly(
            new Change("a.txt", Action.REPLACE),
            new Change("run.sh", Action.KEEP),
            new Change("src/b.txt", Action.DELETE),
            new Change("src/c.txt", Action.CREATE));
    assertThat(list()).containsExactly(".burin-manifest", "a.txt", "notes.txt", "run.sh", "src", "src/c.txt");
    assertThat(folder.resolve("a.txt")).content().isEqualTo("changed\n");
    assertThat(ArtifactWriter.write(folder, SECOND, false)).extracting(Change::action).containsOnly(Action.KEEP);
  }

  @Test
  void filesOfOthersAreNotOverwrittenWithoutForce() throws IOException {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("a.txt"), "mine");
    Files.writeString(folder.resolve("src/b.txt"), "mine too");
    assertThat(ArtifactWriter.plan(folder, FIRST))
        .contains(new Change("a.txt", Action.REFUSE), new Change("src/b.txt", Action.REFUSE));
    assertRefused(FIRST, folder
        + ": files that Burin did not write, or that were changed since, would be overwritten: a.txt, src/b.txt"
        + "; choose another folder, or overwrite them with --force");
    assertThat(list()).containsExactly("a.txt", "src", "src/b.txt");
    assertThat(ArtifactWriter.write(folder, FIRST, true)).contains(new Change("a.txt", Action.REPLACE));
    assertThat(folder.resolve("a.txt")).content().isEqualTo("one\n");
  }

  @Test
  void aFileThatWasChangedSinceIsTheUsers() throws IOException {
    ArtifactWriter.write(folder, FIRST, false);
    Files.writeString(folder.resolve("a.txt"), "edited");
    Files.writeString(folder.resolve("src/b.txt"), "edited");
    assertRefused(SECOND, folder
        + ": files that Burin did not write, or that were changed since, would be overwritten: a.txt"
        + "; choose another folder, or overwrite them with --force");
    ArtifactWriter.write(folder, SECOND, true);
    assertThat(folder.resolve("src/b.txt")).as("generated no more, so not in the way").content().isEqualTo("edited");
  }

  @Test
  void aRunThatWasCutOffIsGoneOnWith() throws IOException {
    ArtifactWriter.write(folder, FIRST, false);
    Manifest.of(FIRST).and(Manifest.of(SECOND)).write(folder);
    Files.writeString(folder.resolve("a.txt"), "changed\n");
    assertThat(ArtifactWriter.write(folder, SECOND, false))
        .contains(new Change("a.txt", Action.KEEP), new Change("src/b.txt", Action.DELETE));
    assertThat(ArtifactWriter.write(folder, FIRST, false)).contains(new Change("a.txt", Action.REPLACE));
  }

  @Test
  void whatIsInTheWayIsNamed() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("src"), "a file");
    assertRefused(FIRST, folder.resolve("src") + ": is in the way of a folder; remove it or choose another folder");
    Files.delete(folder.resolve("src"));
    Files.createDirectory(folder.resolve("a.txt"));
    assertRefused(FIRST, folder.resolve("a.txt") + ": is in the way of a file; remove it or choose another folder");
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> ArtifactWriter.plan(file, FIRST))
        .withMessage(file + ": is a file; expected a folder, or a name that is free");
  }

  @Test
  void aDamagedManifestIsRefused() throws IOException {
    Files.createDirectories(folder);
    String hash = "0".repeat(64);
    Files.writeString(folder.resolve(".burin-manifest"), hash + "  a.txt\n" + hash + "  ../victim\n");
    assertRefused(FIRST, folder.resolve(".burin-manifest")
        + ": line 2: expected a SHA-256, two blanks and a path, found '" + hash + "  ../victim'; the file says "
        + "which files Burin wrote: restore it or choose another folder");
  }

  private void assertRefused(Artifact artifact, String message) {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> ArtifactWriter.write(folder, artifact, false))
        .withMessage(message);
  }

  private List<String> list() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.skip(1).map(p -> folder.relativize(p).toString().replace('\\', '/')).sorted().toList();
    }
  }
}
