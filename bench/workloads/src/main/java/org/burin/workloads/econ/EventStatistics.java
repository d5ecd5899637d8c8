package org.burin.workloads.econ;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// What a sample of modules looks like.
public final class EventStatistics {
  private static final double NEAR = 2.1;
  private static final double FAR = 6;

  private final double[] occupancy;
  private final double[] sum;
  private final double[] largest;
  private final double[] charge;
  private final double nearCorrelation;
  private final double farCorrelation;

  private EventStatistics(Events events) {
    float[] q = events.charges();
    occupancy = sorted(events, i -> events.occupancy(i, 0));
    sum = sorted(events, events::total);
    largest = sorted(events,
        i -> IntStream.range(0, Hgcal.CELLS).mapToDouble(c -> q[i * Hgcal.CELLS + c]).max().orElse(0));
    charge = IntStream.range(0, q.length).mapToDouble(i -> q[i]).filter(x -> x > 0).sorted().toArray();
    nearCorrelation = correlation(events, 0, NEAR);
    farCorrelation = correlation(events, FAR, Double.POSITIVE_INFINITY);
  }

  /// The statistics of a sample of at least one module.
  public static EventStatistics of(Events events) {
    return new EventStatistics(events);
  }

  /// The number of charged cells of every module, ascending; a new copy.
  public double[] occupancy() {
    return occupancy.clone();
  }

  /// The sum of charges of every module, in counts, ascending; a new copy.
  public double[] sum() {
    return sum.clone();
  }

  /// The largest charge of every module, in counts, ascending; a new copy.
  public double[] largest() {
    return largest.clone();
  }

  /// The charges of all charged cells, in counts, ascending; a new copy.
  public double[] charge() {
    return charge.clone();
  }

  /// The correlation of `log(1 + charge)` between neighbours, over all pairs of cells at most 2.1 small cells apart.
  public double nearCorrelation() {
    return nearCorrelation;
  }

  /// The correlation of `log(1 + charge)` over all pairs of cells at least 6 small cells apart.
  public double farCorrelation() {
    return farCorrelation;
  }

  private static double[] sorted(Events events, IntToDoubleFunction value) {
    return IntStream.range(0, events.size()).mapToDouble(value).sorted().toArray();
  }

  private static double correlation(Events events, double least, double most) {
    double[] log = new double[events.charges().length];
    for (int i = 0; i < log.length; i++) {
      log[i] = StrictMath.log1p(events.charges()[i]);
    }
    double n = 0;
    double sum = 0;
    double squares = 0;
    double products = 0;
    for (int a = 0; a < Hgcal.CELLS; a++) {
      for (int b = 0; b < Hgcal.CELLS; b++) {
        if (a != b && Hgcal.distance(a, b) >= least && Hgcal.distance(a, b) <= most) {
          for (int e = 0; e < log.length; e += Hgcal.CELLS) {
            n++;
            sum += log[e + a];
            squares += log[e + a] * log[e + a];
            products += log[e + a] * log[e + b];
          }
        }
      }
    }
    double mean = sum / n;
    return (products / n - mean * mean) / (squares / n - mean * mean);
  }

  /// The number below which a part of an ascending sample lies.
  ///
  /// @param part from 0 to 1
  public static double quantile(double[] ascending, double part) {
    double position = part * (ascending.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, ascending.length - 1);
    return ascending[low] + (position - low) * (ascending[high] - ascending[low]);
  }

  /// The distance of Kolmogorov and Smirnov of two ascending samples: the largest difference of their distribution
  /// functions, from 0 to 1.
  public static double kolmogorovSmirnov(double[] a, double[] b) {
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] == at) {
        i++;
      }
      while (j < b.length && b[j] == at) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return largest;
  }

  /// The one-dimensional Wasserstein distance of two ascending samples: the area between their distribution functions, in
  /// the unit of the samples.
  public static double wasserstein(double[] a, double[] b) {
    double area = 0;
    double last = Math.min(a[0], b[0]);
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      double at = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      area += (at - last) * Math.abs((double) i / a.length - (double) j / b.length);
      last = at;
      if (i < a.length && a[i] == at) {
        i++;
      } else {
        j++;
      }
    }
    return area;
  }

  /// How far this sample is from another one, as a table in Markdown: mean and quantiles of either and, in the row of this
  /// one, the distance of Kolmogorov and Smirnov and the Wasserstein distance as a part of the other's mean.
  ///
  /// @param name what this sample is called
  /// @param otherName what the other one is called
  public String compare(String name, EventStatistics other, String otherName) {
    StringBuilder table = new StringBuilder("""
        | | sample | mean | 5 % | 25 % | 50 % | 75 % | 95 % | KS | W1 / mean |
        |---|---|---|---|---|---|---|---|---|---|
        """);
    rows(table, "charged cells", name, occupancy, otherName, other.occupancy);
    rows(table, "charge of a cell", name, charge, otherName, other.charge);
    rows(table, "largest charge", name, largest, otherName, other.largest);
    rows(table, "sum of a module", name, sum, otherName, other.sum);
    return table.toString() + String.format(Locale.ROOT, """
        | correlation of neighbours | %s | %.3f | | | | | | | |
        | | %s | %.3f | | | | | | | |
        | correlation of far cells | %s | %.3f | | | | | | | |
        | | %s | %.3f | | | | | | | |
        """, name, nearCorrelation, otherName, other.nearCorrelation, name, farCorrelation, otherName,
        other.farCorrelation);
  }

  private static void rows(StringBuilder table, String what, String name, double[] a, String otherName, double[] b) {
    double mean = Arrays.stream(b).average().orElse(Double.NaN);
    table.append(row(what, name, a)).append(String.format(Locale.ROOT, " %.3f | %.3f |\n", kolmogorovSmirnov(a, b),
        wasserstein(a, b) / mean)).append(row("", otherName, b)).append(" | |\n");
  }

  private static String row(String what, String name, double[] x) {
    return String.format(Locale.ROOT, "| %s | %s | %.1f | %.0f | %.0f | %.0f | %.0f | %.0f |", what, name,
        Arrays.stream(x).average().orElse(Double.NaN), quantile(x, 0.05), quantile(x, 0.25), quantile(x, 0.5),
        quantile(x, 0.75), quantile(x, 0.95));
  }
}
