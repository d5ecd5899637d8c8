package org.burin.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Result;
import org.burin.bench.PeerReport.Goal;
import org.burin.bench.PeerReport.StepRow;

/// Writes a [PeerReport] down: as the page `docs/benchmarks.md`, and as JSON.
final class PeerPage {
  private static final String HEAD = """
      # Benchmarks

      Burin side by side with native libraries, on one machine, in one process. This page is written by

      ```
      mvn -P peers -pl bench/jmh -am
      ```

      from the root of the repository (Linux on x86-64; Maven may run on JDK 17, a JDK 25 must be installed). It
      downloads OpenBLAS, PyTorch and ONNX Runtime from Maven Central, about 165 MB, builds Burin without running its
      tests, measures for a few minutes on an otherwise idle machine, and rewrites this page and
      [benchmarks.json](benchmarks.json). It needs gcc. With `-Dpeers.quick=true -Dpeers.out=FOLDER` (absolute) it only
      shows that everything works; with `-Dpeers.only=inference` it measures generated classes alone and prints the
      section about them. The libraries belong to this profile alone.

      Benchmarks of single kernels and training steps, without peers, run under JMH, whose options go into `jmh.args`:

      ```
      mvn -P jmh -pl bench/jmh -am -Djmh.args="GemmBenchmark -p shape=64x64x64"
      ```
      """;

  private static final String METHOD = """

      ## Method

      - **Rounds.** The two sides run in turns in one JVM, the order changing from round to round. A round runs each
        side for a fixed CPU time, at least once. What slows the machine for a while slows both sides of a round.
      - **Ratio.** The peer's time divided by Burin's within a round: above 1, Burin is faster. Tables give the median
        over all rounds and, in brackets, the 10 % and 90 % quantiles; a median of ratios is not the ratio of the
        medians.
      - **Clock.** CPU time of the calling thread, so that other processes count little; with two threads, elapsed
        time and the CPU time of the whole process.
      - **Warm-up.** Both sides run before the first round, the training steps for 6 s of CPU time each (with two
        threads 4 s). All matrix products run before the first is measured.
      - **Same work.** Both sides get the same numbers. Products are compared element by element; networks start from
        the same weights and must show the same loss in five steps to 0.1 %, or nothing is measured.
      - **Environment.** `OPENBLAS_NUM_THREADS=1` and `OMP_WAIT_POLICY=PASSIVE` are set, every other variable by which
        a native library is tuned is removed.
      - **In the peers' favour**: PyTorch is called through its C++ front end, without Python's overhead; OpenBLAS
        works on native memory. **Against them**: every call goes through JNI, which the small products 1x64x16 and
        64x8x9 notice; PyTorch runs eagerly, without a compiler, and the Adam of its C++ front end is not fused.

      Not measured here: HotSpot now and then compiles code on the Vector API badly for the life of a JVM, which `KernelGuard`
      looks for during training. `bench/jmh/src/main/scripts/fresh-jvms.sh 30 --epochs 4 --threads 1` trains in 30 fresh JVMs
      and counts those in which it had to act. On two cores of an AMD EPYC that other programs kept busy these were none,
      and none of three with `--quantize learned`.
      """;

  private PeerPage() {}

  static String markdown(PeerReport report) {
    StringBuilder page = new StringBuilder(HEAD);
    if (report.quick()) {
      page.append("\n**A quick run: these numbers show that the comparison works, and nothing else.**\n");
    }
    page.append("\n## Goals\n\n| Goal | Measured | |\n|---|---|---|\n");
    for (Goal goal : report.goals()) {
      page.append("| ").append(goal.what()).append(" | ").append(goal.found()).append(" | ")
          .append(goal.met() ? "met" : "**not met**").append(" |\n");
    }
    page.append("\n## Machine\n\n| | |\n|---|---|\n");
    report.machine().forEach((key, text) -> page.append(String.format(Locale.ROOT, "| %s | %s |\n", key, text)));
    page.append(METHOD);
    gemm(page, report);
    steps(page, report);
    threads(page, report);
    Quantiles start = report.startMillis();
    page.append(String.format(Locale.ROOT, """

        ## Start-up

        `./burin --version`, built, elapsed time: %.0f ms (%.0f-%.0f).
        """, start.median(), start.low(), start.high()));
    return page.append(InferencePage.markdown(report.inference())).toString();
  }

  private static void gemm(StringBuilder page, PeerReport report) {
    page.append("""

        ## SGEMM

        `C [m,n] = A [m,k] · B [k,n]`, row-major, float32, one thread, against OpenBLAS.

        | m x n x k | Burin, us | OpenBLAS, us | Burin, GFLOP/s | OpenBLAS, GFLOP/s | Ratio |
        |---|---|---|---|---|---|
        """);
    report.gemm().forEach((shape, r) -> page.append(String.format(Locale.ROOT,
        "| %s | %s | %s | %.1f | %.1f | %s |\n", shape,
        micros(r.burin().median()), micros(r.peer().median()),
        gigaflops(shape, r.burin()), gigaflops(shape, r.peer()), ratio(r))));
    page.append(String.format(Locale.ROOT, "\nGeometric mean of the ratios %.2f; the lowest is that of %s.\n",
        report.gemmMean(), report.gemmWorst()));
  }

  private static void steps(StringBuilder page, PeerReport report) {
    page.append("""

        ## Training step

        Forward, backward and Adam on one batch, one thread, against PyTorch. Its images and kernels lie in memory in
        its default order, NCHW, and once more with channels last, which suits the convolutions of some processors
        better.

        | Network | Batch | Peer | Burin, us | Peer, us | Burin, samples/s | Peer, samples/s | Ratio |
        |---|---|---|---|---|---|---|---|
        """);
    for (StepRow row : report.steps()) {
      Result r = row.on(Clock.THREAD_CPU);
      page.append(String.format(Locale.ROOT, "| %s | %d | %s | %s | %s | %.0f | %.0f | %s |\n",
          row.net().title(), row.net().batch(), row.peer(),
          micros(r.burin().median()), micros(r.peer().median()),
          perSecond(row, r.burin()), perSecond(row, r.peer()), ratio(r)));
    }
    page.append("""

        - jets MLP: dense 16-64-32-32-5, ReLU, cross-entropy.
        - CNN: images 8x8x2, convolutions 3x3 of 32 and 32, max pooling 2x2, convolution 3x3 of 64, dense 256 and 1,
          ReLU, mean squared error.
        - EMD CNN: two images 4x4x3, three convolutions 5x5 of 32 and dense 256, each with batch normalisation and
          ReLU, dense 1; run on both orders of the two images and averaged; mean squared error.
        """);
  }

  private static void threads(StringBuilder page, PeerReport report) {
    page.append("""

        ## Two threads

        Burin with two threads against Burin with one. The weights come out with the same bits.

        | Network | 1 thread, us | 2 threads, us | Gain in elapsed time | Process CPU, 1 thread, us | 2 threads, us |
        |---|---|---|---|---|---|
        """);
    for (StepRow row : report.threads()) {
      Result wall = row.on(Clock.WALL);
      Result cpu = row.on(Clock.PROCESS_CPU);
      page.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %s |\n",
          row.net().title(), micros(wall.peer().median()), micros(wall.burin().median()), ratio(wall),
          micros(cpu.peer().median()), micros(cpu.burin().median())));
    }
  }

  // ---- JSON -------------------------------------------------------------------------------------------------------

  static String json(PeerReport report) {
    String machine = report.machine().entrySet().stream()
        .map(e -> quoted(e.getKey()) + ": " + quoted(e.getValue()))
        .collect(Collectors.joining(",\n    "));
    String gemm = report.gemm().entrySet().stream()
        .map(e -> "{\"shape\": " + quoted(e.getKey().toString()) + ", " + json(e.getValue()) + "}")
        .collect(Collectors.joining(",\n    "));
    String goals = report.goals().stream()
        .map(g -> "{\"goal\": " + quoted(g.what()) + ", \"found\": " + quoted(g.found())
            + ", \"met\": " + g.met() + "}")
        .collect(Collectors.joining(",\n    "));
    return "{\n  \"quick\": " + report.quick()
        + ",\n  \"machine\": {\n    " + machine + "\n  }"
        + ",\n  \"goals\": [\n    " + goals + "\n  ]"
        + ",\n  \"gemm\": [\n    " + gemm + "\n  ]"
        + ",\n  \"trainingStep\": [\n    " + rows(report.steps(), Clock.THREAD_CPU) + "\n  ]"
        + ",\n  \"twoThreads\": [\n    " + rows(report.threads(), Clock.WALL) + "\n  ]"
        + ",\n  \"startMillis\": " + json(report.startMillis())
        + ",\n  \"inference\": " + InferencePage.json(report.inference()) + "\n}\n";
  }

  private static String rows(Iterable<StepRow> rows, Clock clock) {
    StringBuilder text = new StringBuilder();
    for (StepRow row : rows) {
      text.append(text.isEmpty() ? "" : ",\n    ").append("{\"network\": ").append(quoted(row.net().title()))
          .append(", \"batch\": ").append(row.net().batch()).append(", \"against\": ").append(quoted(row.peer()))
          .append(", ").append(json(row.on(clock))).append('}');
    }
    return text.toString();
  }

  private static String json(Result r) {
    return "\"burinMicros\": " + json(r.burin()) + ", \"peerMicros\": " + json(r.peer()) + ", \"ratio\": "
        + json(r.ratio());
  }

  private static String json(Quantiles q) {
    return String.format(Locale.ROOT, "{\"low\": %.6g, \"median\": %.6g, \"high\": %.6g}",
        q.low(), q.median(), q.high());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  // ---- numbers ----------------------------------------------------------------------------------------------------

  private static double gigaflops(GemmShape shape, Quantiles micros) {
    return shape.operations() / (micros.median() * 1e3);
  }

  private static double perSecond(StepRow row, Quantiles micros) {
    return row.net().batch() * 1e6 / micros.median();
  }

  private static String micros(double x) {
    return String.format(Locale.ROOT, x < 10 ? "%.3f" : x < 1000 ? "%.1f" : "%.0f", x);
  }

  private static String ratio(Result r) {
    return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", r.ratio().median(), r.ratio().low(), r.ratio().high());
  }
}
