package org.burin.workloads.emd;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.burin.nn.Model;
import org.burin.train.Loss;
import org.burin.train.Optimizer;
import org.burin.train.Schedule;
import org.burin.train.Trainer;
import org.burin.train.Workload;

/// The published network of the earth mover's distance, trained anew on the pairs of [EmdWorkload]: `burin train
/// emd-cnn`.
///
/// The published losses are the squared error, Huber's loss and the squared error of the logarithm; on the command line
/// it is the first.
public final class EmdCnnWorkload implements Workload {
  private static final int BATCH = 64;
  private static final int EPOCHS = 10;
  private static final double RATE = 0.001;
  private static final double LAST_RATE = 0.01;

  private final EmdCnn network;
  private final Loss loss;
  private final EmdWorkload pairs;

  /// The network and pairs in full size, with the squared error.
  public EmdCnnWorkload() {
    this(EmdCnn.PUBLISHED, Loss.meanSquaredError(), new EmdWorkload(50_000, 100_000, 20_000));
  }

  /// @param network which variant
  /// @param loss what is made small
  /// @param pairs the data
  EmdCnnWorkload(EmdCnn network, Loss loss, EmdWorkload pairs) {
    this.network = network;
    this.loss = loss;
    this.pairs = pairs;
  }

  /// The same with one of the other published losses.
  public EmdCnnWorkload withLoss(Loss newLoss) {
    return new EmdCnnWorkload(network, newLoss, pairs);
  }

  @Override
  public String name() {
    return "emd-cnn";
  }

  @Override
  public String description() {
    return "the same distance with the published convolutional network";
  }

  @Override
  public Data data(Optional<Path> file, long seed) {
    return pairs.data(file, seed);
  }

  @Override
  public Model model(Data data, long seed) {
    return network.build(seed);
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    trainer.withLoss(Images.DISTANCE, loss, 1)
        .withOptimizer(Optimizer.adam())
        .withSchedule(Schedule.cosine(RATE, LAST_RATE, EPOCHS * Math.ceilDiv(data.train().size(), BATCH)))
        .withBatchSize(BATCH)
        .withEpochs(EPOCHS)
        .withValidation(data.validation());
  }

  /// How good the network is; see [EmdAccuracy].
  @Override
  public Map<String, Double> report(Trainer trainer, Data data) {
    return EmdAccuracy.of(trainer.model(), data.test()).numbers();
  }
}
