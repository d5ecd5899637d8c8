package org.burin.workloads.econ.concentrator;

import java.util.Arrays;
import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Hgcal;
import org.burin.workloads.econ.TelescopeGroups;

/// Sends the sums of disjoint groups of 2x2 or 4x4 cells, of 9 bits each, and perhaps which cell of each group has the
/// largest charge. Of equal charges the first cell wins.
///
/// @param side 2 or 4
/// @param placement where the sum is put when the module is restored
public record SuperTriggerCells(int side, Placement placement) implements Concentrator {
  /// Where the sum of a group is put.
  public enum Placement {
    /// on the cell with the largest charge, whose position is sent
    LARGEST,
    /// in equal parts on all cells of the group
    UNIFORM
  }

  /// Checks the side.
  public SuperTriggerCells {
    if (side != 2 && side != 4) {
      throw new IllegalArgumentException("super trigger cells of " + side + "x" + side + " cells; expected 2x2 or 4x4");
    }
  }

  @Override
  public String name() {
    return "super trigger cells " + side + "x" + side + (placement == Placement.LARGEST ? ", largest" : ", uniform");
  }

  @Override
  public int bits(float[] charges, int from) {
    int position = placement == Placement.LARGEST ? side : 0; // 2 bits of 4 cells, 4 bits of 16
    return Hgcal.CELLS / (side * side) * (FloatCodec.SUM.bits() + position);
  }

  @Override
  public void restore(float[] charges, int from, float[] restored, int to) {
    for (int[] group : groups()) {
      double sum = 0;
      int largest = group[0];
      for (int cell : group) {
        sum += charges[from + cell];
        largest = charges[from + cell] > charges[from + largest] ? cell : largest;
      }
      float sent = Codes.sum(sum);
      for (int cell : group) {
        boolean whole = placement == Placement.LARGEST;
        restored[to + cell] = whole ? (cell == largest ? sent : 0) : sent / group.length;
      }
    }
  }

  private int[][] groups() {
    if (side == 2) {
      return Arrays.copyOf(TelescopeGroups.cells(), TelescopeGroups.TILES);
    }
    int[][] sectors = new int[Hgcal.SECTORS][Hgcal.SECTOR_CELLS];
    for (int c = 0; c < Hgcal.CELLS; c++) {
      sectors[c / Hgcal.SECTOR_CELLS][c % Hgcal.SECTOR_CELLS] = c;
    }
    return sectors;
  }
}
