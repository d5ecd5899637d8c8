package org.burin.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Small tasks that training can solve in a moment.
final class TestModels {
  private TestModels() {}

  /// Points in four dimensions; the class is the quadrant of the first two.
  static Dataset quadrants(int samples, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Tensor x = Tensor.zeros(Shape.of(samples, 4));
    Tensor y = Tensor.zeros(Shape.of(samples));
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j < 4; j++) {
        x.data()[i * 4 + j] = random.nextFloat(-1, 1);
      }
      y.data()[i] = (x.get(i, 0) > 0 ? 1 : 0) + (x.get(i, 1) > 0 ? 2 : 0);
    }
    return Dataset.of(x, y);
  }

  /// A classifier for them, with logits.
  static Model classifier(long seed) {
    return Model.sequential("quadrants", seed, Shape.of(4), Dense.of(16, Activation.RELU), Dense.of(4));
  }

  /// A trainer of the classifier.
  static Trainer trainer(Model model) {
    return Trainer.of(model)
        .withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
        .withOptimizer(Optimizer.adam().withLearningRate(0.01))
        .withMetrics(Metric.accuracy())
        .withThreads(1)
        .withProgress(false);
  }
}
