package org.burin.workloads.emd;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.workloads.econ.Hgcal;

/// Makes of an event what a lossy compression might give back: averages over blocks of cells, only the largest cells,
/// noise, blur, a part of another event, and mixtures of these.
///
/// The encoder is trained and judged on such pairs, whose distances are smaller than those of different events.
final class Reconstruction {
  private static final int METHODS = 6;

  private final float[] shares;
  private final RandomGenerator random;
  private final double[] event = new double[Hgcal.CELLS];
  private final double[] blurred = new double[Hgcal.CELLS];

  /// @param shares events that parts are taken from
  Reconstruction(float[] shares, long seed) {
    this.shares = shares;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A whole number from 0 to `n - 1`.
  int below(int n) {
    return random.nextInt(n);
  }

  /// Writes the reconstruction of event `i` of `from` to the same place in `to`, as shares of 1.
  void write(float[] from, float[] to, int i) {
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      event[cell] = from[i * Hgcal.CELLS + cell];
    }
    switch (random.nextInt(METHODS)) {
      case 0 -> average();
      case 1 -> gather();
      case 2 -> keepLargest(random.nextInt(3, 20));
      case 3 -> {
        scale(random.nextDouble(0.1, 1));
        add(random.nextDouble(0.001, 0.03));
      }
      case 4 -> blur(random.nextDouble(0.5, 3));
      default -> mix(random.nextDouble(0.5));
    }
    if (random.nextDouble() < 0.5) {
      scale(random.nextDouble(0.02, 0.5));
    }
    if (random.nextDouble() < 0.3) {
      blur(random.nextDouble(0.3, 1.5));
    }
    double sum = Arrays.stream(event).sum();
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      to[i * Hgcal.CELLS + cell] = (float) (event[cell] / sum);
    }
  }

  /// The mean of each block of 2x2 cells.
  private void average() {
    for (int[] block : Blocks.CELLS) {
      double sum = sum(block);
      for (int cell : block) {
        event[cell] = sum / block.length;
      }
    }
  }

  /// Each block of 2x2 cells in the largest of them.
  private void gather() {
    for (int[] block : Blocks.CELLS) {
      double sum = sum(block);
      int largest = block[0];
      for (int cell : block) {
        largest = event[cell] > event[largest] ? cell : largest;
      }
      for (int cell : block) {
        event[cell] = cell == largest ? sum : 0;
      }
    }
  }

  private double sum(int[] block) {
    double sum = 0;
    for (int cell : block) {
      sum += event[cell];
    }
    return sum;
  }

  private void keepLargest(int count) {
    double[] sorted = event.clone();
    Arrays.sort(sorted);
    double least = sorted[Hgcal.CELLS - count];
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      event[cell] = event[cell] >= least ? event[cell] : 0;
    }
  }

  /// Factors whose logarithms have this deviation.
  private void scale(double deviation) {
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      event[cell] *= StrictMath.exp(deviation * normal());
    }
  }

  private void add(double deviation) {
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      event[cell] += Math.max(0, deviation * normal());
    }
  }

  /// Spreads the mass of each cell with a Gaussian of this width, in small cells.
  private void blur(double width) {
    Arrays.fill(blurred, 0);
    double[] part = new double[Hgcal.CELLS];
    for (int from = 0; from < Hgcal.CELLS; from++) {
      if (event[from] == 0) {
        continue;
      }
      double whole = 0;
      for (int to = 0; to < Hgcal.CELLS; to++) {
        double steps = EmdPairs.GROUND.cost(from, to) / width;
        part[to] = StrictMath.exp(-steps * steps / 2);
        whole += part[to];
      }
      for (int to = 0; to < Hgcal.CELLS; to++) {
        blurred[to] += event[from] * part[to] / whole;
      }
    }
    System.arraycopy(blurred, 0, event, 0, Hgcal.CELLS);
  }

  private void mix(double part) {
    int other = random.nextInt(shares.length / Hgcal.CELLS) * Hgcal.CELLS;
    for (int cell = 0; cell < Hgcal.CELLS; cell++) {
      event[cell] = (1 - part) * event[cell] + part * shares[other + cell];
    }
  }

  private double normal() {
    double uniform = 1 - random.nextDouble();
    return Math.sqrt(-2 * StrictMath.log(uniform)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /// The twelve blocks of 2x2 cells.
  private static final class Blocks {
    private static final int WIDTH = 4;
    static final int[][] CELLS = blocks();

    private Blocks() {}

    private static int[][] blocks() {
      int[][] blocks = new int[Hgcal.CELLS / 4][];
      for (int b = 0; b < blocks.length; b++) {
        int corner = b / 4 * Hgcal.SECTOR_CELLS + b % 4 / 2 * 2 * WIDTH + b % 2 * 2;
        blocks[b] = new int[] {corner, corner + 1, corner + WIDTH, corner + WIDTH + 1};
      }
      return blocks;
    }
  }
}
