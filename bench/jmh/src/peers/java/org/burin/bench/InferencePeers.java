package org.burin.bench;

import ai.onnxruntime.OrtException;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.burin.backend.jvm.Inference;
import org.burin.bench.Duel.Clock;
import org.burin.bench.Duel.Effort;
import org.burin.bench.InferenceReport.Row;
import org.burin.bench.InferenceReport.Way;
import org.burin.codegen.tool.Scratch;
import org.burin.codegen.tool.Tool;

/// Compares generated classes with ONNX Runtime and with loops compiled by gcc.
final class InferencePeers {
  private static final int SINGLES = 100;
  private static final int SAMPLES = 1000;
  private static final int CALLS = 20_000;
  private static final double TOLERANCE = 1e-4;

  private final boolean quick;
  private final Path folder;
  private final List<Row> rows = new ArrayList<>();
  private final Map<InferenceNet, Quantiles> cold = new LinkedHashMap<>();
  private final Map<InferenceNet, Double> bytes = new LinkedHashMap<>();

  private InferencePeers(boolean quick, Path folder) {
    this.quick = quick;
    this.folder = folder;
  }

  static InferenceReport run(boolean quick) throws IOException {
    try (Scratch scratch = Scratch.create()) {
      InferencePeers peers = new InferencePeers(quick, scratch.folder("inference"));
      for (InferenceNet net : InferenceNet.values()) {
        peers.measure(net);
      }
      return new InferenceReport(peers.rows, peers.cold, peers.bytes);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private void measure(InferenceNet net) throws IOException, OrtException {
    Inference inference = net.compile();
    float[] samples = net.samples(SAMPLES);
    float[][] in = new float[SINGLES][net.inputs()];
    for (int i = 0; i < SINGLES; i++) {
      System.arraycopy(samples, i * net.inputs(), in[i], 0, net.inputs());
    }
    float[] out = new float[net.outputs()];
    float[] outs = new float[net.outputs() * SAMPLES];
    inference.infer(SAMPLES, samples, outs);
    OnnxNet onnx = new OnnxNet(net, true, samples, SINGLES);
    GccNet gcc = new GccNet(net, samples, folder);
    check(net, InferenceReport.ONNX, outs, onnx.outputs(SAMPLES));
    check(net, InferenceReport.GCC, outs, gcc.outputs(SAMPLES));
    Runnable each = () -> {
      for (float[] x : in) {
        inference.infer(x, out);
      }
    };
    float[] first = in[0].clone();
    Runnable chained = () -> {
      for (int i = 0; i < SINGLES; i++) {
        first[0] = out[0];
        inference.infer(first, out);
      }
    };
    Runnable batch = () -> inference.infer(SAMPLES, samples, outs);
    row(net, Way.BACK_TO_BACK, InferenceReport.ONNX, SINGLES, each, onnx::each);
    row(net, Way.CHAINED, InferenceReport.ONNX, SINGLES, chained, () -> onnx.chained(SINGLES));
    row(net, Way.BATCH, InferenceReport.ONNX, SAMPLES, batch, onnx::batch);
    if (net.isQuantized()) {
      OnnxNet plain = new OnnxNet(net, false, samples, SINGLES);
      row(net, Way.BACK_TO_BACK, InferenceReport.UNROUNDED, SINGLES, each, plain::each);
      row(net, Way.BATCH, InferenceReport.UNROUNDED, SAMPLES, batch, plain::batch);
    }
    row(net, Way.BACK_TO_BACK, InferenceReport.GCC, SINGLES, each, () -> gcc.each(SINGLES));
    row(net, Way.CHAINED, InferenceReport.GCC, SINGLES, chained, () -> gcc.chained(SINGLES));
    bytes.put(net, allocated(each));
    cold.put(net, coldStarts(net, inference.source()));
  }

  private static void check(InferenceNet net, String peer, float[] burin, float[] found) {
    for (int i = 0; i < burin.length; i++) {
      double allowed = net.isQuantized() ? 0 : TOLERANCE * Math.max(1, Math.abs(burin[i]));
      if (!(Math.abs((double) burin[i] - found[i]) <= allowed)) {
        throw new IllegalStateException(net.title() + ", output " + i % net.outputs() + " of sample "
            + i / net.outputs() + ": Burin has " + burin[i] + ", " + peer + " has " + found[i]);
      }
    }
  }

  private void row(InferenceNet net, Way way, String peerName, int samples, Runnable burin, Runnable peer) {
    Duel duel = new Duel(burin, peer);
    Effort effort = quick ? Effort.millis(30, 1, 3) : Effort.millis(700, 10, 41);
    duel.warmUp(effort);
    Duel.Result result = duel.measure(effort).get(Clock.THREAD_CPU);
    if (result == null) {
      throw new IllegalStateException("nothing was measured");
    }
    Row row = new Row(net, way, peerName, samples, result);
    rows.add(row);
    System.out.printf(Locale.ROOT, "inference %-30s %-14s Burin %7.0f ns  %-25s %7.0f ns  ratio %.2f (%.2f-%.2f)%n",
        net.title(), way.title(), row.burinNanos(), peerName, row.peerNanos(), result.ratio().median(),
        result.ratio().low(), result.ratio().high());
  }

  /// Bytes for each call after warming up; the least of some rounds, since the compiler's threads are not counted but
  /// the first run of new code is.
  private static double allocated(Runnable each) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < CALLS / SINGLES; i++) {
        each.run();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    return (double) least / CALLS;
  }

  private Quantiles coldStarts(InferenceNet net, String source) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(net + "-cold"));
    String name = net == InferenceNet.ECON ? "Econ" : "Jets";
    Path model = Files.writeString(classes.resolve(name + ".java"), source);
    Path main = Files.writeString(classes.resolve("Cold.java"), """
        import model.%1$s;
        final class Cold {
          public static void main(String[] args) {
            float[] x = new float[%2$d];
            float[] y = new float[%3$d];
            long start = System.nanoTime();
            new %1$s().infer(x, y);
            System.out.println(System.nanoTime() - start);
          }
        }
        """.formatted(name, net.inputs(), net.outputs()));
    int failed = ToolProvider.findFirst("javac").orElseThrow()
        .run(System.out, System.err, "--release", "17", "-d", classes.toString(), model.toString(), main.toString());
    if (failed != 0) {
      throw new IllegalStateException("the generated class does not compile");
    }
    Tool java = new Tool("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    double[] millis = new double[quick ? 2 : 15];
    for (int i = 0; i < millis.length; i++) {
      String out = java.run(classes, Duration.ofMinutes(1), "-XX:+UseSerialGC", "-cp", classes.toString(), "Cold").out();
      millis[i] = Long.parseLong(out.strip()) / 1e6;
    }
    return Quantiles.of(millis);
  }
}
