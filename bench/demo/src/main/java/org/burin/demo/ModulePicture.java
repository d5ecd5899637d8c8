package org.burin.demo;

import java.util.Arrays;
import java.util.Locale;
import org.burin.codegen.html.Svg;
import org.burin.codegen.html.Svg.Anchor;
import org.burin.workloads.econ.Hgcal;

/// Charges drawn as they lie on the hexagonal detector module: 48 trigger cells in three rhombic sectors.
final class ModulePicture {
  private static final double WIDTH = 300;
  private static final double MARGIN = 6;
  private static final double TITLE_HEIGHT = 20;

  private ModulePicture() {}

  /// A picture of charges, coloured from nothing to the largest of `scale`.
  ///
  /// @param title what they are
  /// @param charges `[48]` in the order of CALQ, not negative
  /// @param scale the charge of the strongest colour
  static Svg draw(String title, double[] charges, double scale) {
    double[][] cells = new double[Hgcal.CELLS][];
    Arrays.setAll(cells, ModulePicture::corners);
    double left = bound(cells, 0, -1);
    double right = bound(cells, 0, 1);
    double bottom = bound(cells, 1, -1);
    double top = bound(cells, 1, 1);
    double unit = (WIDTH - 2 * MARGIN) / (right - left);
    Svg svg = new Svg(title, WIDTH, TITLE_HEIGHT + 2 * MARGIN + unit * (top - bottom));
    svg.text(WIDTH / 2, 14, Anchor.MIDDLE, title);
    for (int i = 0; i < cells.length; i++) {
      double[] points = new double[cells[i].length];
      for (int k = 0; k < points.length; k += 2) {
        points[k] = MARGIN + unit * (cells[i][k] - left);
        points[k + 1] = TITLE_HEIGHT + MARGIN + unit * (top - cells[i][k + 1]);
      }
      svg.polygon(points, colour(charges[i], scale),
          String.format(Locale.ROOT, "cell %d: %.3f", i, charges[i]));
    }
    return svg;
  }

  /// Nothing has a colour of its own; the others are equal steps of the square root, which shows small charges too.
  private static String colour(double charge, double scale) {
    if (!(charge > 0)) {
      return "heat0";
    }
    int step = 1 + (int) Math.floor(Math.sqrt(charge / scale) * (Svg.HEATS - 1));
    return "heat" + Math.min(step, Svg.HEATS - 1);
  }

  /// The rhombus `x0, y0, ..., x3, y3` of a cell: its sides are the ways to its neighbours in the sector.
  private static double[] corners(int cell) {
    int first = cell / Hgcal.SECTOR_CELLS * Hgcal.SECTOR_CELLS;
    double ax = (Hgcal.x(first + 1) - Hgcal.x(first)) / 2;
    double ay = (Hgcal.y(first + 1) - Hgcal.y(first)) / 2;
    double bx = (Hgcal.x(first + 4) - Hgcal.x(first)) / 2;
    double by = (Hgcal.y(first + 4) - Hgcal.y(first)) / 2;
    double x = Hgcal.x(cell);
    double y = Hgcal.y(cell);
    return new double[] {
      x - ax - bx, y - ay - by, x + ax - bx, y + ay - by, x + ax + bx, y + ay + by, x - ax + bx, y - ay + by
    };
  }

  /// The largest (`sign` 1) or smallest (-1) coordinate on an axis: 0 across, 1 upward.
  private static double bound(double[][] cells, int axis, int sign) {
    double bound = Double.NEGATIVE_INFINITY;
    for (double[] c : cells) {
      for (int k = axis; k < c.length; k += 2) {
        bound = Math.max(bound, sign * c[k]);
      }
    }
    return sign * bound;
  }
}
