package org.burin.workloads.emd;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.nn.Model;
import org.burin.tensor.UnaryFn;
import org.burin.train.Loss;
import org.burin.train.Optimizer;
import org.burin.train.Schedule;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;

/// The earth mover's distance: `burin train emd`.
///
/// Half of the pairs are of different events, half of an event and a reconstruction of it ([EmdPairs]). Without a file
/// the events are generated; of a file the first four fifths are to train and the last fifth is to test and validate
/// on. What is made small is the square of the relative error of the distance, plus [#GRADIENT_WEIGHT] times the mean
/// square of what misses in the gradient.
public final class EmdWorkload implements Workload {
  /// What an error of 1 in the gradient counts beside a relative error of 1 in the distance.
  static final double GRADIENT_WEIGHT = 0.01;

  /// The fewest events in a file.
  static final int LEAST_EVENTS = 100;

  private static final int BATCH = 256;
  private static final int EPOCHS = 40;
  private static final double RATE = 0.003;
  private static final double LAST_RATE = 0.001;

  /// Pairs that are nearer than this are left out: their relative error would count for most, and nobody needs it.
  private static final double LEAST_DISTANCE = 0.05;

  private final int events;
  private final int pairs;
  private final int heldPairs;

  /// The workload in its full size: 50,000 generated events, 200,000 pairs to train, 20,000 each to validate and to
  /// test.
  public EmdWorkload() {
    this(50_000, 200_000, 20_000);
  }

  /// @param events how many events are generated
  /// @param pairs how many pairs are to train
  /// @param heldPairs how many each to validate and to test
  EmdWorkload(int events, int pairs, int heldPairs) {
    this.events = events;
    this.pairs = pairs;
    this.heldPairs = heldPairs;
  }

  @Override
  public String name() {
    return "emd";
  }

  @Override
  public String description() {
    return "the earth mover's distance of two 48-cell detector modules, as a network";
  }

  @Override
  public Data data(Optional<Path> file, long seed) {
    Events all = file.map(EventsCsv::read)
        .orElseGet(() -> new EventGenerator(seed).events(0, events));
    if (all.size() < LEAST_EVENTS) {
      throw new DataException(file.map(Path::toString).orElse("events") + ": expected at least " + LEAST_EVENTS
          + " events with charge, found " + all.size());
    }
    int train = all.size() * 4 / 5;
    Events fit = all.range(0, train);
    Events held = all.range(train, all.size());
    return new Data(dataset(fit, pairs, seed), dataset(held, heldPairs, seed + 2), dataset(held, heldPairs, seed + 4));
  }

  private static Dataset dataset(Events events, int pairs, long seed) {
    EmdPairs different = EmdPairs.random(events, pairs / 2, seed);
    EmdPairs near = EmdPairs.reconstructed(events, pairs - pairs / 2, seed + 1);
    return different.and(near).atLeast(LEAST_DISTANCE).dataset(true);
  }

  @Override
  public Model model(Data data, long seed) {
    return NormNetwork.SHIPPED.build(seed);
  }

  /// Trains a network on pairs of given events, and makes it ready to use as [EmdNetwork#shipped] is.
  ///
  /// @param events all of them to train on
  /// @param pairs how many pairs
  /// @param epochs how often to go through the pairs
  /// @param threads for training; the result does not depend on it
  public static Model train(Events events, int pairs, int epochs, long seed, int threads) {
    Dataset data = dataset(events, pairs, seed);
    Trainer trainer = configured(Trainer.of(NormNetwork.SHIPPED.build(seed)), data.size(), epochs)
        .withSeed(seed).withThreads(threads).withProgress(false);
    trainer.fit(data);
    return NormNetwork.deployed(trainer.model());
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    configured(trainer, data.train().size(), EPOCHS).withValidation(data.validation());
  }

  private static Trainer configured(Trainer trainer, long pairs, int epochs) {
    long steps = epochs * Math.ceilDiv(pairs, BATCH);
    return trainer.withLoss(Images.DISTANCE, relative(), 1)
        .withLoss(NormNetwork.GRADIENT, Loss.meanSquaredError(), GRADIENT_WEIGHT)
        .withOptimizer(Optimizer.adam())
        .withSchedule(Schedule.cosine(RATE, LAST_RATE, steps))
        .withBatchSize(BATCH)
        .withEpochs(epochs);
  }

  /// `((p - t) / t)^2`.
  static Loss relative() {
    return (b, p, t) -> b.unary(UnaryFn.SQUARE, b.sub(b.div(p, t), b.constant(1f)));
  }

  /// How good the network is; see [EmdAccuracy].
  @Override
  public Map<String, Double> report(Trainer trainer, Data data) {
    return new LinkedHashMap<>(EmdAccuracy.of(NormNetwork.deployed(trainer.model()), data.test()).numbers());
  }
}
