package org.burin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Result;
import org.burin.bench.PeerReport.Goal;
import org.burin.bench.PeerReport.StepRow;
import org.junit.jupiter.api.Test;

class PeerPageTest {
  private static final InferenceReport INFERENCE = new InferenceReport(
      List.of(new InferenceReport.Row(InferenceNet.JETS_DENSE, InferenceReport.Way.BACK_TO_BACK, InferenceReport.GCC,
              100, result(60, 30)),
          new InferenceReport.Row(InferenceNet.ECON, InferenceReport.Way.BATCH, InferenceReport.ONNX, 1000,
              result(100, 119))),
      Map.of(InferenceNet.ECON, Quantiles.of(61)), Map.of(InferenceNet.ECON, 0.0));

  private static Result result(double burin, double peer) {
    return Result.of(new double[] {burin}, new double[] {peer});
  }

  private static StepRow row(BenchmarkNet net, String peer, double burinMicros, double peerMicros) {
    Map<Clock, Result> results = new EnumMap<>(Clock.class);
    for (Clock clock : Clock.values()) {
      results.put(clock, result(burinMicros, peerMicros));
    }
    return new StepRow(net, peer, results);
  }

  private static PeerReport report(boolean quick, double start) {
    Map<GemmShape, Result> gemm = new LinkedHashMap<>();
    gemm.put(new GemmShape(10, 10, 10), result(2, 8));
    gemm.put(new GemmShape(1, 5, 2), result(20, 5));
    return new PeerReport(quick, new LinkedHashMap<>(Map.of("Processor", "a \"fast\" one")), gemm,
        List.of(row(BenchmarkNet.JETS, "PyTorch", 1000, 2500), row(BenchmarkNet.CNN, "PyTorch", 1000, 1290)),
        List.of(row(BenchmarkNet.JETS, "Burin, 1 thread", 500, 500)), Quantiles.of(start), INFERENCE);
  }

  @Test
  void goalsAreMetOrNot() {
    assertThat(report(false, 499).goals()).containsExactly(
        new Goal("SGEMM, geometric mean of all shapes, against OpenBLAS: at least 1.00x", "1.00x", true),
        new Goal("SGEMM, worst shape, against OpenBLAS: at least 0.85x", "0.25x at 1x5x2", false),
        new Goal("training step, jets MLP, against PyTorch: at least 2.50x", "2.50x", true),
        new Goal("training step, CNN, against PyTorch: at least 1.30x", "1.29x", false),
        new Goal("training step, jets MLP, two threads gain over one (wall time)", "1.00x", false),
        new Goal("`./burin --version` in less than 500 ms", "499 ms", true),
        new Goal("inference, jets MLP, 6 bits, one by one, against gcc -O3: at least 0.45x", "0.50x", true),
        new Goal("inference, ECON-T encoder, 6 bits, batch of 1,000, against ONNX Runtime: at least 1.20x", "1.19x",
            false),
        new Goal("inference, ECON-T encoder, 6 bits, class load to first result in less than 60 ms", "61 ms", false),
        new Goal("inference, ECON-T encoder, 6 bits, allocates nothing", "0.0 bytes", true));
  }

  @Test
  void pageShowsGoalsAndTables() {
    assertThat(PeerPage.markdown(report(false, 600)))
        .contains("| training step, CNN, against PyTorch: at least 1.30x | 1.29x | **not met** |")
        .contains("| `./burin --version` in less than 500 ms | 600 ms | **not met** |")
        .contains("| 10x10x10 | 2.000 | 8.000 | 1.0 | 0.3 | 4.00 (4.00-4.00) |")
        .contains("| jets MLP | 1024 | PyTorch | 1000 | 2500 | 1024000 | 409600 | 2.50 (2.50-2.50) |")
        .contains("Geometric mean of the ratios 1.00; the lowest is that of 1x5x2.")
        .contains("| jets MLP, 6 bits | one by one | gcc -O3 | 600 | 300 | 0.50 (0.50-0.50) |")
        .contains("| ECON-T encoder, 6 bits | 61.0 (61.0-61.0) | 0.0 |")
        .doesNotContain("quick run:");
  }

  @Test
  void quickRunSaysSo() {
    assertThat(PeerPage.markdown(report(true, 1))).contains("**A quick run:");
    assertThat(PeerPage.json(report(true, 1))).contains("\"quick\": true");
  }

  @Test
  void jsonHoldsTheNumbers() {
    assertThat(PeerPage.json(report(false, 250)))
        .contains("\"Processor\": \"a \\\"fast\\\" one\"")
        .contains("{\"shape\": \"1x5x2\", \"burinMicros\": {\"low\": 20.0000, \"median\": 20.0000, \"high\": 20.0000}")
        .contains("\"startMillis\": {\"low\": 250.000, \"median\": 250.000, \"high\": 250.000}")
        .contains("\"against\": \"gcc -O3\", \"burinNanos\": 600.000, \"peerNanos\": 300.000");
  }
}
