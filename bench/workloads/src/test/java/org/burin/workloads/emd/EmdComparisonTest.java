package org.burin.workloads.emd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.burin.workloads.econ.EventGenerator;
import org.junit.jupiter.api.Test;

final class EmdComparisonTest {
  @Test
  void printsAccuracyAndTimeOfEveryNetworkAndOfTheExactSolver() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    EmdComparison.print(out, Map.of("shipped", EmdNetwork.shipped()), new EventGenerator(9).events(0, 100), 300);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).contains("rel.mean", "rel.dev", "corr", "cosine", "self");
    assertThat(lines.get(1)).matches("shipped +different +-?0\\.0\\d+ +0\\.0\\d+ +0\\.9\\d+ +0\\.9\\d+ +0\\.0");
    assertThat(lines.get(2)).matches("shipped +reconstructed +-?0\\.0\\d+ +0\\.0\\d+ +0\\.9\\d+ +0\\.\\d+ +0\\.0");
    assertThat(lines.get(5)).matches("shipped +[\\d.]+ \\([\\d.]+, [\\d.]+\\)");
    assertThat(lines.get(6)).matches("exact solver +[\\d.]+ \\([\\d.]+, [\\d.]+\\)");
  }
}
