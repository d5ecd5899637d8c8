package org.burin.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Effort;
import org.burin.bench.PeerReport.StepRow;
import org.burin.tensor.Kernels;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/// Compares Burin with OpenBLAS, PyTorch, ONNX Runtime and gcc on this machine and writes `benchmarks.md` and `benchmarks.json`.
///
/// System properties: `peers.root` is the folder of `./burin`, `peers.out` the folder to write to, `peers.quick`
/// whether to measure so briefly that the numbers mean little, `peers.only` is `inference` to measure generated classes
/// alone, without writing files, `peers.openblas`, `peers.pytorch` and `peers.onnxruntime` are the versions on the class
/// path.
public final class Peers {
  private static final int STARTS = 21;

  private final boolean quick = Boolean.getBoolean("peers.quick");

  private Peers() {}

  /// Runs the comparison. Start it with [PeersLauncher].
  public static void main(String[] args) throws IOException, InterruptedException {
    if (System.getProperty("peers.only", "").equals("inference")) {
      InferenceReport inference = InferencePeers.run(Boolean.getBoolean("peers.quick"));
      say(InferencePage.markdown(inference));
      inference.goals().forEach(g -> say((g.met() ? "met      " : "not met  ") + g.what() + ": " + g.found()));
      return;
    }
    Path out = Path.of(System.getProperty("peers.out", "."));
    PeerReport report = new Peers().run(Path.of(System.getProperty("peers.root", ".")));
    Files.createDirectories(out);
    Files.writeString(out.resolve("benchmarks.md"), PeerPage.markdown(report));
    Files.writeString(out.resolve("benchmarks.json"), PeerPage.json(report));
    say("wrote benchmarks.md and benchmarks.json to " + out.normalize());
  }

  private PeerReport run(Path root) throws IOException, InterruptedException {
    torch.set_num_threads(1);
    Map<String, String> machine = machine();
    double loadBefore = load();
    Quantiles starts = starts(root.resolve("burin"));
    Map<GemmShape, Duel.Result> gemm = gemm();
    List<StepRow> steps = new ArrayList<>();
    List<StepRow> threads = new ArrayList<>();
    for (BenchmarkNet net : BenchmarkNet.values()) {
      steps.add(step(net, "PyTorch", false));
      if (net != BenchmarkNet.JETS) {
        steps.add(step(net, "PyTorch, channels last", true));
      }
      threads.add(twoThreads(net));
    }
    InferenceReport inference = InferencePeers.run(quick);
    machine.put("Load average before and after", "%.1f and %.1f".formatted(loadBefore, load()));
    return new PeerReport(quick, machine, gemm, steps, threads, starts, inference);
  }

  // ---- measurements -----------------------------------------------------------------------------------------------

  private Map<GemmShape, Duel.Result> gemm() {
    Map<GemmShape, Duel> duels = new LinkedHashMap<>();
    for (GemmShape shape : GemmShape.ALL) {
      GemmTask burin = new GemmTask(shape);
      OpenBlasGemm peer = new OpenBlasGemm(shape, burin);
      peer.check(burin);
      duels.put(shape, new Duel(burin, peer));
    }
    Effort effort = quick ? Effort.millis(50, 1, 3) : Effort.millis(400, 12, 41);
    // All shapes run before the first is measured: they share code, and the JVM compiles it for what it has seen.
    duels.values().forEach(duel -> duel.warmUp(effort));
    Map<GemmShape, Duel.Result> results = new LinkedHashMap<>();
    duels.forEach((shape, duel) -> {
      duel.warmUp(new Effort(effort.warmUp() / 4, 0, 0));
      Duel.Result r = get(duel.measure(effort), Clock.THREAD_CPU);
      results.put(shape, r);
      say("SGEMM %-15s Burin %9.2f us  OpenBLAS %9.2f us  ratio %.2f (%.2f-%.2f)".formatted(shape,
          r.burin().median(), r.peer().median(), r.ratio().median(), r.ratio().low(), r.ratio().high()));
    });
    return results;
  }

  private StepRow step(BenchmarkNet net, String peerName, boolean channelsLast) {
    StepTask burin = new StepTask(net, 1);
    TorchStep peer = new TorchStep(net, burin, channelsLast);
    peer.check(net, burin);
    Duel duel = new Duel(burin, peer);
    Effort effort = quick ? Effort.millis(100, 1, 3) : Effort.millis(6000, 120, 41);
    duel.warmUp(effort);
    return said(new StepRow(net, peerName, duel.measure(effort)), Clock.THREAD_CPU);
  }

  private StepRow twoThreads(BenchmarkNet net) {
    Duel duel = new Duel(new StepTask(net, 2), new StepTask(net, 1));
    Effort effort = quick ? Effort.millis(100, 1, 3) : Effort.millis(4000, 60, 41);
    duel.warmUp(effort);
    return said(new StepRow(net, "Burin, 1 thread", duel.measure(effort)), Clock.WALL);
  }

  private static StepRow said(StepRow row, Clock clock) {
    Duel.Result r = get(row.results(), clock);
    say("step %-8s Burin %9.0f us  %s %9.0f us  ratio %.2f (%.2f-%.2f)".formatted(row.net().title(),
        r.burin().median(), row.peer(), r.peer().median(), r.ratio().median(), r.ratio().low(), r.ratio().high()));
    return row;
  }

  /// Wall time of `./burin --version`, milliseconds.
  private Quantiles starts(Path burin) throws IOException, InterruptedException {
    int count = quick ? 3 : STARTS;
    double[] millis = new double[count];
    for (int i = -2; i < count; i++) {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(burin.toString(), "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException("./burin --version ended with exit code " + exit);
      }
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Quantiles q = Quantiles.of(millis);
    say("./burin --version %.0f ms (%.0f-%.0f)".formatted(q.median(), q.low(), q.high()));
    return q;
  }

  // ---- the machine ------------------------------------------------------------------------------------------------

  private static Map<String, String> machine() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
    facts.put("Operating system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("JDK", System.getProperty("java.vendor.version") + ", " + System.getProperty("java.vm.name"));
    facts.put("JVM options", "`--add-modules=jdk.incubator.vector -XX:+UseSerialGC`");
    facts.put("Burin kernels", Kernels.best().name());
    facts.put("OpenBLAS", System.getProperty("peers.openblas") + ", kernels for "
        + openblas_full.openblas_get_corename().getString() + ", 1 thread");
    facts.put("PyTorch", System.getProperty("peers.pytorch") + " (libtorch, C++ front end, eager), "
        + torch.get_num_threads() + " thread");
    facts.put("ONNX Runtime", System.getProperty("peers.onnxruntime") + ", 1 thread");
    return facts;
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    List<String> lines = Files.isReadable(info) ? Files.readAllLines(info) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static Duel.Result get(Map<Clock, Duel.Result> results, Clock clock) {
    Duel.Result r = results.get(clock);
    if (r == null) {
      throw new IllegalStateException("nothing was measured on clock " + clock);
    }
    return r;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
