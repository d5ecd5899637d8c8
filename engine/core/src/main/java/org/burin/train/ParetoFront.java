package org.burin.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.burin.train.History.Epoch;

/// The epochs of a training that no other one beats in both a metric and EBOPs.
///
/// An epoch is beaten by one that is at least as good in both, and better in one; of two equal ones the earlier stays.
/// Epochs without the metric or EBOPs, or where one of them is not finite, are left out.
///
/// @param metric the value of the history
/// @param higherIsBetter whether it is to be large
/// @param front the epochs that are not beaten, EBOPs ascending
/// @param beaten the others, in order
public record ParetoFront(String metric, boolean higherIsBetter, List<Point> front, List<Point> beaten) {
  /// Copies the lists.
  public ParetoFront {
    front = List.copyOf(front);
    beaten = List.copyOf(beaten);
  }

  /// An epoch.
  ///
  /// @param epoch its number, from 1
  /// @param ebops what the model costs
  /// @param metric how good it is
  public record Point(int epoch, double ebops, double metric) {
    /// The name of the file with the model of the epoch.
    public String file() {
      return String.format(Locale.ROOT, "epoch_%04d.burin", epoch);
    }
  }

  /// The front of these epochs.
  public static ParetoFront of(String metric, boolean higherIsBetter, List<Epoch> epochs) {
    List<Point> all = new ArrayList<>();
    for (Epoch e : epochs) {
      double value = e.values().getOrDefault(metric, Double.NaN);
      double ebops = e.values().getOrDefault(EbopsMeter.NAME, Double.NaN);
      if (Double.isFinite(value) && Double.isFinite(ebops)) {
        all.add(new Point(e.number(), ebops, value));
      }
    }
    double sign = higherIsBetter ? -1 : 1;
    all.sort(Comparator.comparingDouble(Point::ebops)
        .thenComparingDouble(p -> sign * p.metric)
        .thenComparingInt(Point::epoch));
    List<Point> front = new ArrayList<>();
    List<Point> beaten = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (Point p : all) {
      if (sign * p.metric < best) {
        best = sign * p.metric;
        front.add(p);
      } else {
        beaten.add(p);
      }
    }
    beaten.sort(Comparator.comparingInt(Point::epoch));
    return new ParetoFront(metric, higherIsBetter, front, beaten);
  }

  /// As CSV: a header `epoch,ebops,METRIC,file`, then a row for each epoch of the front.
  public String toCsv() {
    StringBuilder s = new StringBuilder("epoch,ebops,").append(metric).append(",file\n");
    for (Point p : front) {
      s.append(p.epoch).append(',').append(p.ebops).append(',').append(p.metric).append(',').append(p.file())
          .append('\n');
    }
    return s.toString();
  }

  /// As a chart: the metric over EBOPs, whose axis is logarithmic. The front is a line, beaten epochs are faint dots.
  public String toSvg() {
    return new FrontChart(this).toSvg();
  }
}
