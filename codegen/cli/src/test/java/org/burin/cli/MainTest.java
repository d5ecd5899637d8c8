package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What every command line has in common: help, version, complaints about wrong usage.
final class MainTest {
  @Test
  void versionNamesTheProgramTheJdkTheMachineAndTheKernels() {
    CommandLineRun run = CommandLineRun.of("--version");
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("burin \\d+\\.\\d+\\.\\d+\\S* \\(commit \\S+\\)"),
            line -> assertThat(line).startsWith("JDK 25"),
            line -> assertThat(line).endsWith(" processors"),
            line -> assertThat(line).matches("kernels (scalar|vector-\\d+)"));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theShortOptionPrintsTheSame() {
    assertThat(CommandLineRun.of("-V").out()).isEqualTo(CommandLineRun.of("--version").out());
  }

  @Test
  void helpBeginsWithExamplesAndEndsWithTheExitCodes() {
    CommandLineRun run = CommandLineRun.of("--help");
    assertThat(run.out())
        .containsSubsequence(
            "Examples:", "burin train jets", "Usage: burin", "Commands:", "train", "Exit codes:", "0   success", "bad input");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void anUnknownOptionIsWrongUsageAndNamesTheNearestOne() {
    CommandLineRun run = CommandLineRun.of("--verison");
    assertThat(run.err().lines())
        .containsExactly(
            "burin: Unknown option: '--verison'", "Possible solutions: --version", "Try 'burin --help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.err().lines()).containsExactly("burin: which command?", "Try 'burin --help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aCompletionScriptKnowsCommandsAndTheirOptions() {
    CommandLineRun run = CommandLineRun.of("generate-completion");
    assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("predict", "--dry-run", "--vectors");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void helpOfEveryCommandBeginsWithExamples() {
    for (String command : List.of("compile", "verify", "predict", "report")) {
      assertThat(CommandLineRun.of(command, "--help").out()).startsWith("Examples:\n  burin " + command + " ");
    }
  }
}
