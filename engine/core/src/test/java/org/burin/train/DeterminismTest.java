package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Dense;
import org.burin.nn.Dropout;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  private record Result(Map<String, Tensor> parameters, History history) {}

  @Test
  void theNumberOfThreadsAndTheRunChangeNoBit() {
    Result one = train(1, 1);
    assertThat(train(1, 1)).isEqualTo(one);
    assertThat(train(1, 2)).isEqualTo(one);
    assertThat(train(1, 4)).isEqualTo(one);
  }

  @Test
  void theSeedOfTheTrainerChangesTheResult() {
    assertThat(train(1, 1).parameters()).isNotEqualTo(train(2, 1).parameters());
  }

  /// Batches large enough to be shared by threads, a smaller last one, dropout and moving averages.
  private static Result train(long seed, int threads) {
    Model model = Model.sequential("m", 7, Shape.of(4),
        Dense.of(64, Activation.RELU), BatchNorm.of(), Dropout.of(0.2f), Dense.of(64, Activation.TANH), Dense.of(4));
    Dataset data = TestModels.quadrants(1000, 5);
    History history = TestModels.trainer(model).withBatchSize(300).withEpochs(3).withSeed(seed).withThreads(threads)
        .withClipping(Clipping.byGlobalNorm(0.5)).withValidationSplit(0.1)
        .withMetrics(Metric.accuracy(), Metric.macroAuc()).fit(data);
    return new Result(model.parameters().copy().tensors(), history);
  }
}
