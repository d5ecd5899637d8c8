package org.burin.workloads.emd;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Op;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Tensor;
import org.burin.transport.EarthMoverBatch;
import org.burin.transport.Formulation;
import org.burin.transport.Measures;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;
import org.burin.workloads.econ.Hgcal;

/// Prints, for networks of the earth mover's distance, how near they come to the exact one and how fast they and the
/// exact solver are, all on one thread in one run.
///
/// ```
/// java ... org.burin.workloads.emd.EmdComparison EVENTS.csv [MODEL.burin ...]
/// ```
///
/// Pairs are made of the last fifth of the events. The shipped network comes first; a model file holds a network that
/// `burin train emd` wrote, or any other with two inputs `[N,4,4,3]` and one output `[N,1]`, such as an imported one.
public final class EmdComparison {
  private static final int PAIRS = 20_000;
  private static final int TIMED = 4096;
  private static final int BATCH = 256;
  private static final int ROUNDS = 7;
  private static final double LEAST_DISTANCE = 0.05;
  private static final long SEED = 1;

  private EmdComparison() {}

  /// Runs it.
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      throw new IllegalArgumentException("which events? EVENTS.csv [MODEL.burin ...]");
    }
    Map<String, Model> networks = new LinkedHashMap<>();
    networks.put("shipped", EmdNetwork.shipped());
    for (int i = 1; i < args.length; i++) {
      Model model = ModelFile.read(Path.of(args[i]));
      boolean trained = model.inference().outputs().containsKey(NormNetwork.GRADIENT);
      networks.put(args[i], trained ? NormNetwork.deployed(model) : model);
    }
    Events all = EventsCsv.read(Path.of(args[0]));
    print(System.out, networks, all.range(all.size() * 4 / 5, all.size()), PAIRS);
  }

  /// Prints both tables.
  ///
  /// @param count how many pairs of each kind are made, of which those that nearly coincide are left out
  static void print(PrintStream out, Map<String, Model> networks, Events events, int count) {
    EmdPairs different = EmdPairs.random(events, count, SEED).atLeast(LEAST_DISTANCE);
    EmdPairs near = EmdPairs.reconstructed(events, count, SEED).atLeast(LEAST_DISTANCE);
    int timed = Math.min(TIMED, different.size()) / BATCH * BATCH;
    out.printf(Locale.ROOT, "%-40s %-13s %9s %9s %9s %9s %9s%n", "network", "pairs", "rel.mean", "rel.dev", "corr",
        "cosine", "self");
    networks.forEach((name, model) -> {
      print(out, name, "different", EmdAccuracy.of(model, different));
      print(out, name, "reconstructed", EmdAccuracy.of(model, near));
    });
    out.printf(Locale.ROOT, "%n%-40s %s%n", "on one thread", "microseconds a pair (median, least, largest)");
    networks.forEach((name, model) -> time(out, name, timed, forward(model, different, timed)));
    time(out, "exact solver", timed, solution(different, timed));
  }

  private static void print(PrintStream out, String name, String pairs, EmdAccuracy a) {
    out.printf(Locale.ROOT, "%-40s %-13s %9.4f %9.4f %9.5f %9.4f %9.2g%n", name, pairs, a.relativeMean(),
        a.relativeDeviation(), a.correlation(), a.cosine(), a.largestSelf());
  }

  /// Runs a network over pairs in batches.
  private static Runnable forward(Model model, EmdPairs pairs, int count) {
    Plan plan = Plan.compile(model.inference().bind(BATCH), model.parameters().tensors(), PlanOptions.DEFAULT);
    List<String> inputs = new ArrayList<>();
    model.inference().inputs().forEach(v -> inputs.add(((Op.Input) v.op()).name()));
    Tensor x = pairs.firstImages();
    Tensor y = pairs.secondImages();
    return () -> {
      for (int from = 0; from < count; from += BATCH) {
        int numbers = BATCH * Hgcal.CELLS;
        System.arraycopy(x.data(), from * Hgcal.CELLS, plan.input(inputs.get(0)).data(), 0, numbers);
        System.arraycopy(y.data(), from * Hgcal.CELLS, plan.input(inputs.get(1)).data(), 0, numbers);
        plan.run();
      }
    };
  }

  private static Runnable solution(EmdPairs pairs, int count) {
    EarthMoverBatch solver = new EarthMoverBatch(EmdPairs.GROUND, new Formulation.Normalized(), 1);
    int[] first = IntStream.range(0, count).toArray();
    Measures x = Measures.of(pairs.first(), Hgcal.CELLS).select(first);
    Measures y = Measures.of(pairs.second(), Hgcal.CELLS).select(first);
    double[] distances = new double[count];
    return () -> solver.distances(x, y, distances);
  }

  private static void time(PrintStream out, String name, int count, Runnable work) {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < 2 * ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      if (round >= ROUNDS) {
        times.add((System.nanoTime() - start) / 1e3 / count);
      }
    }
    times.sort(Double::compare);
    out.printf(Locale.ROOT, "%-40s %.2f (%.2f, %.2f)%n", name, times.get(ROUNDS / 2), times.getFirst(),
        times.getLast());
  }
}
