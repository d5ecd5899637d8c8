package org.burin.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.data.Dataset;
import org.burin.ir.Graph;
import org.burin.nn.Model;
import org.burin.train.Settings.Monitor;
import org.burin.train.Settings.WeightedLoss;

/// Trains a model: what to do is set by the `with` methods, which change this trainer and return it.
///
/// ```java
/// History history = Trainer.of(model)
///     .withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
///     .withOptimizer(Optimizer.adam())
///     .withBatchSize(1024).withEpochs(20).withSeed(1)
///     .withValidationSplit(0.2)
///     .withMetrics(Metric.accuracy())
///     .withFolder(Path.of("out"))
///     .fit(dataset);
/// ```
///
/// The result is a pure function of model, data, settings and seed: the number of threads, and whether training was
/// stopped or killed and resumed, change no bit of it. The training data's order in epoch e is that of
/// [org.burin.data.Batches] with the trainer's seed; random numbers inside the model have the key (seed, number of
/// steps done).
///
/// Losses in the history: `loss` is the mean over the samples of the epoch of what was made small, before each update,
/// with penalties; `val_loss` is that of the validation data after the epoch with the graph to use, which has no
/// penalties.
///
/// Not thread-safe, but for [#stop].
public final class Trainer {
  private final Model model;
  private final Settings settings = new Settings();
  private volatile boolean stop;

  private Trainer(Model model) {
    this.model = model;
  }

  /// A trainer of a model, whose parameters it changes in place. Without further settings it is Adam at rate 0.001 on
  /// shuffled batches of 32 samples for one epoch with seed 0 on all processors; only a loss has to be given.
  public static Trainer of(Model model) {
    return new Trainer(model);
  }

  /// The model.
  public Model model() {
    return model;
  }

  // ---- what to make small ---------------------------------------------------------------------------------------

  /// The loss of every output that has none of its own.
  public Trainer withLoss(Loss loss) {
    return withLoss(Settings.EVERY_OUTPUT, loss, 1);
  }

  /// The loss of one output, and its factor in the sum of all losses.
  public Trainer withLoss(String output, Loss loss, double weight) {
    Ranges.notNegative("trainer", "loss weight of output '" + output + "'", weight);
    settings.losses.put(output, new WeightedLoss(loss, weight));
    return this;
  }

  /// The metrics of every output that has none of its own.
  ///
  /// @throws IllegalArgumentException when two have the same name or a name has other characters than letters, digits
  ///     and `_.-`
  public Trainer withMetrics(Metric... metrics) {
    return withMetrics(Settings.EVERY_OUTPUT, metrics);
  }

  /// The metrics of one output.
  ///
  /// @throws IllegalArgumentException when two have the same name or a name has other characters than letters, digits
  ///     and `_.-`
  public Trainer withMetrics(String output, Metric... metrics) {
    List<String> names = new ArrayList<>();
    for (Metric m : metrics) {
      if (!m.name().matches("[\\w.-]+") || names.contains(m.name())) {
        throw new IllegalArgumentException("trainer: the metric name '" + m.name() + "' "
            + (names.contains(m.name()) ? "occurs twice" : "has other characters than letters, digits and _.-")
            + "; choose another");
      }
      names.add(m.name());
    }
    settings.metrics.put(output, List.of(metrics));
    return this;
  }

  // ---- how --------------------------------------------------------------------------------------------------------

  /// How gradients change parameters.
  public Trainer withOptimizer(Optimizer optimizer) {
    settings.optimizer = optimizer;
    return this;
  }

  /// The learning rate step by step; without it, the optimizer's own rate throughout.
  public Trainer withSchedule(Schedule schedule) {
    settings.schedule = schedule;
    return this;
  }

  /// How gradients are kept from being large.
  public Trainer withClipping(Clipping clipping) {
    settings.clipping = clipping;
    return this;
  }

  /// The number of samples of a batch, at least 1; the last batch of an epoch may be smaller.
  public Trainer withBatchSize(int samples) {
    Ranges.atLeast(1, "trainer", "batch size", samples);
    settings.batchSize = samples;
    return this;
  }

  /// How many times to go through the data, at least 1.
  public Trainer withEpochs(int epochs) {
    Ranges.atLeast(1, "trainer", "number of epochs", epochs);
    settings.epochs = epochs;
    return this;
  }

  /// The seed of the order of the samples and of the random numbers inside the model. (Initial weights are the
  /// model's.)
  public Trainer withSeed(long seed) {
    settings.seed = seed;
    return this;
  }

  /// Whether the samples come in a new order every epoch, which is so unless said otherwise.
  public Trainer withShuffle(boolean shuffle) {
    settings.shuffle = shuffle;
    return this;
  }

  /// How many threads share the work, at least 1; the result does not depend on it.
  public Trainer withThreads(int threads) {
    Ranges.atLeast(1, "trainer", "number of threads", threads);
    settings.threads = threads;
    return this;
  }

  // ---- size -------------------------------------------------------------------------------------------------------

  /// Makes the model's EBOPs ([org.burin.quant.Ebops]) part of the loss. The history then has `ebops`, the EBOPs of the
  /// model after the epoch with the types and weights to use, and `ebops_factor`, that of the next step.
  public Trainer withEbops(EbopsControl control) {
    settings.ebops = control;
    return this;
  }

  /// Keeps the model within a budget. The history then has `ebops` where the budget is one of EBOPs.
  ///
  /// @throws IllegalArgumentException when there is a constraint of that kind already
  public Trainer withConstraint(Constraint constraint) {
    if (settings.constraints.stream().anyMatch(c -> c.name().equals(constraint.name()))) {
      throw new IllegalArgumentException("trainer: there are two constraints on " + constraint.name()
          + "; keep the stricter one");
    }
    settings.constraints.add(constraint);
    return this;
  }

  /// Keeps the model of every epoch that no other epoch beats in both a value of the history and EBOPs: as
  /// `pareto/epoch_NNNN.burin` in the folder, with a table `pareto/pareto.csv` and a chart `pareto/pareto.svg`. See
  /// [ParetoFront].
  ///
  /// @param metric a value of the history, such as `val_accuracy`
  public Trainer withParetoFront(String metric, boolean higherIsBetter) {
    settings.front = new Monitor(metric, higherIsBetter);
    return this;
  }

  // ---- watching -----------------------------------------------------------------------------------------------------

  /// Data to evaluate the model on after every epoch.
  public Trainer withValidation(Dataset data) {
    settings.validation = data;
    settings.validationSplit = 0;
    return this;
  }

  /// Takes the last part of the training data for validation, as Keras does; see [Dataset#split(double)].
  ///
  /// @param fraction the part, between 0 and 1
  public Trainer withValidationSplit(double fraction) {
    Ranges.positive("trainer", "validation split", fraction);
    Ranges.fraction("trainer", "validation split", fraction);
    settings.validationSplit = fraction;
    settings.validation = null;
    return this;
  }

  /// The value of the history that early stopping, plateaus and the best model go by; higher is better where the name
  /// has `acc` or `auc` in it. Without this it is `val_loss`, or `loss` where there is no validation data.
  public Trainer withMonitor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return withMonitor(name, lower.contains("acc") || lower.contains("auc"));
  }

  /// The value of the history that early stopping, plateaus and the best model go by.
  public Trainer withMonitor(String name, boolean higherIsBetter) {
    settings.monitor = new Monitor(name, higherIsBetter);
    return this;
  }

  /// Ends training when the monitored value does not become better.
  public Trainer withEarlyStopping(EarlyStopping rule) {
    settings.earlyStopping = rule;
    return this;
  }

  /// Lowers the learning rate when the monitored value does not become better.
  public Trainer withReduceOnPlateau(ReduceOnPlateau rule) {
    settings.plateau = rule;
    return this;
  }

  /// Adds a callback; they are called in the order in which they were added.
  public Trainer withCallback(Callback callback) {
    settings.callbacks.add(callback);
    return this;
  }

  /// Whether a terminal shows a progress line, which is so unless said otherwise.
  public Trainer withProgress(boolean show) {
    settings.progress = show;
    return this;
  }

  // ---- files --------------------------------------------------------------------------------------------------------

  /// Where to write, each file atomically: `checkpoint.burin` before the first step and after every epoch,
  /// `history.json` and `history.csv` after every epoch, `model.burin` at the end. Created if need be.
  public Trainer withFolder(Path folder) {
    settings.folder = folder;
    return this;
  }

  /// Writes the checkpoint after every so many steps as well, at least 1.
  public Trainer withCheckpointEvery(long steps) {
    Ranges.atLeast(1, "trainer", "number of steps between checkpoints", steps);
    settings.checkpointSteps = steps;
    return this;
  }

  /// Writes `best.burin` too: the model with the weights of the epoch whose monitored value is best so far.
  public Trainer withBestModel() {
    settings.keepBest = true;
    return this;
  }

  // ---- doing ------------------------------------------------------------------------------------------------------

  /// Trains from the start. The model's parameters hold the result.
  ///
  /// @throws org.burin.data.DataException when the data cannot be read or are empty
  /// @throws TrainingException when data, losses and model do not fit together, the folder holds a checkpoint already,
  ///     or the loss becomes NaN or infinite
  public History fit(Dataset data) {
    return new Training(model, settings, data, () -> stop).run(false);
  }

  /// Goes on where the checkpoint in the folder ends, and gives the same bits as if nothing had happened. Where
  /// training had ended, nothing is done but to load its result; with more epochs than before it goes on.
  ///
  /// @throws org.burin.data.DataException when the data cannot be read or are empty
  /// @throws TrainingException as for [#fit], and when there is no checkpoint, it is damaged, or it is of another
  ///     model, other data or other settings
  public History resume(Dataset data) {
    return new Training(model, settings, data, () -> stop).run(true);
  }

  /// The loss and the metrics of the model on other data, with the names of the history.
  ///
  /// @throws org.burin.data.DataException when the data cannot be read or are empty
  /// @throws TrainingException when data, losses and model do not fit together
  public Map<String, Double> evaluate(Dataset data) {
    try (Evaluator evaluator = new Evaluator(model, settings, data, "")) {
      return evaluator.evaluate();
    }
  }

  /// The whole training step for full batches of these data as one graph, to look at or to compile by itself.
  ///
  /// Its inputs are those of the model, `target/COLUMN` and `weight/COLUMN` for the targets and sample weights, and
  /// `train/NAME` for numbers that change from step to step; its outputs those of the model, `train/loss`, and
  /// `train/loss/OUTPUT`. Its updates are the new parameters and what the optimizer keeps.
  ///
  /// @throws TrainingException when data, losses and model do not fit together
  public Graph step(Dataset data) {
    Feed feed = Feed.of(model.training(), settings.losses, data);
    EbopsControl control = settings.ebops == null ? EbopsControl.measureOnly() : settings.ebops;
    StepGraph.Rule rule = new StepGraph.Rule(settings.optimizer, settings.clipping, model.parameters()::isTrainable,
        settings.budget(new EbopsFactor(control)));
    return StepGraph.of(model.training(), settings.batchSize, feed.terms(), rule).graph();
  }

  /// Asks [#fit] or [#resume] to end after the present step with a checkpoint, if there is a folder. May be called from
  /// any thread, such as a shutdown hook, any number of times.
  public void stop() {
    stop = true;
  }
}
