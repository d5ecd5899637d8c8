package org.burin.train;

import java.util.HashMap;
import java.util.Map;
import org.burin.data.BatchOptions;
import org.burin.data.Batches;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.nn.Model;

/// Computes losses and metrics of a model's graph to use on a dataset, again and again.
final class Evaluator implements AutoCloseable {
  private final Model model;
  private final int threads;
  private final Feed feed;
  private final Batches batches;
  private final Scores scores;
  private final BatchPlan full;
  private final Map<Integer, BatchPlan> plans = new HashMap<>();

  /// @param prefix in front of every name, such as `val_`
  Evaluator(Model model, Settings settings, Dataset data, String prefix) {
    this.model = model;
    this.threads = settings.threads;
    this.feed = Feed.of(model.inference(), settings.losses, data);
    this.scores = new Scores(feed.terms(), settings.metrics, prefix, true);
    int size = (int) Math.min(settings.batchSize, Math.max(1, data.size()));
    this.batches = data.batches(BatchOptions.of(size));
    this.full = plan(size);
  }

  private BatchPlan plan(int samples) {
    return plans.computeIfAbsent(samples, n -> new BatchPlan(
        Plan.compile(StepGraph.evaluation(model.inference(), n, feed.terms()), model.parameters().tensors(),
            PlanOptions.DEFAULT.withThreads(threads)), n, feed, false));
  }

  /// The names of the results, in order.
  Scores scores() {
    return scores;
  }

  /// The losses and metrics of the model with its present parameters.
  Map<String, Double> evaluate() {
    scores.clear();
    batches.seek(0, 0);
    for (int n = batches.next(full.columns); n > 0; n = batches.next(full.columns)) {
      BatchPlan batch = full;
      if (n < full.samples) {
        batch = plan(n);
        batch.copyFrom(full);
      }
      batch.checkTargets();
      batch.plan.run();
      scores.add(batch);
    }
    return scores.results();
  }

  @Override
  public void close() {
    batches.close();
  }
}
