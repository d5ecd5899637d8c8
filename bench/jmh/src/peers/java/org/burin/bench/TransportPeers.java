package org.burin.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.burin.transport.EarthMover;
import org.burin.transport.Formulation;
import org.burin.transport.GroundCost;

/// Compares exact earth mover's distances with POT's network simplex (C++, through Python) and prints a table.
///
/// Both solve the same pairs in turns, each on one thread, of which the CPU time counts. What Python needs to call POT
/// for a problem of one cell is measured in every round and taken off. System properties: `peers.root` is the root of
/// the repository, `peers.quick` whether to measure so briefly that the numbers mean little, `peers.python` the
/// interpreter that has POT (`python3` otherwise; Debian's package python3-pot belongs to /usr/bin/python3).
public final class TransportPeers {
  private static final int PAIRS = 500;
  private static final int[] SUPPORTS = {10, 20, 30, 48};
  private static final double AGREEMENT = 1e-10;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final GroundCost ground = TransportPairs.module();
  private final EarthMover mover = new EarthMover(ground, new Formulation.Normalized());
  private final int rounds = Boolean.getBoolean("peers.quick") ? 3 : 21;

  private TransportPeers() {}

  /// Runs the comparison.
  public static void main(String[] args) throws IOException {
    System.out.println("| Cells with mass | Burin, us | POT, us | call overhead taken off POT, us | Burin / POT |\n"
        + "|---|---|---|---|---|");
    TransportPeers peers = new TransportPeers();
    // All supports run before the first is measured: the JVM compiles the code for what it has seen.
    for (int support : SUPPORTS) {
      peers.warmUp(support);
    }
    for (int support : SUPPORTS) {
      System.out.println(peers.row(support));
    }
  }

  private void warmUp(int support) {
    double[][] x = TransportPairs.histograms(PAIRS, support, 3);
    double[][] y = TransportPairs.histograms(PAIRS, support, 4);
    for (int k = 0; k < 20; k++) {
      solve(x, y);
    }
  }

  private String row(int support) throws IOException {
    double[][] x = TransportPairs.histograms(PAIRS, support, 1);
    double[][] y = TransportPairs.histograms(PAIRS, support, 2);
    Path file = Files.createTempFile("burin-pairs", ".f64");
    Path script = Path.of(System.getProperty("peers.root", "."), "bench/jmh/src/peers/python/pot_emd.py");
    try {
      write(file, x, y);
      Process python = new ProcessBuilder(System.getProperty("peers.python", "python3"), script.toString(),
          file.toString(), String.valueOf(TransportPairs.CELLS), String.valueOf(PAIRS))
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      try (BufferedWriter ask = python.outputWriter(StandardCharsets.US_ASCII);
          BufferedReader answer = python.inputReader(StandardCharsets.US_ASCII)) {
        return row(support, x, y, ask, answer);
      }
    } finally {
      Files.delete(file);
    }
  }

  private String row(int support, double[][] x, double[][] y, BufferedWriter ask, BufferedReader answer)
      throws IOException {
    double[] burin = new double[rounds];
    double[] pot = new double[rounds];
    double[] calls = new double[rounds];
    double[] ratio = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      ask.write("\n");
      ask.flush();
      String line = answer.readLine();
      if (line == null) {
        throw new IOException("Python ended early; is POT there (Debian: python3-pot)?");
      }
      String[] numbers = line.split(" ", -1);
      long start = threads.getCurrentThreadCpuTime();
      double sum = solve(x, y);
      burin[r] = (threads.getCurrentThreadCpuTime() - start) / 1e3 / PAIRS;
      calls[r] = Double.parseDouble(numbers[1]);
      pot[r] = Double.parseDouble(numbers[0]) - calls[r];
      ratio[r] = burin[r] / pot[r];
      double expected = Double.parseDouble(numbers[2]);
      if (!(Math.abs(sum - expected) <= AGREEMENT * expected)) {
        throw new IllegalStateException("the distances add up to " + sum + ", those of POT to " + expected);
      }
    }
    Quantiles q = Quantiles.of(ratio);
    return String.format(Locale.ROOT, "| %d | %.1f | %.1f | %.1f | %.2f (%.2f-%.2f) |", support,
        Quantiles.of(burin).median(), Quantiles.of(pot).median(), Quantiles.of(calls).median(),
        q.median(), q.low(), q.high());
  }

  private double solve(double[][] x, double[][] y) {
    double sum = 0;
    for (int k = 0; k < PAIRS; k++) {
      sum += mover.distance(x[k], y[k]);
    }
    return sum;
  }

  private void write(Path file, double[][] x, double[][] y) throws IOException {
    int cells = TransportPairs.CELLS;
    ByteBuffer bytes = ByteBuffer.allocate((cells * cells + 2 * PAIRS * cells) * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(ground.toArray());
    bytes.position(cells * cells * Double.BYTES);
    for (int k = 0; k < PAIRS; k++) {
      for (double m : x[k]) {
        bytes.putDouble(m);
      }
      for (double m : y[k]) {
        bytes.putDouble(m);
      }
    }
    Files.write(file, bytes.array());
  }
}
