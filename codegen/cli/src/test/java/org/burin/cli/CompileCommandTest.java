package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompileCommandTest {
  @TempDir private Path temp;
  private Path model;
  private Path out;

  @BeforeEach
  void writeModel() throws IOException {
    model = SignsModel.write(temp);
    out = temp.resolve("out");
  }

  @Test
  void writesTheFilesAndListsThem() {
    CommandLineRun run = CommandLineRun.of("compile", model, "--backend", "plan", "-O", "word=bye", "--out", out);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("create  bin/run.sh\ncreate  net.txt\n");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("net.txt")).content().isEqualTo("bye signs\n");
    assertThat(out.resolve("bin/run.sh")).isExecutable();
  }

  @Test
  void aDryRunListsAndWritesNothing() {
    CommandLineRun run = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out, "--dry-run");
    assertThat(run.out()).isEqualTo("create  bin/run.sh\ncreate  net.txt\n");
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(out).doesNotExist();
  }

  @Test
  void jsonTellsTheSame() {
    CommandLineRun run = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out, "--json");
    assertThat(run.out()).isEqualTo("{\"schema\": \"burin.compile/1\", \"model\": \"signs\", \"backend\": \"plan\", "
        + "\"arithmetic\": \"float\", \"out\": \"" + out + "\", \"dry_run\": false, \"files\": ["
        + "{\"path\": \"bin/run.sh\", \"action\": \"create\", \"bytes\": 10}, "
        + "{\"path\": \"net.txt\", \"action\": \"create\", \"bytes\": 12}]}\n");
  }

  @Test
  void filesThatTheUserChangedAreKeptUnlessForced() throws IOException {
    CommandLineRun.of("compile", model, "--backend", "plan", "--out", out);
    Files.writeString(out.resolve("net.txt"), "mine");
    CommandLineRun dry = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out, "--dry-run");
    assertThat(dry.out()).isEqualTo("keep    bin/run.sh\nrefuse  net.txt\n");
    assertThat(dry.code()).isEqualTo(ExitCode.BAD_INPUT);
    CommandLineRun run = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out);
    assertThat(run.err()).isEqualTo("burin compile: " + out
        + ": files that Burin did not write, or that were changed since, would be overwritten: net.txt"
        + "; choose another folder, or overwrite them with --force\n");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.resolve("net.txt")).content().isEqualTo("mine");
    CommandLineRun forced = CommandLineRun.of("compile", model, "--backend", "plan", "--out", out, "--force");
    assertThat(forced.out()).isEqualTo("keep    bin/run.sh\nreplace net.txt\n");
    assertThat(forced.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void whatTheBackendRefusesIsBadInput() {
    CommandLineRun run = CommandLineRun.of("compile", model, "--backend", "plan", "-O", "fault=refused", "--out", out);
    assertThat(run.err()).isEqualTo("""
        burin compile: backend 'plan' cannot translate 'signs':
          layer dense: MatMul: is too wide; make it narrower
        """);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out).doesNotExist();
  }

  @Test
  void anUnknownBackendOrOptionIsWrongUsageAndTheValidOnesAreNamed() {
    assertUsage("burin compile: no backend is called 'plam'; there is ", "--backend", "plam");
    assertUsage(
        """
        burin compile: options of backend 'plan':
          unknown option 'wrod'
          'fault' needs none|wrong|refused|tool-missing|cannot-run, found 'yes'
        valid options:
          word=a text (default hello): a word in the text
          fault=none|wrong|refused|tool-missing|cannot-run (default none)
        """,
        "--backend", "plan", "-O", "wrod=x", "-O", "fault=yes");
    assertUsage("burin compile: Error: Missing required argument (specify one of these): "
        + "(--backend=NAME | --target=TARGET)");
  }

  private void assertUsage(String message, String... options) {
    Object[] args = new Object[options.length + 4];
    args[0] = "compile";
    args[1] = model;
    args[2] = "--out";
    args[3] = out;
    System.arraycopy(options, 0, args, 4, options.length);
    CommandLineRun run = CommandLineRun.of(args);
    assertThat(run.err()).startsWith(message).endsWith("Try 'burin compile --help'.\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(out).doesNotExist();
  }

  @Test
  void helpBeginsWithExamplesAndListsBackendsWithTheirOptions() {
    assertThat(CommandLineRun.of("compile", "--help").out())
        .containsSubsequence("Examples:", "Usage: burin compile", "--backend", "--target", "fpga, asic, jvm",
            "Backends and their options:",
            "  plan, for [jvm]\n    -O word=a text (default hello): a word in the text\n");
  }
}
