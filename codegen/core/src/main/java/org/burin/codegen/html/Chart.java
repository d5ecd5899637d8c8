package org.burin.codegen.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.burin.codegen.html.Svg.Anchor;

/// Lines over two axes: curves, or the outlines of histograms.
public final class Chart {
  private static final double WIDTH = 440;
  private static final double LEFT = 58;
  private static final double RIGHT = 14;
  private static final double PLOT_HEIGHT = 220;
  private static final double TOP = 10;
  private static final double BOTTOM = 44;
  private static final double LEGEND_LINE = 17;

  /// One line.
  ///
  /// @param name its text in the legend
  /// @param x where its points lie, from left to right
  /// @param y how high; as many as there are `x`
  @SuppressWarnings("ArrayRecordComponent") // Only drawn, never compared.
  private record Line(String name, double[] x, double[] y) {}

  private final String title;
  private final String across;
  private final String upward;
  private final List<Line> lines = new ArrayList<>();

  /// An empty chart.
  ///
  /// @param title what it shows
  /// @param across what the values on the lower axis are, with their unit
  /// @param upward what the values on the left axis are, with their unit
  public Chart(String title, String across, String upward) {
    this.title = title;
    this.across = across;
    this.upward = upward;
  }

  /// Adds a curve through points.
  ///
  /// @param x from left to right; finite
  /// @param y as many; points that are not finite are left out
  /// @throws IllegalArgumentException when the lengths differ, or [Svg#SERIES] lines are there already
  public Chart curve(String name, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("curve '" + name + "' has " + x.length + " x and " + y.length + " y");
    }
    if (lines.size() == Svg.SERIES) {
      throw new IllegalArgumentException(
          "chart '" + title + "' has " + Svg.SERIES + " lines, which is all it can hold");
    }
    int[] finite = IntStream.range(0, x.length).filter(i -> Double.isFinite(y[i])).toArray();
    lines.add(new Line(name, Arrays.stream(finite).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(finite).mapToDouble(i -> y[i]).toArray()));
    return this;
  }

  /// Adds the outline of a histogram: the part of the values that falls into each of `bins` equal bins from `low` to
  /// `high`; values outside count in the first or last.
  public Chart histogram(String name, double[] values, double low, double high, int bins) {
    double[] parts = new double[bins];
    for (double v : values) {
      int bin = (int) Math.floor((v - low) / (high - low) * bins);
      parts[Math.clamp(bin, 0, bins - 1)] += 1.0 / values.length;
    }
    double[] x = new double[2 * bins + 2];
    double[] y = new double[2 * bins + 2];
    for (int i = 0; i <= bins; i++) {
      x[2 * i] = x[2 * i + 1] = low + (high - low) * i / bins;
      y[2 * i] = i == 0 ? 0 : parts[i - 1];
      y[2 * i + 1] = i == bins ? 0 : parts[i];
    }
    return curve(name, x, y);
  }

  /// The drawing: axes from the smallest to the largest values, the lower end of the left one 0 if all are positive and
  /// some are near it.
  public Svg draw() {
    Axis horizontal = axis(lines.stream().map(Line::x).toList(), false);
    Axis vertical = axis(lines.stream().map(Line::y).toList(), true);
    double legend = LEGEND_LINE * lines.size();
    double floor = TOP + legend + PLOT_HEIGHT;
    Svg svg = new Svg(title, WIDTH, floor + BOTTOM);
    for (int i = 0; i < lines.size(); i++) {
      double y = TOP + LEGEND_LINE * i + 5;
      svg.line(LEFT, y, LEFT + 22, y, "series" + i).text(LEFT + 28, y + 4, Anchor.START, lines.get(i).name());
    }
    for (double v : vertical.values()) {
      double y = floor - vertical.place(v) * PLOT_HEIGHT;
      svg.line(LEFT, y, WIDTH - RIGHT, y, "faint").text(LEFT - 6, y + 4, Anchor.END, vertical.label(v));
    }
    for (double v : horizontal.values()) {
      double x = LEFT + horizontal.place(v) * (WIDTH - LEFT - RIGHT);
      svg.line(x, floor, x, floor + 4, "ink").text(x, floor + 18, Anchor.MIDDLE, horizontal.label(v));
    }
    svg.line(LEFT, floor, WIDTH - RIGHT, floor, "ink");
    svg.text((LEFT + WIDTH - RIGHT) / 2, floor + 36, Anchor.MIDDLE, across);
    svg.upright(12, floor - PLOT_HEIGHT / 2, upward);
    for (int i = 0; i < lines.size(); i++) {
      svg.path(points(lines.get(i), horizontal, vertical, floor), "series" + i);
    }
    return svg;
  }

  private static double[] points(Line line, Axis horizontal, Axis vertical, double floor) {
    double[] points = new double[2 * line.x().length];
    for (int i = 0; i < line.x().length; i++) {
      points[2 * i] = LEFT + horizontal.place(line.x()[i]) * (WIDTH - LEFT - RIGHT);
      points[2 * i + 1] = floor - vertical.place(line.y()[i]) * PLOT_HEIGHT;
    }
    return points;
  }

  private static Axis axis(List<double[]> values, boolean mayStartAtZero) {
    double min = values.stream().flatMapToDouble(Arrays::stream).min().orElse(0);
    double max = values.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
    return Axis.of(mayStartAtZero && min > 0 && min < max / 2 ? 0 : min, max);
  }
}
