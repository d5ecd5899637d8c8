package org.burin.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.burin.data.BatchOptions;
import org.burin.data.Batches;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.pass.ExactSwitch;
import org.burin.pass.FixedEvaluator;
import org.burin.tensor.Tensor;

/// Computes losses and metrics of a model's graph to use on a dataset, again and again.
final class Evaluator implements AutoCloseable {
  /// What the names of inputs begin with that stand for outputs of the model.
  private static final String OUTPUT = "model/";

  private final Model model;
  private final int threads;
  private final Feed feed;
  private final Batches batches;
  private final Scores scores;
  private final BatchPlan full;
  private final Map<Integer, BatchPlan> plans = new HashMap<>();
  private final Map<Integer, BatchPlan> losses = new HashMap<>();
  private final ExactSwitch exactly;

  /// @param prefix in front of every name, such as `val_`
  Evaluator(Model model, Settings settings, Dataset data, String prefix) {
    this.model = model;
    this.threads = settings.threads;
    this.feed = Feed.of(model.inference(), settings.losses, data);
    this.scores = new Scores(feed.terms(), settings.metrics, prefix, true);
    int size = (int) Math.min(settings.batchSize, Math.max(1, data.size()));
    this.batches = data.batches(BatchOptions.of(size));
    this.full = plan(size);
    this.exactly = new ExactSwitch("model '" + model.name() + "' is evaluated in 64-bit integers", model.inference(),
        model.parameters()::tensors);
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

  /// A plan of the losses alone, whose inputs the model's outputs are.
  private BatchPlan losses(int samples) {
    return losses.computeIfAbsent(samples, n -> {
      GraphBuilder b = new GraphBuilder(model.name());
      model.inference().inputs().forEach(v -> b.add(v.op()));
      model.inference().outputs().forEach((name, v) -> b.output(name, b.input(OUTPUT + name, v.shape())));
      return new BatchPlan(Plan.compile(StepGraph.evaluation(b.build(), n, feed.terms()), Map.of(),
          PlanOptions.DEFAULT.withThreads(threads)), n, feed, false);
    });
  }

  private BatchPlan run(FixedEvaluator exact, BatchPlan read) {
    BatchPlan batch = losses(read.samples);
    batch.copyFrom(read);
    Map<String, Tensor> inputs = new HashMap<>();
    for (Value v : model.inference().inputs()) {
      String name = ((Input) v.op()).name();
      inputs.put(name, batch.plan.input(name));
    }
    exact.run(inputs).forEach((name, t) ->
        System.arraycopy(t.data(), 0, batch.plan.input(OUTPUT + name).data(), 0, t.size()));
    batch.checkTargets();
    batch.plan.run();
    return batch;
  }

  /// The losses and metrics of the model with its present parameters: in float32 or, where that would round what is
  /// fixed point throughout, in fixed point.
  Map<String, Double> evaluate() {
    Optional<FixedEvaluator> exact = exactly.inexact().map(FixedEvaluator::new);
    scores.clear();
    batches.seek(0, 0);
    for (int n = batches.next(full.columns); n > 0; n = batches.next(full.columns)) {
      BatchPlan batch = full;
      if (n < full.samples) {
        batch = plan(n);
        batch.copyFrom(full);
      }
      if (exact.isPresent()) {
        scores.add(run(exact.get(), batch));
      } else {
        batch.checkTargets();
        batch.plan.run();
        scores.add(batch);
      }
    }
    return scores.results();
  }

  @Override
  public void close() {
    batches.close();
  }
}
