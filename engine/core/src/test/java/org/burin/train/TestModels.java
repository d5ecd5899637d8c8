package org.burin.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.GraphBuilder;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.LearnedBits;
import org.burin.quant.Sparsity;
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

  /// A classifier for them, with logits, whose types are learnt.
  static Model learned(long seed) {
    LearnedBits weights = LearnedBits.weights().withBits(1, 4);
    LearnedBits data = LearnedBits.activations().withBits(1, 3);
    return Model.sequential("learned", seed, Shape.of(4),
        QuantizerLayer.of(data).named("input"),
        Dense.of(16, Activation.RELU).withKernelQuantizer(weights).withBiasQuantizer(weights),
        QuantizerLayer.of(data.unsigned()).named("hidden"),
        Dense.of(4).withKernelQuantizer(weights).withBiasQuantizer(weights));
  }

  /// The part of the weights that is 0 when the model is used.
  static double sparsity(Model m) {
    GraphBuilder b = GraphBuilder.continuing(m.inference());
    b.output("sparsity", Sparsity.of(b, m.inference()).orElseThrow());
    Plan plan = Plan.compile(b.build().bind(1), m.parameters().tensors(), PlanOptions.DEFAULT);
    plan.run();
    return plan.output("sparsity").item();
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
