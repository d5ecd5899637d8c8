package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.burin.data.Dataset;
import org.burin.ir.GraphException;
import org.burin.nn.Activation;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.LearnedBits;
import org.burin.quant.Pruned;
import org.burin.tensor.Shape;
import org.burin.train.History.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
  private static final Dataset DATA = TestModels.quadrants(200, 5);

  @TempDir private Path folder;

  private static Model pruned(Quantizer kernels) {
    return Model.sequential("m", 7, Shape.of(2), Dense.of(3).withKernelQuantizer(kernels)
        .withBiasQuantizer(Pruned.outputs(Quantizer.NONE)), Dense.of(2).withKernelQuantizer(kernels).named("last"));
  }

  private static void set(Model m, String name, float... numbers) {
    System.arraycopy(numbers, 0, m.parameters().get(name).data(), 0, numbers.length);
  }

  private static float[] mask(Model m, String name) {
    return m.parameters().get(name + "_mask").data();
  }

  @Test
  void thePartThatIsPrunedFollowsACubicPolynomial() {
    Pruning p = new Pruning(pruned(Pruned.weights(Quantizer.NONE)), 0.2, 0.8, 100, 300, 10, 3, false);
    assertThat(p.part(0)).isCloseTo(0.2, within(1e-15));
    assertThat(p.part(100)).isCloseTo(0.2, within(1e-15));
    assertThat(p.part(200)).isCloseTo(0.8 - 0.6 / 8, within(1e-15));
    assertThat(p.part(300)).isEqualTo(0.8);
    assertThat(p.part(999)).isEqualTo(0.8);
  }

  @Test
  void theSmallestWeightsOfEachTensorGoFirst() {
    Model m = pruned(Pruned.weights(Quantizer.NONE));
    set(m, "dense/kernel", 3, -1, 2, 1, -4, 5);
    set(m, "last/kernel", 30, -10, 20, 10, -40, 50);
    Pruning p = Pruning.magnitude(m, 0.5, 0, 10).withEvery(5);
    p.onStep(9, 0);
    assertThat(mask(m, "dense/kernel")).containsOnly(1);
    p.onStep(10, 0);
    // Of the two ones, both go, as three of six weights do.
    assertThat(mask(m, "dense/kernel")).containsExactly(1, 0, 0, 0, 1, 1);
    assertThat(mask(m, "last/kernel")).containsExactly(1, 0, 0, 0, 1, 1);
    assertThat(mask(m, "dense/bias")).containsOnly(1);
    set(m, "dense/kernel", 0, -9);
    p.onStep(10, 0);
    assertThat(mask(m, "dense/kernel")).containsExactly(0, 1, 0, 0, 1, 1);
  }

  @Test
  void seenTogetherLayersOfSmallWeightsLoseMoreButNotEverything() {
    Model m = pruned(Pruned.weights(Quantizer.NONE));
    set(m, "dense/kernel", 3, -1, 2, 1, -4, 5);
    set(m, "last/kernel", 30, -10, 20, 10, -40, 50);
    Pruning.magnitude(m, 0.75, 0, 10).globally().onStep(10, 0);
    assertThat(mask(m, "dense/kernel")).containsExactly(0, 0, 0, 0, 0, 1);
    assertThat(mask(m, "last/kernel")).containsExactly(1, 0, 0, 0, 1, 1);
  }

  @Test
  void neuronsGoAsAWholeWithTheirBias() {
    Model m = pruned(Pruned.outputs(Quantizer.NONE));
    set(m, "dense/kernel", 3, -1, 2, 1, -4, 1);
    Pruning.magnitude(m, 0.6, 0, 10).onStep(10, 0);
    assertThat(m.parameters().get("dense/kernel_mask").shape()).isEqualTo(Shape.of(1, 3));
    assertThat(mask(m, "dense/kernel")).containsExactly(0, 1, 0);
    assertThat(mask(m, "dense/bias")).containsExactly(0, 1, 0);
    assertThat(mask(m, "last/kernel")).containsOnlyOnce(1);
  }

  @Test
  void filtersGoAsAWhole() {
    Model m = Model.sequential("m", 7, Shape.of(4, 4, 1),
        Conv.of2D(2, 3).withKernelQuantizer(Pruned.outputs(Quantizer.NONE)));
    float[] kernel = m.parameters().get("conv2d/kernel").data();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = i % 2 == 0 ? 0.1f : -0.2f;
    }
    Pruning.magnitude(m, 0.5, 0, 10).onStep(10, 0);
    assertThat(m.parameters().get("conv2d/kernel_mask").shape()).isEqualTo(Shape.of(1, 1, 1, 2));
    assertThat(mask(m, "conv2d/kernel")).containsExactly(0, 1);
  }

  private static Model learned() {
    Quantizer weights = Pruned.weights(LearnedBits.weights().withBits(1, 4));
    LearnedBits data = LearnedBits.activations().withBits(1, 3);
    return Model.sequential("m", 7, Shape.of(4), QuantizerLayer.of(data),
        Dense.of(16, Activation.RELU).withKernelQuantizer(weights), QuantizerLayer.of(data.unsigned()),
        Dense.of(4).withKernelQuantizer(weights));
  }

  private static Trainer trainer(Model model, Path folder) {
    return TestModels.trainer(model).withBatchSize(32).withEpochs(2).withSeed(3).withValidationSplit(0.1)
        .withEbops(EbopsControl.target(300).withApproach(8)).withConstraint(Constraint.sparsityAtLeast(0.6))
        .withParetoFront("val_accuracy", true)
        .withCallback(Pruning.magnitude(model, 0.5, 1, 10).withEvery(2))
        .withFolder(folder).withCheckpointEvery(3);
  }

  @Test
  void masksSurviveStoppingAndResumingAtEveryStep() throws IOException {
    Path whole = folder.resolve("whole");
    Model straight = learned();
    trainer(straight, whole).fit(DATA);
    assertThat(TestModels.sparsity(straight)).isGreaterThanOrEqualTo(0.5);
    Path parts = folder.resolve("parts");
    History history = null;
    for (int stops = 0; history == null || history.end() == End.STOPPED; stops++) {
      Trainer t = trainer(learned(), parts);
      t.stop();
      history = stops == 0 ? t.fit(DATA) : t.resume(DATA);
    }
    for (String name : new String[] {"model.burin", "checkpoint.burin", "history.csv", "pareto/pareto.csv"}) {
      assertThat(parts.resolve(name)).hasBinaryContent(Files.readAllBytes(whole.resolve(name)));
    }
  }

  @Test
  void prunedWeightsKeepTheirNumbers() {
    Model m = Model.sequential("m", 7, Shape.of(4), Dense.of(4).withKernelQuantizer(Pruned.weights(Quantizer.NONE)));
    set(m, "dense/kernel", 0.25f);
    mask(m, "dense/kernel")[0] = 0;
    TestModels.trainer(m).withEpochs(2).fit(DATA);
    assertThat(m.parameters().get("dense/kernel").data()[0]).isEqualTo(0.25f);
    assertThat(mask(m, "dense/kernel")[0]).isZero();
  }

  @Test
  void whatCannotBePrunedIsRefused() {
    assertThatThrownBy(() -> Pruning.magnitude(TestModels.classifier(1), 0.5, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pruning: model 'quadrants' has no masks of kernels; give its layers a kernel quantizer such as "
            + "Pruned.weights(Quantizer.NONE)");
    Model m = pruned(Pruned.weights(Quantizer.NONE));
    assertThatThrownBy(() -> Pruning.magnitude(m, 1, 0, 10))
        .hasMessage("pruning: the last part is 1.0; expected a number from 0 to below 1");
    assertThatThrownBy(() -> Pruning.magnitude(m, 0.5, 10, 10))
        .hasMessage("pruning: the last step is 10; expected at least 11");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(2),
        QuantizerLayer.of(Pruned.weights(Quantizer.NONE)).named("q"))).isInstanceOf(GraphException.class)
        .hasMessage("layer q: 'output' of shape [N,2] depends on the sample; only weights can be pruned");
  }
}
