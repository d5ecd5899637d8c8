package org.burin.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.burin.data.BatchOptions;
import org.burin.data.Batches;
import org.burin.data.Dataset;
import org.burin.exec.NonFiniteException;
import org.burin.nn.Model;
import org.burin.pass.ExactSwitch;
import org.burin.tensor.Tensor;
import org.burin.train.History.End;
import org.burin.train.History.Epoch;
import org.burin.train.Settings.Monitor;
import org.jspecify.annotations.Nullable;

/// One run of a [Trainer]: the loop over epochs and batches.
final class Training {
  private final Model model;
  private final Settings settings;
  private final Dataset train;
  private final @Nullable Dataset held;
  private final BooleanSupplier stopping;
  private final Monitor monitor;
  private final Schedule rates;
  private final Callback[] callbacks;
  private final Folder folder;

  Training(Model model, Settings settings, Dataset data, BooleanSupplier stopping) {
    this.model = model;
    this.settings = settings;
    this.stopping = stopping;
    if (settings.validationSplit > 0) {
      Dataset.Split split = data.split(settings.validationSplit);
      this.train = split.train();
      this.held = split.validation();
    } else {
      this.train = data;
      this.held = settings.validation;
    }
    this.monitor = settings.watched(held != null);
    this.rates = settings.rates();
    this.callbacks = settings.callbacks.toArray(Callback[]::new);
    this.folder = new Folder(settings.folder, model, settings.fingerprint(train, held));
  }

  /// Trains, from the start or from the checkpoint.
  History run(boolean resume) {
    int batchSize = (int) Math.min(settings.batchSize, Math.max(1, train.size()));
    BatchOptions options = BatchOptions.of(batchSize);
    try (Batches batches = train.batches(settings.shuffle ? options.shuffle(settings.seed) : options);
        Evaluator evaluator = held == null ? null : new Evaluator(model, settings, held, "val_")) {
      Feed feed = Feed.of(model.training(), settings.losses, train);
      Scores scores = new Scores(feed.terms(), settings.metrics, "", false);
      checkMonitor(scores, evaluator);
      EbopsControl control = settings.ebops == null ? EbopsControl.measureOnly() : settings.ebops;
      TrainingState state = new TrainingState(monitor, control);
      Stepper stepper = new Stepper(model, settings, feed, batchSize, state.ebops);
      EbopsMeter meter = settings.measuresEbops() ? new EbopsMeter(model) : null;
      if (resume) {
        folder.load(state, stepper.slots());
        if (state.scores.length > 0) {
          scores.restore(state.scores);
        }
        folder.showFront(settings.front, state.history);
      } else {
        folder.begin();
        folder.save(state, stepper.slots());
      }
      Loop loop = new Loop(batches, evaluator, stepper, meter, scores, state);
      return loop.run();
    }
  }

  private void checkMonitor(Scores scores, @Nullable Evaluator evaluator) {
    List<String> names = new ArrayList<>(scores.names());
    if (evaluator != null) {
      names.addAll(evaluator.scores().names());
    }
    checkNamed("monitored value", monitor, names);
    if (settings.front != null) {
      checkNamed("metric of the Pareto front", settings.front, names);
    }
  }

  private static void checkNamed(String what, Monitor value, List<String> names) {
    if (!names.contains(value.name())) {
      throw new TrainingException("the " + what + " is '" + value.name() + "', the history will have " + names
          + "; monitor one of these, or add the metric or validation data");
    }
  }

  /// The loop and what it works on.
  private final class Loop {
    private final Batches batches;
    private final @Nullable Evaluator evaluator;
    private final Stepper stepper;
    private final @Nullable EbopsMeter meter;
    private final Scores scores;
    private final TrainingState state;
    private final ProgressLine progress;
    private final ExactSwitch rounding;

    Loop(Batches batches, @Nullable Evaluator evaluator, Stepper stepper, @Nullable EbopsMeter meter, Scores scores,
        TrainingState state) {
      this.batches = batches;
      this.evaluator = evaluator;
      this.stepper = stepper;
      this.meter = meter;
      this.scores = scores;
      this.state = state;
      this.progress = ProgressLine.onTerminal(settings.progress, settings.epochs, batches);
      this.rounding = new ExactSwitch("training steps of model '" + model.name() + "' may round what hardware computes "
          + "exactly", model.inference(), model.parameters()::tensors);
    }

    History run() {
      if (state.end != End.STOPPED_EARLY) {
        state.end = End.RUNNING;
      }
      // As weights or bit widths grow, an evaluation says the same.
      rounding.warn();
      while (state.end == End.RUNNING && state.epoch < settings.epochs) {
        if (!epoch()) {
          return stopped();
        }
        endEpoch();
        if (state.end == End.RUNNING && stopping.getAsBoolean()) {
          return stopped();
        }
      }
      return finish();
    }

    /// Runs the rest of an epoch.
    ///
    /// @return false when somebody asked to stop
    private boolean epoch() {
      if (state.batch == 0) {
        scores.clear();
        for (Callback c : callbacks) {
          c.onEpochStart(state.epoch + 1);
        }
      }
      batches.seek(state.epoch, state.batch);
      float[][] columns = stepper.full().columns;
      for (int n = batches.next(columns); n > 0; n = batches.next(columns)) {
        step(n);
        boolean last = state.batch == batches.batchesPerEpoch();
        if (!last && stopping.getAsBoolean()) {
          return false;
        }
        if (!last && settings.checkpointSteps > 0 && state.step % settings.checkpointSteps == 0) {
          save();
        }
      }
      return true;
    }

    private void step(int samples) {
      double rate = rates.rate(state.step) * state.rateFactor;
      BatchPlan done;
      try {
        done = stepper.run(samples, state.step, rate);
      } catch (NonFiniteException e) {
        progress.end();
        throw notFinite(e, samples, rate);
      }
      scores.add(done);
      state.step++;
      state.batch++;
      if (done.ebops != null) {
        state.ebops.observe(rate, done.ebops.data()[0]);
      }
      float loss = done.loss.data()[0];
      for (Callback c : callbacks) {
        c.onStep(state.step, loss);
      }
      progress.step(state.epoch, state.batch, samples, scores);
    }

    private TrainingException notFinite(NonFiniteException e, int samples, double rate) {
      return new TrainingException("the loss is " + e.value() + " in step " + (state.step + 1) + " (epoch "
          + (state.epoch + 1) + ", batch " + (state.batch + 1) + " of " + batches.batchesPerEpoch() + "): "
          + stepper.diagnose(samples, state.step, rate) + folder.lastGood(), e);
    }

    private void endEpoch() {
      double rate = rates.rate(Math.max(0, state.step - 1)) * state.rateFactor;
      checkFinite();
      if (evaluator == null) {
        rounding.warn();
      }
      Map<String, Double> values = new LinkedHashMap<>(scores.results());
      if (evaluator != null) {
        values.putAll(evaluator.evaluate());
      }
      values.put("learning_rate", rate);
      if (meter != null) {
        values.put(EbopsMeter.NAME, meter.ebops());
      }
      if (settings.ebops != null) {
        values.put("ebops_factor", state.ebops.factor(state.step));
      }
      Epoch e = state.add(values);
      if (settings.front != null) {
        folder.saveFrontMember(settings.front, state.history);
      }
      boolean better = state.observe(values.getOrDefault(monitor.name(), Double.NaN), settings, monitor);
      if (better && settings.needsBest()) {
        state.bestParameters = model.parameters().copy();
        if (settings.keepBest) {
          folder.saveBest();
        }
      }
      if (state.end == End.RUNNING && state.epoch >= settings.epochs) {
        state.end = End.COMPLETED;
      }
      folder.saveHistory(state.history());
      save();
      folder.showFront(settings.front, state.history);
      progress.epochEnd(e);
      for (Callback c : callbacks) {
        c.onEpochEnd(e);
      }
    }

    private History stopped() {
      save();
      progress.end();
      state.end = End.STOPPED;
      return ended();
    }

    private History finish() {
      if (state.end == End.RUNNING) {
        state.end = End.COMPLETED;
      }
      if (settings.earlyStopping != null && settings.earlyStopping.restoreBest() && state.bestParameters != null) {
        model.parameters().assign(state.bestParameters);
      }
      folder.saveModel();
      progress.end();
      return ended();
    }

    private History ended() {
      History history = state.history();
      folder.saveHistory(history);
      for (Callback c : callbacks) {
        c.onEnd(history);
      }
      return history;
    }

    private void save() {
      checkFinite();
      state.scores = state.batch == 0 ? new double[0] : scores.state();
      folder.save(state, stepper.slots());
    }

    /// A loss may be finite where a gradient is not. Such weights must not get into a checkpoint.
    private void checkFinite() {
      for (Map.Entry<String, Tensor> p : stepper.tensors().entrySet()) {
        int at = Diagnosis.firstNonFinite(p.getValue().data());
        if (at >= 0) {
          progress.end();
          throw new TrainingException("parameter '" + p.getKey() + "' holds " + Diagnosis.element(p.getValue(), at)
              + " after step " + state.step + " (epoch " + (state.epoch + 1) + ", batch " + state.batch + " of "
              + batches.batchesPerEpoch() + "): an update was not finite; lower the learning rate or clip the gradients"
              + folder.lastGood());
        }
      }
    }
  }
}
