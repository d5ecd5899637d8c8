package org.burin.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.burin.data.Column;
import org.burin.data.Dataset;
import org.jspecify.annotations.Nullable;

/// What a [Trainer] was told.
final class Settings {
  /// The key of the loss and the metrics for every output that has none of its own.
  static final String EVERY_OUTPUT = "";

  final Map<String, WeightedLoss> losses = new LinkedHashMap<>();
  final Map<String, List<Metric>> metrics = new LinkedHashMap<>();
  final List<Callback> callbacks = new ArrayList<>();
  Optimizer optimizer = Optimizer.adam();
  @Nullable Schedule schedule;
  Clipping clipping = Clipping.none();
  @Nullable EbopsControl ebops;
  final List<Constraint> constraints = new ArrayList<>();
  @Nullable Monitor front;
  int batchSize = 32;
  int epochs = 1;
  long seed;
  boolean shuffle = true;
  int threads = Runtime.getRuntime().availableProcessors();
  @Nullable Dataset validation;
  double validationSplit;
  @Nullable Monitor monitor;
  @Nullable EarlyStopping earlyStopping;
  @Nullable ReduceOnPlateau plateau;
  boolean keepBest;
  @Nullable Path folder;
  long checkpointSteps;
  boolean progress = true;

  /// A loss and its factor in the sum of all losses.
  record WeightedLoss(Loss loss, double weight) {}

  /// The value of an epoch that says which epoch was best.
  record Monitor(String name, boolean higherIsBetter) {
    boolean better(double value, double best, double minDelta) {
      return higherIsBetter ? value > best + minDelta : value < best - minDelta;
    }

    double worst() {
      return higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  Schedule rates() {
    return schedule == null ? Schedule.constant(optimizer.learningRate()) : schedule;
  }

  Monitor watched(boolean validated) {
    return monitor == null ? new Monitor(validated ? "val_loss" : "loss", false) : monitor;
  }

  /// What of the model's size is part of the loss.
  Budget budget(EbopsFactor factor) {
    return new Budget(ebops == null ? null : factor, List.copyOf(constraints));
  }

  /// Whether the history has the EBOPs.
  boolean measuresEbops() {
    return budget(new EbopsFactor(EbopsControl.measureOnly())).measuresEbops() || front != null;
  }

  boolean needsBest() {
    return keepBest || (earlyStopping != null && earlyStopping.restoreBest());
  }

  /// What has to be the same for training to be resumed, by name. Epochs, threads, files and callbacks may change.
  Map<String, String> fingerprint(Dataset train, @Nullable Dataset held) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("seed", Long.toString(seed));
    map.put("batch size", Integer.toString(batchSize));
    map.put("shuffle", Boolean.toString(shuffle));
    map.put("optimizer", optimizer.describe());
    map.put("schedule", rates().describe());
    map.put("clipping", clipping.toString());
    losses.forEach((output, l) ->
        map.put("loss" + (output.isEmpty() ? "" : " of " + output), l.loss().describe() + " x " + l.weight()));
    metrics.forEach((output, list) -> map.put("metrics" + (output.isEmpty() ? "" : " of " + output),
        list.stream().map(Metric::name).collect(Collectors.joining(" "))));
    if (ebops != null) {
      map.put("EBOPs", ebops.toString());
    }
    constraints.forEach(c -> map.put("constraint on " + c.name(), c.toString()));
    if (front != null) {
      map.put("Pareto front", front.toString());
    }
    map.put("monitor", watched(held != null).toString());
    map.put("early stopping", String.valueOf(earlyStopping));
    map.put("plateau", String.valueOf(plateau));
    map.put("best model", Boolean.toString(keepBest));
    map.put("training data", describe(train));
    map.put("validation data", held == null ? "none" : describe(held));
    return map;
  }

  private static String describe(Dataset data) {
    return data.size() + " samples of "
        + data.columns().stream().map(Column::toString).collect(Collectors.joining(", "));
  }
}
