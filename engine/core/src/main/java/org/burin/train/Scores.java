package org.burin.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The losses and metrics of an epoch or of an evaluation, gathered batch by batch.
final class Scores {
  private final List<String> names = new ArrayList<>();
  private final Gauge[] gauges;
  private final int[] terms;
  private final double[] lossSums;
  private final boolean anyWeighted;
  private float[] weight = {};
  private double lossSum;
  private long samples;

  /// @param metrics the metrics by output, those of [Settings#EVERY_OUTPUT] for outputs without any
  /// @param prefix in front of every name, such as `val_`
  /// @param whole whether metrics of the whole set are computed
  Scores(List<LossTerm> losses, Map<String, List<Metric>> metrics, String prefix, boolean whole) {
    List<Gauge> found = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    boolean weighted = false;
    boolean single = losses.size() == 1;
    names.add(prefix + "loss");
    if (!single) {
      losses.forEach(term -> names.add(prefix + term.output() + "_loss"));
    }
    for (int t = 0; t < losses.size(); t++) {
      String output = losses.get(t).output();
      List<Metric> every = metrics.getOrDefault(Settings.EVERY_OUTPUT, List.of());
      for (Metric m : metrics.getOrDefault(output, every)) {
        if (whole || m instanceof Metric.Mean) {
          names.add(prefix + (single ? "" : output + "_") + m.name());
          found.add(Gauge.of(m));
          owners.add(t);
          weighted |= m.isWeighted();
        }
      }
    }
    gauges = found.toArray(Gauge[]::new);
    terms = owners.stream().mapToInt(Integer::intValue).toArray();
    lossSums = new double[losses.size()];
    anyWeighted = weighted;
  }

  /// The names of the results, in order.
  List<String> names() {
    return names;
  }

  /// Begins anew.
  void clear() {
    lossSum = 0;
    samples = 0;
    Arrays.fill(lossSums, 0);
    for (Gauge g : gauges) {
      g.clear();
    }
  }

  /// Adds the batch that the plan has just computed.
  void add(BatchPlan batch) {
    samples += batch.samples;
    lossSum += (double) batch.loss.data()[0] * batch.samples;
    for (int t = 0; t < lossSums.length; t++) {
      lossSums[t] += (double) batch.losses[t].data()[0] * batch.samples;
    }
    for (int g = 0; g < gauges.length; g++) {
      int t = terms[g];
      if (anyWeighted) {
        multiply(batch.weights[t], batch.samples);
      }
      gauges[g].add(batch.predictions[t], batch.targets[t], weight);
    }
  }

  private void multiply(float[][] factors, int n) {
    if (weight.length < n) {
      weight = new float[n];
    }
    Arrays.fill(weight, 0, n, 1f);
    for (float[] f : factors) {
      for (int i = 0; i < n; i++) {
        weight[i] *= f[i];
      }
    }
  }

  /// The mean loss so far.
  double meanLoss() {
    return lossSum / samples;
  }

  /// The results by name.
  Map<String, Double> results() {
    Map<String, Double> results = new LinkedHashMap<>();
    int i = 0;
    results.put(names.get(i++), lossSum / samples);
    if (lossSums.length > 1) {
      for (double sum : lossSums) {
        results.put(names.get(i++), sum / samples);
      }
    }
    for (Gauge g : gauges) {
      results.put(names.get(i++), g.result());
    }
    return results;
  }

  /// What has been gathered, for a checkpoint; only where no metric needs the whole set.
  double[] state() {
    double[] state = new double[2 + lossSums.length + 2 * gauges.length];
    state[0] = lossSum;
    state[1] = samples;
    System.arraycopy(lossSums, 0, state, 2, lossSums.length);
    for (int g = 0; g < gauges.length; g++) {
      if (gauges[g] instanceof Gauge.Running r) {
        state[2 + lossSums.length + 2 * g] = r.sum;
        state[3 + lossSums.length + 2 * g] = r.weights;
      }
    }
    return state;
  }

  /// Goes on from what [#state] gave.
  void restore(double[] state) {
    lossSum = state[0];
    samples = (long) state[1];
    System.arraycopy(state, 2, lossSums, 0, lossSums.length);
    for (int g = 0; g < gauges.length; g++) {
      if (gauges[g] instanceof Gauge.Running r) {
        r.sum = state[2 + lossSums.length + 2 * g];
        r.weights = state[3 + lossSums.length + 2 * g];
      }
    }
  }
}
