package org.burin.codegen.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.burin.codegen.spi.ToolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "uses a shell")
final class ToolTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void bothOutputsAndTheExitCodeAreKept() {
    Tool.Result result = sh().runToAnyEnd(folder, MINUTE, "-c", "echo out; echo err >&2; exit 3");
    assertThat(result).isEqualTo(new Tool.Result(3, "out\n", "err\n"));
  }

  @Test
  void aLargeOutputDoesNotBlockTheProgram() {
    Tool.Result result = sh().run(folder, MINUTE, "-c", "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2");
    assertThat(result.out()).hasSize(1 << 20);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aProgramReadsAnEmptyInput() {
    assertThat(sh().run(folder, MINUTE, "-c", "cat; echo end").out()).isEqualTo("end\n");
  }

  @Test
  void aFailureSaysHowTheProgramWasCalledAndWhatItSaid() {
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> sh().run(folder, MINUTE, "-c", "echo one; echo two >&2; exit 9"))
        .withMessage("sh -c echo one; echo two >&2; exit 9 failed with exit code 9 in " + folder + ":\n  one\n  two");
  }

  @Test
  void aProgramThatTakesTooLongIsKilledWithWhatItStarted() throws IOException {
    Path alive = folder.resolve("alive");
    String script = "echo begin; sleep 600 & echo $! > alive; wait";
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> sh().run(folder, Duration.ofMillis(300), "-c", script))
        .withMessageStartingWith("sh -c " + script + " did not end within 300 ms in " + folder);
    long child = Long.parseLong(Files.readString(alive).strip());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive).map(ProcessHandle::onExit)
        .map(exit -> exit.orTimeout(60, TimeUnit.SECONDS).join()))
        .satisfies(ended -> assertThat(ended.map(ProcessHandle::isAlive).orElse(false)).isFalse());
  }

  @Test
  void aMissingProgramIsNamedWithHowToGetIt() {
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> Tool.find("no-such-program", "apt install no-such-program"))
        .withMessage("no-such-program: not found on the PATH; install it (apt install no-such-program)");
  }

  @Test
  void aScratchFolderIsGoneWithAllThatIsInIt() throws IOException {
    Path kept;
    try (Scratch scratch = Scratch.create()) {
      kept = scratch.folder();
      Files.writeString(scratch.folder("inner").resolve("file"), "text");
    }
    assertThat(kept).doesNotExist();
  }

  private static Tool sh() {
    return Tool.find("sh", "apt install dash");
  }
}
