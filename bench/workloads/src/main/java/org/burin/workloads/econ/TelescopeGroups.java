package org.burin.workloads.econ;

import java.util.Arrays;

/// The overlapping groups of 2x2 trigger cells whose sums the telescope loss compares (`SCmask_48_36` of
/// fastml-science), and their weights.
///
/// A group's weight is a quarter of the sum over its cells of `1 / number of groups that the cell is in`, so that every
/// cell counts alike and the weights add up to 12. In the published table two numbers are slips: the weights of the
/// groups 1, 5, 9 and 29, 30, 35 are printed as `0.25 + 1/12` and `0.25 + 1/6` for `(1 + 1/12) / 4` and `(1 + 1/6) / 4`; the
/// published results were made with them.
public enum TelescopeGroups {
  /// The weights as published; they add up to 12.5625.
  PUBLISHED,
  /// The weights as derived; they add up to 12.
  CORRECTED;

  /// The number of groups.
  public static final int COUNT = 36;

  /// The first so many groups are disjoint and cover all cells, four of them each sector.
  public static final int TILES = 12;

  private static final int[][] GROUPS = {
    {0, 1, 4, 5}, {2, 3, 6, 7}, {8, 9, 12, 13}, {10, 11, 14, 15},
    {16, 17, 20, 21}, {18, 19, 22, 23}, {24, 25, 28, 29}, {26, 27, 30, 31},
    {32, 33, 36, 37}, {34, 35, 38, 39}, {40, 41, 44, 45}, {42, 43, 46, 47},
    {4, 5, 8, 9}, {6, 7, 10, 11}, {20, 21, 24, 25}, {22, 23, 26, 27}, {36, 37, 40, 41}, {38, 39, 42, 43},
    {1, 2, 5, 6}, {9, 10, 13, 14}, {17, 18, 21, 22}, {25, 26, 29, 30}, {33, 34, 37, 38}, {41, 42, 45, 46},
    {5, 6, 9, 10}, {21, 22, 25, 26}, {37, 38, 41, 42},
    {0, 1, 27, 31}, {1, 2, 23, 27}, {2, 3, 19, 23},
    {3, 7, 34, 35}, {7, 11, 33, 34}, {11, 15, 32, 33},
    {16, 17, 47, 43}, {17, 18, 43, 39}, {18, 19, 39, 35}
  };

  /// The four cells of every group, a new copy.
  public static int[][] cells() {
    return Arrays.stream(GROUPS).map(int[]::clone).toArray(int[][]::new);
  }

  /// The weight of every group.
  public double[] weights() {
    int[] memberships = new int[Hgcal.CELLS];
    for (int[] group : GROUPS) {
      for (int cell : group) {
        memberships[cell]++;
      }
    }
    double[] weights = new double[COUNT];
    for (int g = 0; g < COUNT; g++) {
      for (int cell : GROUPS[g]) {
        weights[g] += 0.25 / memberships[cell];
      }
    }
    if (this == PUBLISHED) {
      for (int g : new int[] {1, 5, 9}) {
        weights[g] = 0.25 + 1 / 12.0;
      }
      for (int g : new int[] {29, 30, 35}) {
        weights[g] = 0.25 + 1 / 6.0;
      }
    }
    return weights;
  }
}
