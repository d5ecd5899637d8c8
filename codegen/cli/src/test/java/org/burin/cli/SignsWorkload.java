package org.burin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.LearnedBits;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.train.EbopsControl;
import org.burin.train.Loss;
import org.burin.train.Metric;
import org.burin.train.Optimizer;
import org.burin.train.Quantization;
import org.burin.train.Quantization.Learned;
import org.burin.train.Trainer;
import org.burin.train.Workload;

/// A task that is learnt in a moment: whether two numbers have the same sign. Of the quantized forms it has that with
/// learned bits.
public final class SignsWorkload implements Workload {
  private static final int UNITS = 8;

  private final Optional<Learned> learned;

  private final int units;

  /// In floating point.
  public SignsWorkload() {
    this(Optional.empty(), UNITS);
  }

  private SignsWorkload(Optional<Learned> learned, int units) {
    this.learned = learned;
    this.units = units;
  }

  @Override
  public Workload quantized(Quantization quantization) {
    return quantization instanceof Learned l
        ? new SignsWorkload(Optional.of(l), units)
        : Workload.super.quantized(quantization);
  }

  /// Has the option `units`, the number of hidden units.
  @Override
  public Workload with(String option, String value) {
    if (!option.equals("units") || !value.matches("[1-9]\\d?")) {
      throw new IllegalArgumentException(
          "workload 'signs' has the option units, from 1 to 99, found " + option + "=" + value);
    }
    return new SignsWorkload(learned, Integer.parseInt(value));
  }

  @Override
  public Map<String, Model> parts(Model trained) {
    return units == UNITS ? Map.of() : Map.of("whole", trained);
  }

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
    if (learned.isPresent()) {
      LearnedBits weights = LearnedBits.weights().withBits(1, 4);
      LearnedBits numbers = LearnedBits.activations().withBits(1, 3);
      return Model.sequential("signs", seed, Shape.of(2), QuantizerLayer.of(numbers),
          Dense.of(units, Activation.RELU).withKernelQuantizer(weights), QuantizerLayer.of(numbers.unsigned()),
          Dense.of(2).withKernelQuantizer(weights));
    }
    return Model.sequential("signs", seed, Shape.of(2), Dense.of(units, Activation.RELU), Dense.of(2));
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    trainer
        .withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
        .withOptimizer(Optimizer.adam().withLearningRate(0.02))
        .withMetrics(Metric.accuracy())
        .withEpochs(3);
    learned.ifPresent(l -> trainer
        .withEbops(EbopsControl.target(l.targetEbops().orElse(100)).withApproach(30))
        .withParetoFront("val_accuracy", true));
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
