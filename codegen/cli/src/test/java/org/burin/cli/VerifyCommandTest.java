package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandTest {
  @TempDir private Path temp;
  private Path model;
  private Path keep;

  @BeforeEach
  void writeModel() throws IOException {
    model = SignsModel.write(temp);
    keep = temp.resolve("failure");
  }

  @Test
  void aRightBackendHasNoMismatch() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "--vectors", 3000, "--seed", 7, "--keep", keep);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("""
        model signs in float, seed 7, 6 directed and 2994 random vectors
        stage  vectors  mismatches  result
        plan      3000           0  ok
        """);
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(keep).doesNotExist();
  }

  @Test
  void aDifferenceIsPrintedAndKept() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "-O", "fault=wrong", "--vectors", 2000, "--keep", keep);
    assertThat(run.out()).startsWith("""
        model signs in float, seed 1, 6 directed and 1994 random vectors
        stage  vectors  mismatches  result
        plan      2000           2  DIFFERS
        plan: first difference: sample 2, output y[1] (Binary) of layer dense_1, f32: expected \
        """);
    assertThat(run.err()).isEqualTo("burin verify: " + keep.resolve("run.sh") + " repeats the difference\n");
    assertThat(run.code()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(keep.resolve("model.burin")).hasSameBinaryContentAs(model);
    assertThat(keep.resolve("generated/net.txt")).content().isEqualTo("hello signs\n");
    assertThat(keep.resolve("difference.txt")).content()
        .startsWith("sample 2, output y[1]").endsWith("input x: 1065353216 1065353216\n");
    assertThat(keep.resolve("run.sh")).isExecutable().content().contains("exec \"${BURIN:-burin}\" verify model.burin "
        + "--backend plan -O fault=wrong --arithmetic float --seed 1 --vectors 3 --keep again\n");
  }

  @Test
  void jsonHoldsTheMatrixAndTheFirstDifference() {
    CommandLineRun run = CommandLineRun.of(
        "verify", model, "--backend", "plan", "-O", "fault=wrong", "--vectors", 10, "--keep", keep, "--json");
    assertThat(run.out())
        .startsWith("{\"schema\": \"burin.verify/1\", \"model\": \"signs\", \"arithmetic\": \"float\", \"seed\": 1, "
            + "\"vectors\": 10, \"directed\": 6, "
            + "\"stages\": [{\"stage\": \"plan\", \"vectors\": 10, \"mismatches\": 1, "
            + "\"holds\": false, \"first\": {\"sample\": 2, \"value\": \"output y\", \"op\": \"Binary\", "
            + "\"layer\": \"dense_1\", \"type\": \"f32\", \"element\": 1, \"expected\": ")
        .endsWith("}]}\n");
  }

  @Test
  void aMissingToolIsNamedAndHasItsOwnExitCode() {
    CommandLineRun run = CommandLineRun.of("verify", model, "--backend", "plan", "-O", "fault=tool-missing");
    assertThat(run.err())
        .isEqualTo("burin verify: plan++: not found on the PATH; install it (apt install plan++)\n");
    assertThat(run.code()).isEqualTo(ExitCode.TOOL_FAILED);
  }

  @Test
  void aBackendThatCannotRunHereDoesNotPassForVerified() {
    CommandLineRun run = CommandLineRun.of("verify", model, "--backend", "plan", "-O", "fault=cannot-run");
    assertThat(run.err()).isEqualTo("burin verify: backend 'plan' cannot run float programs on this machine\n");
    assertThat(run.code()).isEqualTo(ExitCode.TOOL_FAILED);
  }

  @Test
  void noVectorsAreWrongUsage() {
    CommandLineRun run = CommandLineRun.of("verify", model, "--backend", "plan", "--vectors", 0);
    assertThat(run.err()).startsWith("burin verify: --vectors needs 1 or more, found 0\n");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }
}
