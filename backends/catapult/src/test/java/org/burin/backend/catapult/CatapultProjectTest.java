package org.burin.backend.catapult;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.tool.Tool;
import org.burin.conformance.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user does with a project: build it, run it, look at its files.
final class CatapultProjectTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  private Artifact write(Networks network, String... settings) throws IOException {
    Artifact project = Emitter.of(new CatapultBackend(), List.of(settings)).emit(network.program());
    ArtifactWriter.write(folder, project, false);
    return project;
  }

  private Tool.Result make(String standard) {
    return Tool.find("make", "apt install make").runToAnyEnd(folder, LIMIT, "-s", "STD=" + standard, "CXXFLAGS=-O0 -Werror");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c++14", "c++17"})
  void theTestBenchBuildsWithoutWarningsAndPasses(String standard) throws IOException {
    write(Networks.JETS_LEARNED);
    assertThat(make(standard)).isEqualTo(new Tool.Result(0, "16 samples, no difference\n", ""));
  }

  @Test
  void theTestBenchFailsAtTheFirstDifference() throws IOException {
    write(Networks.ENCODER, "strategy=reconfigurable");
    assertThat(make("c++14").exitCode()).isZero();
    Path outputs = folder.resolve("tb_data/outputs.dat");
    List<String> lines = Files.readAllLines(outputs);
    lines.set(2, lines.get(2).replaceFirst("^\\d+", "511"));
    lines.set(3, "");
    Files.write(outputs, lines);
    Tool.Result result = make("c++14");
    assertThat(result.out()).startsWith("sample 2, ").contains("[0]: expected raw 511, found ");
    assertThat(result.exitCode()).isNotZero();
  }

  @Test
  void clangTidyFindsNoBugs() throws IOException {
    String top = write(Networks.ENCODER).files().keySet().stream()
        .filter(f -> f.matches("firmware/[^/]*\\.cpp")).findFirst().orElseThrow();
    Tool.Result result = Tool.find("clang-tidy", "apt install clang-tidy").run(folder, LIMIT, "--quiet",
        "--checks=-*,bugprone-*", "--warnings-as-errors=*", "--header-filter=.*", top, "--", "-std=c++14",
        "-Wno-unknown-pragmas", "-Ifirmware/ac_types", "-Ifirmware/kernels");
    assertThat(result.out()).doesNotContain("warning:");
  }
}
