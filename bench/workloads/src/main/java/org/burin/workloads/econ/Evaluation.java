package org.burin.workloads.econ;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.burin.transport.EarthMoverBatch;
import org.burin.transport.Formulation;
import org.burin.transport.GroundCost;
import org.burin.transport.Measures;

/// How well a compression keeps modules: the numbers of fastml-science (`utils/metrics.py`) for every module, and what they
/// come to.
///
/// The earth mover's distance is exact, between both modules divided by their own sums, over the distances of
/// [Hgcal#metric], in small sensor cells. It is [#EMPTY] for a module without charge, and [#LOST] where nothing of one is
/// restored; such modules do not enter means and medians.
public final class Evaluation {
  /// What stands for the distance of a module without charge.
  public static final double EMPTY = -1;

  /// What stands for the distance of a module of which nothing is restored.
  public static final double LOST = -0.5;

  /// The occupancies (cells above one minimum ionizing particle) at which the bins of [#byOccupancy] begin.
  private static final int[] BINS = {0, 5, 10, 15, 20, 30, 40};

  private static final double[] SPREAD = {
    deviation(IntStream.range(0, Hgcal.CELLS).mapToDouble(Hgcal::x).toArray()),
    deviation(IntStream.range(0, Hgcal.CELLS).mapToDouble(Hgcal::y).toArray())
  };

  private final String name;
  private final double bits;
  private final int[] occupancy;
  private final double[] emd;
  private final double[] meanShift;
  private final double[] rmsChange;
  private final double[] correlation;
  private final double[] sumRatio;

  /// The modules of a range of occupancies.
  ///
  /// @param from the least occupancy
  /// @param to the first above
  /// @param modules how many there are
  /// @param median the median of their earth mover's distances
  /// @param low the distance that 16 % are below
  /// @param high the distance that 84 % are below
  public record Bin(int from, int to, int modules, double median, double low, double high) {}

  private Evaluation(String name, double bits, Events events, float[] restored, int threads) {
    this.name = name;
    this.bits = bits;
    int n = events.size();
    occupancy = IntStream.range(0, n).map(i -> events.occupancy(i, Hgcal.MIP)).toArray();
    emd = distances(events.charges(), restored, threads);
    meanShift = new double[n];
    rmsChange = new double[n];
    correlation = new double[n];
    sumRatio = new double[n];
    for (int i = 0; i < n; i++) {
      double[] x = part(events.charges(), i);
      double[] y = part(restored, i);
      Moments before = Moments.of(x);
      Moments after = Moments.of(y);
      meanShift[i] = Math.hypot(before.x - after.x, before.y - after.y);
      rmsChange[i] = before.rms - after.rms;
      correlation[i] = correlation(x, y);
      sumRatio[i] = Arrays.stream(y).sum() / Arrays.stream(x).sum();
    }
  }

  /// Compares modules with what is restored of them.
  ///
  /// @param name what the compression is called
  /// @param bits the mean number of bits that it sends for a module
  /// @param restored 48 numbers per module, in counts
  /// @param threads how many threads share the work, which does not change the result
  public static Evaluation of(String name, double bits, Events events, float[] restored, int threads) {
    if (restored.length != events.charges().length) {
      throw new IllegalArgumentException("there are " + events.charges().length + " charges and " + restored.length
          + " restored ones; expected as many");
    }
    return new Evaluation(name, bits, events, restored, threads);
  }

  private static double[] part(float[] charges, int module) {
    return IntStream.range(0, Hgcal.CELLS).mapToDouble(c -> charges[module * Hgcal.CELLS + c]).toArray();
  }

  private static double[] distances(float[] x, float[] y, int threads) {
    int n = x.length / Hgcal.CELLS;
    double[] distances = new double[n];
    for (int i = 0; i < n; i++) {
      boolean empty = Arrays.stream(part(x, i)).sum() == 0;
      boolean lost = Arrays.stream(part(y, i)).sum() == 0;
      distances[i] = empty ? EMPTY : lost ? LOST : 0;
    }
    int[] whole = IntStream.range(0, n).filter(i -> distances[i] == 0).toArray();
    double[] solved = new EarthMoverBatch(GroundCost.metric(Hgcal.CELLS, Hgcal.metric()),
        new Formulation.Normalized(), threads)
        .distances(Measures.of(x, Hgcal.CELLS).select(whole), Measures.of(y, Hgcal.CELLS).select(whole));
    for (int k = 0; k < whole.length; k++) {
      distances[whole[k]] = solved[k];
    }
    return distances;
  }

  /// The first and second moments of a module, its charges divided by their sum.
  ///
  /// @param rms `sqrt(sum of w^2 ((x - mean)^2 / spread^2 + (y - mean)^2 / spread^2))`, the weights squared as published
  private record Moments(double x, double y, double rms) {
    static Moments of(double[] charges) {
      double sum = Arrays.stream(charges).sum();
      if (sum == 0) {
        return new Moments(0, 0, 0);
      }
      double x = 0;
      double y = 0;
      for (int c = 0; c < Hgcal.CELLS; c++) {
        x += charges[c] / sum * Hgcal.x(c);
        y += charges[c] / sum * Hgcal.y(c);
      }
      double squares = 0;
      for (int c = 0; c < Hgcal.CELLS; c++) {
        double w = charges[c] / sum;
        double dx = (Hgcal.x(c) - x) / SPREAD[0];
        double dy = (Hgcal.y(c) - y) / SPREAD[1];
        squares += w * w * (dx * dx + dy * dy);
      }
      return new Moments(x, y, Math.sqrt(squares));
    }
  }

  private static double deviation(double[] x) {
    double mean = Arrays.stream(x).average().orElse(0);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  /// Pearson's correlation; 0 where one side is the same everywhere.
  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double product = IntStream.range(0, a.length).mapToDouble(i -> (a[i] - meanA) * (b[i] - meanB)).sum() / a.length;
    double scale = deviation(a) * deviation(b);
    return scale == 0 ? 0 : product / scale;
  }

  /// What the compression is called.
  public String name() {
    return name;
  }

  /// The mean number of bits that it sends for a module.
  public double bits() {
    return bits;
  }

  /// The earth mover's distance of every module, or [#EMPTY] or [#LOST]; a new copy.
  public double[] emd() {
    return emd.clone();
  }

  /// The distances of the modules that have one, ascending.
  private double[] solved() {
    return Arrays.stream(emd).filter(d -> d >= 0).sorted().toArray();
  }

  /// The number below which a part of the earth mover's distances lies.
  ///
  /// @param part from 0 to 1: 0.5 for the median
  public double emdQuantile(double part) {
    return EventStatistics.quantile(solved(), part);
  }

  /// The mean earth mover's distance.
  public double emdMean() {
    return DoubleStream.of(solved()).average().orElse(Double.NaN);
  }

  /// The median of the distances by occupancy, bins without a module left out.
  public List<Bin> byOccupancy() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS.length; b++) {
      int from = BINS[b];
      int to = b + 1 < BINS.length ? BINS[b + 1] : Hgcal.CELLS + 1;
      double[] inside = IntStream.range(0, emd.length)
          .filter(i -> occupancy[i] >= from && occupancy[i] < to && emd[i] >= 0).mapToDouble(i -> emd[i]).sorted()
          .toArray();
      if (inside.length > 0) {
        bins.add(new Bin(from, to, inside.length, EventStatistics.quantile(inside, 0.5),
            EventStatistics.quantile(inside, 0.16), EventStatistics.quantile(inside, 0.84)));
      }
    }
    return bins;
  }

  /// All numbers by name, in the order of tables: `emd_median`, `emd_mean`, `emd_low`, `emd_high` (16 % and 84 %),
  /// `mean_shift` (the mean distance of the energy-weighted means, in small cells), `rms_change` (the mean of the root
  /// mean square before minus after), `correlation` (the mean over the modules of that between the cells before and after),
  /// `sum_ratio` (the mean of the sum after by the sum before), `sum_error` (the mean of how far that is from 1), `lost`
  /// (the part of modules of which nothing is restored), `bits`.
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("emd_median", emdQuantile(0.5));
    numbers.put("emd_mean", emdMean());
    numbers.put("emd_low", emdQuantile(0.16));
    numbers.put("emd_high", emdQuantile(0.84));
    numbers.put("mean_shift", mean(meanShift));
    numbers.put("rms_change", mean(rmsChange));
    numbers.put("correlation", mean(correlation));
    numbers.put("sum_ratio", mean(sumRatio));
    numbers.put("sum_error", mean(Arrays.stream(sumRatio).map(r -> Math.abs(r - 1)).toArray()));
    numbers.put("lost", Arrays.stream(emd).filter(d -> d == LOST).count() / (double) emd.length);
    numbers.put("bits", bits);
    return numbers;
  }

  /// The mean over the modules with charge.
  private double mean(double[] values) {
    return IntStream.range(0, emd.length).filter(i -> emd[i] != EMPTY).mapToDouble(i -> values[i]).average()
        .orElse(Double.NaN);
  }
}
