package org.burin.workloads.econ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A low-density module of the CMS high-granularity calorimeter: a hexagonal sensor of 48 trigger cells in three
/// rhombic sectors of 4x4.
///
/// Cells are numbered as the columns CALQ_0 to CALQ_47 of the published data: sector s has the cells 16 s to 16 s + 15,
/// row by row. Lengths are in small sensor cells, half the pitch of trigger cells: neighbours in a sector are 2 apart,
/// neighbours across a seam 1.803. Coordinates are those of fastml-science (`hexCoords`).
public final class Hgcal {
  /// The number of trigger cells.
  public static final int CELLS = 48;

  /// The number of sectors.
  public static final int SECTORS = 3;

  /// The number of trigger cells in a sector.
  public static final int SECTOR_CELLS = CELLS / SECTORS;

  /// What a charge of one minimum ionizing particle, crossing the sensor at right angles, counts as.
  public static final int MIP = 35;

  /// The length of a small sensor cell in cm.
  public static final double SMALL_CELL = 0.5 * 2.4168015;

  private static final String RESOURCE = "trigger-cells.csv";
  private static final double[][] TABLE = read();
  private static final double[] METRIC = distances();

  private Hgcal() {}

  /// The horizontal position of a cell's centre, in small cells.
  public static double x(int cell) {
    return TABLE[cell][1] / SMALL_CELL;
  }

  /// The vertical position of a cell's centre, in small cells.
  public static double y(int cell) {
    return TABLE[cell][2] / SMALL_CELL;
  }

  /// The first of the two whole coordinates along the axes of the hexagon, 0 to 7.
  public static int u(int cell) {
    return (int) TABLE[cell][3];
  }

  /// The second of the two whole coordinates along the axes of the hexagon, 0 to 7.
  public static int v(int cell) {
    return (int) TABLE[cell][4];
  }

  /// The position of a cell among the words that arrive: p stands for word p mod 4 of link p / 4.
  public static int linkPosition(int cell) {
    return (int) TABLE[cell][5];
  }

  /// The position of a cell behind the multiplexer.
  public static int muxPosition(int cell) {
    return (int) TABLE[cell][6];
  }

  /// The distances between all cells, in small cells: `[48*48]`, row-major, symmetric, a new copy.
  public static double[] metric() {
    return METRIC.clone();
  }

  /// The distance between two cells, in small cells.
  public static double distance(int a, int b) {
    return METRIC[a * CELLS + b];
  }

  private static double[] distances() {
    double[] d = new double[CELLS * CELLS];
    for (int i = 0; i < CELLS; i++) {
      for (int j = 0; j < CELLS; j++) {
        double dx = (TABLE[i][1] - TABLE[j][1]) / SMALL_CELL;
        double dy = (TABLE[i][2] - TABLE[j][2]) / SMALL_CELL;
        d[i * CELLS + j] = Math.sqrt(dx * dx + dy * dy);
      }
    }
    return d;
  }

  private static double[][] read() {
    List<double[]> rows = new ArrayList<>();
    InputStream resource = Objects.requireNonNull(Hgcal.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.startsWith("#") && !line.startsWith("cell")) {
          rows.add(Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.toArray(double[][]::new);
  }
}
