package org.burin.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Op.Input;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The compiled training steps of a model, one for each batch size, over the same parameters and slots.
final class Stepper {
  private final Model model;
  private final Settings settings;
  private final List<LossTerm> terms;
  private final Feed feed;
  private final StepGraph.Rule rule;
  private final Map<String, Tensor> slots = new LinkedHashMap<>();
  private final Map<Integer, Step> steps = new HashMap<>();
  private final Step full;

  /// The step for one batch size.
  private static final class Step {
    final StepGraph graph;
    final BatchPlan batch;
    final UpdateBuilder.StepScalar[] scalars;
    final float[][] scalarInputs;
    final float @Nullable [] key;

    Step(StepGraph graph, BatchPlan batch) {
      this.graph = graph;
      this.batch = batch;
      scalars = graph.scalars().values().toArray(UpdateBuilder.StepScalar[]::new);
      scalarInputs = graph.scalars().keySet().stream()
          .map(name -> batch.plan.input(name).data())
          .toArray(float[][]::new);
      boolean random = graph.graph().inputs().stream()
          .anyMatch(v -> v.op().equals(new Input(Net.RANDOM_KEY, v.shape())));
      key = random ? batch.plan.input(Net.RANDOM_KEY).data() : null;
    }

    void fill(long seed, long step, double rate) {
      for (int i = 0; i < scalars.length; i++) {
        scalarInputs[i][0] = (float) scalars[i].of(step + 1, rate);
      }
      if (key != null) {
        CounterRandom.writeKey(seed, step, key, 0);
      }
    }
  }

  /// @param ebops the controller's state; used where the settings have a controller
  /// @throws TrainingException when the losses do not fit, or nothing is to be trained
  Stepper(Model model, Settings settings, Feed feed, int batchSize, EbopsFactor ebops) {
    this.model = model;
    this.settings = settings;
    this.feed = feed;
    this.terms = feed.terms();
    this.rule = new StepGraph.Rule(settings.optimizer, settings.clipping, model.parameters()::isTrainable,
        settings.budget(ebops));
    StepGraph graph = StepGraph.of(model.training(), batchSize, terms, rule);
    graph.slots().forEach((name, slot) -> {
      if (model.parameters().contains(name)) {
        throw new TrainingException("the optimizer's slot '" + name + "' has the name of a parameter of model '"
            + model.name() + "'; rename the layer");
      }
      slots.put(name, Tensor.full(slot.shape(), slot.initial()));
    });
    full = compile(graph, batchSize);
    steps.put(batchSize, full);
  }

  private Step compile(StepGraph graph, int samples) {
    Plan plan = Plan.compile(graph.graph(), tensors(),
        PlanOptions.DEFAULT.withThreads(settings.threads).withGuard(StepGraph.LOSS));
    return new Step(graph, new BatchPlan(plan, samples, feed, rule.budget().measuresEbops()));
  }

  /// What the optimizer keeps, by name.
  Map<String, Tensor> slots() {
    return slots;
  }

  /// Parameters and slots, by name.
  Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>(model.parameters().tensors());
    all.putAll(slots);
    return all;
  }

  /// The plan for whole batches, whose arrays batches are read into.
  BatchPlan full() {
    return full.batch;
  }

  /// Runs a step on the batch in the arrays of [#full].
  ///
  /// @param samples how many samples the batch has
  /// @param done how many steps were done before
  /// @return the plan that was run
  /// @throws org.burin.exec.NonFiniteException when the loss is not finite; nothing has changed then
  /// @throws TrainingException when a target is out of range
  BatchPlan run(int samples, long done, double rate) {
    Step step = samples == full.batch.samples ? full : smaller(samples);
    step.batch.checkTargets();
    step.fill(settings.seed, done, rate);
    step.batch.plan.run();
    return step.batch;
  }

  private Step smaller(int samples) {
    Step step = steps.get(samples);
    if (step == null) {
      step = compile(StepGraph.of(model.training(), samples, terms, rule), samples);
      steps.put(samples, step);
    }
    step.batch.copyFrom(full.batch);
    return step;
  }

  /// Where the NaN or infinity in the loss of the batch that was run last comes from.
  ///
  /// @param samples how many samples the batch has
  /// @param done how many steps were done before
  String diagnose(int samples, long done, double rate) {
    Step step = samples == full.batch.samples ? full : smaller(samples);
    Plan plan = Plan.compile(step.graph.graph(), tensors(),
        PlanOptions.DEFAULT.withThreads(settings.threads).withGuard(StepGraph.LOSS).keepingAll());
    Step kept = new Step(step.graph, new BatchPlan(plan, samples, feed, rule.budget().measuresEbops()));
    kept.batch.copyFrom(full.batch);
    kept.fill(settings.seed, done, rate);
    return Diagnosis.of(step.graph.graph(), plan, tensors());
  }
}
