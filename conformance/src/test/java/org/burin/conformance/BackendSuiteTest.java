package org.burin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The suite itself: a backend that is right passes, one that is wrong in one place does not.
final class BackendSuiteTest {
  @TempDir private Path failures;

  @Test
  void aRightBackendPasses() {
    MirrorSuite suite = new MirrorSuite("", failures);
    assertThat(suite.operations()).hasSize(OpCase.values().length).allSatisfy(test -> test.getExecutable().execute());
    assertThat(suite.networks()).hasSize(3).allSatisfy(test -> test.getExecutable().execute());
    assertThat(failures).isEmptyDirectory();
  }

  @Test
  void aWrongOperationFailsItsTestOnlyAndIsFoundInsideOfTheGraph() {
    MirrorSuite suite = new MirrorSuite("MatMul", failures);
    DynamicTest test = suite.operations().filter(t -> t.getDisplayName().equals("MatMul")).findFirst().orElseThrow();
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> test.getExecutable().execute())
        .withMessageContaining("mat_mul-0: sample 0, %")
        .withMessageContaining("[0] (MatMul) of layer case, ")
        .withMessageEndingWith(failures.resolve("mirror-mat_mul-0/run.sh") + " repeats it");
    assertThat(suite.operations().filter(t -> t.getDisplayName().equals("Add")))
        .allSatisfy(t -> t.getExecutable().execute());
  }

  @Test
  void theFolderOfAFailureRepeatsIt() throws IOException, InterruptedException {
    MirrorSuite suite = new MirrorSuite("Negate", failures);
    DynamicTest test = suite.operations().filter(t -> t.getDisplayName().equals("Negate")).findFirst().orElseThrow();
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> test.getExecutable().execute());
    Path folder = failures.resolve("mirror-negate-0");
    assertThat(folder.resolve("program.txt")).content().contains("neg %0");
    assertThat(folder.resolve("generated/wrong.txt")).content().isEqualTo("Negate");
    assertThat(folder.resolve("difference.txt")).content().contains("(Negate) of layer case", "input x0: ");
    Process run = new ProcessBuilder(folder.resolve("run.sh").toString()).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("(Negate) of layer case");
    assertThat(run.exitValue()).isEqualTo(1);
  }
}
