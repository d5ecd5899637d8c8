package org.burin.workloads.econ.concentrator;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Hgcal;

/// Sends the cells with the largest charges: 7 bits for each, and where they are, as addresses of 6 bits or as a map of 48,
/// whichever is shorter. Of equal charges the first cell wins.
///
/// @param cells how many; the chip has 4, 6, 9 and 14 for two to five links
public record BestChoice(int cells) implements Concentrator {
  private static final int ADDRESS = 6;

  /// Checks the number.
  public BestChoice {
    if (cells < 1 || cells > Hgcal.CELLS) {
      throw new IllegalArgumentException("best choice of " + cells + " cells; expected 1 to 48");
    }
  }

  @Override
  public String name() {
    return "best choice " + cells;
  }

  @Override
  public int bits(float[] charges, int from) {
    return cells * FloatCodec.CHARGE_LOW_DENSITY.bits() + Math.min(Hgcal.CELLS, cells * ADDRESS);
  }

  @Override
  public void restore(float[] charges, int from, float[] restored, int to) {
    Arrays.fill(restored, to, to + Hgcal.CELLS, 0);
    IntStream.range(0, Hgcal.CELLS).boxed()
        .sorted(Comparator.comparingDouble(c -> -charges[from + c]))
        .limit(cells)
        .forEach(c -> restored[to + c] = Codes.charge(charges[from + c]));
  }
}
