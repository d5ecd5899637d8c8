package org.burin.codegen.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactTest {
  @Test
  void filesAreSortedByPathHoweverTheyWereAdded() {
    Artifact artifact = Artifact.builder()
        .text("src/Net.java", "class Net {}\n")
        .script("run.sh", "#!/bin/sh\n")
        .bytes("data/weights.bin", new byte[] {1, 2})
        .build();
    assertThat(artifact).hasToString("""
        data/weights.bin  2 bytes
        run.sh  10 bytes, executable
        src/Net.java  13 bytes
        """);
    assertThat(artifact.file("src/Net.java").text()).isEqualTo("class Net {}\n");
  }

  @Test
  void treesOfTheSameContentAreEqual() {
    Artifact one = Artifact.builder().text("a", "1").text("b", "2").build();
    assertThat(one).isEqualTo(Artifact.builder().text("b", "2").text("a", "1").build()).hasSameHashCodeAs(
        Artifact.builder().text("b", "2").text("a", "1").build());
    assertThat(one).isNotEqualTo(Artifact.builder().text("b", "2").script("a", "1").build());
  }

  @Test
  void aTreeCanBeAFolderOfAnother() {
    Artifact part = Artifact.builder().text("Net.java", "").build();
    assertThat(Artifact.builder().addAll("java", part).addAll("", part).build().files().keySet())
        .containsExactly("Net.java", "java/Net.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "/etc/passwd", "a//b", "a/", "./a", "a/../b", "..", "c:a", "a\\b", "a\nb", ".burin-manifest"
  })
  void pathsThatLeaveTheTreeOrDoNotExistEverywhereAreRefused(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.builder().text(path, ""))
        .withMessage("expected a relative path such as 'src/Net.java', found '" + path + "'");
  }

  @Test
  void pathsMayBeginWithADot() {
    assertThat(Artifact.builder().text(".github/..a/...", "").build().files()).containsOnlyKeys(".github/..a/...");
  }

  @Test
  void aPathIsUsedOnceInOneSpellingAsAFileOrAFolder() {
    assertClash("src/Net.java", "src/Net.java", "src/Net.java");
    assertClash("src/net.java", "src/Net.java", "src/Net.java");
    assertClash("Src/Other.java", "src/Net.java", "src");
    assertClash("src/Net.java/part", "src/Net.java", "src/Net.java");
    assertClash("src", "src/Net.java", "src");
  }

  private static void assertClash(String path, String present, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.builder().text(present, "").text(path, ""))
        .withMessage("'" + path + "' cannot be in the same tree as '" + named
            + "': a path can be used once, as a file or as a folder, and not in two spellings");
  }

  @Test
  void aMissingFileIsRefusedWithThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.builder().text("a", "").text("b", "").build().file("c"))
        .withMessage("there is no file 'c'; there are [a, b]");
  }
}
