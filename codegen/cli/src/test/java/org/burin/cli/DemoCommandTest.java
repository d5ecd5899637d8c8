package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
  @TempDir private Path temp;

  @Test
  void writesTheReportAndPrintsTheResults() {
    Path out = temp.resolve("out");
    CommandLineRun run = CommandLineRun.of("demo", "--out", out, "--seed", 5, "--fast", "--threads", 3);
    assertThat(run.err()).isEqualTo("burin demo: asked for seed 5\n");
    assertThat(run.out()).isEqualTo("threads   3\nverified  true\nreport    " + out.resolve("report.html") + "\n");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("report.html")).content().isEqualTo("Optional.empty true\n");
  }

  @Test
  void aSecondRunReplacesTheFirst() {
    CommandLineRun.of("demo", "--out", temp.resolve("out"));
    CommandLineRun run =
        CommandLineRun.of("demo", "--out", temp.resolve("out"), "--data", "mine.csv", "--json", "--threads", 1);
    assertThat(run.out()).isEqualTo("{\"schema\": \"burin.demo/1\", \"threads\": 1, \"verified\": true, \"report\": \""
        + temp.resolve("out/report.html") + "\"}\n");
    assertThat(temp.resolve("out/report.html")).content().isEqualTo("Optional[mine.csv] false\n");
  }

  @Test
  void whatDoesNotHoldIsAFailedCheck() {
    CommandLineRun run = CommandLineRun.of("demo", "--out", temp.resolve("out"), "--seed", 13);
    assertThat(run.code()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(temp.resolve("out/report.html")).exists();
  }

  @Test
  void filesOfOthersAreRefusedBeforeAnythingRuns() throws IOException {
    Path mine = Files.createDirectories(temp.resolve("out/sub")).resolve("mine.txt");
    Files.writeString(mine, "mine");
    CommandLineRun run = CommandLineRun.of("demo", "--out", temp.resolve("out"));
    assertThat(run.err()).isEqualTo("burin demo: " + temp.resolve("out")
        + ": the folder holds files that Burin did not write, or that were changed since: sub/mine.txt"
        + "; name another with --out, or write to it all the same with --force\n");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(CommandLineRun.of("demo", "--out", temp.resolve("out"), "--force").code()).isEqualTo(ExitCode.OK);
    assertThat(mine).content().isEqualTo("mine");
  }

  @Test
  void aFileIsNoFolder() {
    CommandLineRun.of("demo", "--out", temp.resolve("out"));
    CommandLineRun run = CommandLineRun.of("demo", "--out", temp.resolve("out/report.html"));
    assertThat(run.err())
        .isEqualTo("burin demo: " + temp.resolve("out/report.html") + ": is a file; name a folder with --out\n");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    CommandLineRun wrong = CommandLineRun.of("demo", "--threads", 0);
    assertThat(wrong.err()).startsWith("burin demo: --threads needs 1 or more, found 0\n");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
  }
}
