package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// What every command line has in common: help, version, complaints about wrong usage.
final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void versionNamesTheProgramTheJdkAndTheMachine() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("burin \\d+\\.\\d+\\.\\d+\\S* \\(commit \\S+\\)"),
            line -> assertThat(line).startsWith("JDK 25"),
            line -> assertThat(line).endsWith(" processors"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpBeginsWithExamplesAndEndsWithTheExitCodes() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsSubsequence("Examples:", "burin --version", "Usage: burin", "Exit codes:", "0   success", "bad input");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownOptionIsWrongUsageAndNamesTheNearestOne() {
    assertThat(run("--verison")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "burin: Unknown option: '--verison'", "Possible solutions: --version", "Try 'burin --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).containsExactly("burin: which command?", "Try 'burin --help'.");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
