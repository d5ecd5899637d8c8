package org.burin.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.codegen.netlist.AdderGraph;
import org.burin.codegen.netlist.AdderGraphs;
import org.burin.codegen.netlist.AdderOptions;

/// Counts the adders of products with random matrices, entries uniform on 129..255, as in table 2 of C. Sun et al., da4ml
/// (arXiv 2507.04535): a line of docs/verilog.md.
///
/// Arguments: the size of the matrices, how many are drawn, and the rounds of the search.
public final class AdderTable {
  private static final long SEED = 7;

  private AdderTable() {}

  /// Prints a line: size, draws, rounds, mean adders, mean depth, mean milliseconds of the second half.
  public static void main(String[] arguments) {
    print(System.out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
  }

  private static void print(PrintStream out, int n, int draws, int rounds) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    long[] high = new long[n];
    Arrays.fill(high, 255);
    double adders = 0;
    double depth = 0;
    long nanoseconds = 0;
    for (int k = 0; k < draws; k++) {
      long[][] matrix = new long[n][n];
      for (long[] row : matrix) {
        Arrays.setAll(row, i -> random.nextInt(129, 256));
      }
      long start = System.nanoTime();
      AdderGraph.Cost cost = AdderGraphs.solve(matrix, AdderOptions.search(rounds)).cost(new long[n], high);
      // The first ones warm the virtual machine up.
      nanoseconds += 2 * k >= draws ? System.nanoTime() - start : 0;
      adders += cost.adders();
      depth += cost.depth();
    }
    out.printf(Locale.ROOT, "| %d | %d | %d | %.2f | %.2f | %.1f |%n", n, draws, rounds, adders / draws, depth / draws,
        nanoseconds * 1e-6 / (draws - draws / 2));
  }
}
