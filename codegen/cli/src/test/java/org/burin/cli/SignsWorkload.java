package org.burin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.train.Loss;
import org.burin.train.Metric;
import org.burin.train.Optimizer;
import org.burin.train.Trainer;
import org.burin.train.Workload;

/// A task that is learnt in a moment: whether two numbers have the same sign.
public final class SignsWorkload implements Workload {
  @Override
  public String name() {
    return "signs";
  }

  @Override
  public String description() {
    return "whether two numbers have the same sign";
  }

  @Override
  public Data data(Optional<Path> file, long seed) {
    file.ifPresent(f -> {
      if (Files.notExists(f)) {
        throw new DataException(f + ": no such file");
      }
    });
    return new Data(pairs(512, seed), pairs(128, seed + 1), pairs(256, seed + 2));
  }

  @Override
  public Model model(Data data, long seed) {
    return Model.sequential("signs", seed, Shape.of(2), Dense.of(8, Activation.RELU), Dense.of(2));
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    trainer
        .withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
        .withOptimizer(Optimizer.adam().withLearningRate(0.02))
        .withMetrics(Metric.accuracy())
        .withEpochs(3);
  }

  private static Dataset pairs(int samples, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Tensor x = Tensor.zeros(Shape.of(samples, 2));
    Tensor y = Tensor.zeros(Shape.of(samples));
    for (int i = 0; i < samples; i++) {
      x.data()[2 * i] = random.nextFloat(-1, 1);
      x.data()[2 * i + 1] = random.nextFloat(-1, 1);
      y.data()[i] = x.data()[2 * i] * x.data()[2 * i + 1] > 0 ? 1 : 0;
    }
    return Dataset.of(x, y);
  }
}
