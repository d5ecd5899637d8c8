package org.burin.bench;

import org.burin.tensor.CounterRandom;
import org.burin.transport.GroundCost;

/// Pairs of histograms on the 48 cells of a hexagonal sensor module: three rhombi of 4 x 4 cells.
final class TransportPairs {
  static final int CELLS = 48;

  private static final int SIDE = 4;

  private TransportPairs() {}

  /// The distances between the centres of the cells, in halves of the distance of neighbours.
  static GroundCost module() {
    double[][] centres = new double[CELLS][];
    double half = Math.sqrt(3) / 2;
    for (int cell = 0; cell < CELLS; cell++) {
      int row = cell / SIDE % SIDE;
      int column = cell % SIDE;
      double x = 2 * (row + 0.5) - (column + 0.5);
      double y = 2 * half * (column + 0.5);
      for (int turn = 0; turn < cell / (SIDE * SIDE); turn++) { // by 120 degrees
        double turned = -x / 2 - half * y;
        y = half * x - y / 2;
        x = turned;
      }
      centres[cell] = new double[] {x, y};
    }
    return GroundCost.euclidean(centres);
  }

  /// Histograms with `support` cells that are not empty, drawn at random, and exponential masses in these.
  ///
  /// @return `[histogram][cell]`
  static double[][] histograms(int count, int support, long seed) {
    double[][] all = new double[count][CELLS];
    for (int k = 0; k < count; k++) {
      long base = CounterRandom.base(seed, k, support);
      int[] cells = new int[CELLS];
      for (int i = 0; i < CELLS; i++) {
        cells[i] = i;
      }
      for (int i = 0; i < support; i++) {
        int j = i + (int) (CounterRandom.uniform(base, 2 * i) * (CELLS - i));
        int cell = cells[j];
        cells[j] = cells[i];
        all[k][cell] = -StrictMath.log(1 - CounterRandom.uniform(base, 2 * i + 1)) + 0x1p-20;
      }
    }
    return all;
  }
}
