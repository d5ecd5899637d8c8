package org.burin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Result;

/// What a comparison with the peers gave.
///
/// @param quick whether it was too short for its numbers to mean much
/// @param machine facts about machine and software, by name, in order
/// @param gemm matrix products against OpenBLAS, thread CPU time
/// @param steps training steps against PyTorch, one thread each
/// @param threads training steps with two threads against one
/// @param startMillis milliseconds from calling `./burin --version` to its end
/// @param inference generated classes against ONNX Runtime and gcc
record PeerReport(
    boolean quick,
    Map<String, String> machine,
    Map<GemmShape, Result> gemm,
    List<StepRow> steps,
    List<StepRow> threads,
    Quantiles startMillis,
    InferenceReport inference) {
  /// One training step in two ways.
  ///
  /// @param net the network
  /// @param peer what it was compared with
  /// @param results by clock
  record StepRow(BenchmarkNet net, String peer, Map<Clock, Result> results) {
    Result on(Clock clock) {
      Result r = results.get(clock);
      if (r == null) {
        throw new IllegalArgumentException(net + " against " + peer + " has no result on clock " + clock);
      }
      return r;
    }
  }

  /// A goal of the project and what came of it.
  ///
  /// @param what what was to be reached
  /// @param found what was measured
  /// @param met whether that is enough
  record Goal(String what, String found, boolean met) {}

  /// The geometric mean of the medians of the ratios of all products.
  double gemmMean() {
    double logs = gemm.values().stream().mapToDouble(r -> StrictMath.log(r.ratio().median())).sum();
    return StrictMath.exp(logs / gemm.size());
  }

  /// The product with the lowest median of the ratios.
  GemmShape gemmWorst() {
    return gemm.entrySet().stream()
        .min((a, b) -> Double.compare(a.getValue().ratio().median(), b.getValue().ratio().median()))
        .orElseThrow(() -> new IllegalStateException("no product was measured"))
        .getKey();
  }

  /// All goals, in order.
  List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    goals.add(atLeast(1.0, "SGEMM, geometric mean of all shapes, against OpenBLAS", gemmMean(), ""));
    GemmShape worst = gemmWorst();
    double lowest = gemm.entrySet().stream()
        .filter(e -> e.getKey().equals(worst))
        .mapToDouble(e -> e.getValue().ratio().median())
        .sum();
    goals.add(atLeast(0.85, "SGEMM, worst shape, against OpenBLAS", lowest, " at " + worst));
    for (StepRow row : steps) {
      double target = row.net() == BenchmarkNet.JETS ? 2.5 : 1.3;
      goals.add(atLeast(target, "training step, " + row.net().title() + ", against " + row.peer(),
          row.on(Clock.THREAD_CPU).ratio().median(), ""));
    }
    for (StepRow row : threads.stream().filter(r -> r.net() == BenchmarkNet.JETS).toList()) {
      double gain = row.on(Clock.WALL).ratio().median();
      goals.add(new Goal("training step, " + row.net().title() + ", two threads gain over one (wall time)",
          times(gain), gain > 1));
    }
    double start = startMillis.median();
    goals.add(new Goal("`./burin --version` in less than 500 ms",
        String.format(Locale.ROOT, "%.0f ms", start), start < 500));
    goals.addAll(inference.goals());
    return goals;
  }

  private static Goal atLeast(double target, String what, double found, String where) {
    return new Goal(what + ": at least " + times(target), times(found) + where, found >= target);
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2fx", ratio);
  }
}
