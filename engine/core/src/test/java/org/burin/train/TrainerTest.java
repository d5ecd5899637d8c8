package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.ir.Graph;
import org.burin.ir.Op.Input;
import org.burin.ir.Verifier;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.Regularizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.train.History.End;
import org.junit.jupiter.api.Test;

class TrainerTest {
  @Test
  void learnsAClassification() {
    Model model = TestModels.classifier(1);
    Trainer trainer = TestModels.trainer(model).withEpochs(30).withValidation(TestModels.quadrants(200, 9));
    History history = trainer.fit(TestModels.quadrants(1000, 1));
    assertThat(history.end()).isEqualTo(End.COMPLETED);
    assertThat(history.epochs()).hasSize(30);
    assertThat(history.last().keySet())
        .containsExactly("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate");
    assertThat(history.last().get("val_accuracy")).isGreaterThan(0.95);
    assertThat(history.values("loss").getLast()).isLessThan(history.values("loss").getFirst() / 4);
    Map<String, Double> again = trainer.evaluate(TestModels.quadrants(200, 9));
    assertThat(again).containsExactly(
        Map.entry("loss", history.last().get("val_loss")), Map.entry("accuracy", history.last().get("val_accuracy")));
  }

  @Test
  void everyOptimizerLearnsALine() {
    Tensor x = Tensor.zeros(Shape.of(128, 1));
    Tensor y = Tensor.zeros(Shape.of(128, 1));
    for (int i = 0; i < 128; i++) {
      x.data()[i] = i / 64f - 1;
      y.data()[i] = 3 * x.data()[i] - 0.5f;
    }
    List<Optimizer> optimizers = List.of(Optimizer.sgd().withLearningRate(0.1),
        Optimizer.sgd().withMomentum(0.9), Optimizer.sgd().withMomentum(0.9).withNesterov(),
        Optimizer.adam().withLearningRate(0.1), Optimizer.adamW().withLearningRate(0.1).withWeightDecay(1e-4),
        Optimizer.rmsProp().withLearningRate(0.05));
    for (Optimizer optimizer : optimizers) {
      Model model = Model.sequential("line", 3, Shape.of(1), Dense.of(1));
      Trainer.of(model).withLoss(Loss.meanSquaredError()).withOptimizer(optimizer).withEpochs(100).withThreads(1)
          .withSchedule(Schedule.cosine(optimizer.learningRate(), 0, 400)).fit(Dataset.of(x, y));
      assertThat(model.parameters().get("dense/kernel").item()).as(optimizer.describe()).isCloseTo(3, within(0.01f));
      assertThat(model.parameters().get("dense/bias").item()).as(optimizer.describe()).isCloseTo(-0.5f, within(0.01f));
    }
  }

  @Test
  void oneStepIsTheFormula() {
    Model model = Model.sequential("line", 3, Shape.of(1), Dense.of(1).withKernelRegularizer(Regularizer.l2(0.5f)));
    model.parameters().get("dense/kernel").data()[0] = 2;
    Dataset data = Dataset.builder()
        .input("x", Tensor.of(Shape.of(2, 1), 1, 2)).target("y", Tensor.of(Shape.of(2, 1), 1, 1))
        .weight(Tensor.vector(1, 3)).build();
    History history = Trainer.of(model).withLoss(Loss.meanSquaredError())
        .withOptimizer(Optimizer.sgd().withLearningRate(0.125)).withMetrics(Metric.meanAbsoluteError()).fit(data);
    // Errors 1 and 3 with weights 1 and 3: loss (1 + 27) / 2, plus the penalty 0.5 * 4.
    assertThat(history.last()).containsExactly(
        Map.entry("loss", 16.0), Map.entry("mae", 2.0), Map.entry("learning_rate", 0.125));
    // d/dw = (2 * 1 * 1 + 3 * 2 * 3 * 2) / 2 + 2 = 21, d/db = (2 * 1 + 3 * 2 * 3) / 2 = 10.
    assertThat(model.parameters().get("dense/kernel").item()).isEqualTo(2 - 21 / 8f);
    assertThat(model.parameters().get("dense/bias").item()).isEqualTo(-10 / 8f);
  }

  @Test
  void theStepIsOneGraph() {
    Graph step = TestModels.trainer(TestModels.classifier(1)).withBatchSize(8).step(TestModels.quadrants(64, 1));
    assertThat(Verifier.problems(step)).isEmpty();
    assertThat(step.inputs().stream().map(v -> ((Input) v.op()).name()))
        .containsExactly("x", "target/y", "train/adam_rate");
    assertThat(step.outputs().keySet()).containsExactly("y", "train/loss/y", "train/loss");
    assertThat(step.updates().keySet()).containsExactlyInAnyOrder(
        "dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias",
        "adam/m/dense/kernel", "adam/m/dense/bias", "adam/m/dense_1/kernel", "adam/m/dense_1/bias",
        "adam/v/dense/kernel", "adam/v/dense/bias", "adam/v/dense_1/kernel", "adam/v/dense_1/bias");
  }

  @Test
  void severalOutputsHaveWeightedLosses() {
    Model model = Model.build("two", 1, net -> {
      var x = net.input("x", 2);
      net.output("a", net.apply(Dense.of(1).named("left"), x));
      net.output("b", net.apply(Dense.of(3).named("right"), x));
    });
    Dataset data = Dataset.builder().input("x", Tensor.zeros(Shape.of(4, 2)))
        .target("a", Tensor.vector(1, 1, 1, 1)).target("b", Tensor.vector(0, 1, 2, 0)).build();
    History history = Trainer.of(model)
        .withLoss("a", Loss.meanSquaredError(), 2)
        .withLoss("b", Loss.sparseCategoricalCrossentropyFromLogits(), 0.5)
        .withMetrics("b", Metric.accuracy()).withThreads(1).fit(data);
    Map<String, Double> values = history.last();
    assertThat(values.keySet()).containsExactly("loss", "a_loss", "b_loss", "b_accuracy", "learning_rate");
    assertThat(values.get("a_loss")).isEqualTo(1);
    assertThat(values.get("b_loss")).isCloseTo(Math.log(3), within(1e-6));
    assertThat(values.get("loss")).isCloseTo(2 + 0.5 * Math.log(3), within(1e-6));
  }

  @Test
  void aLossMayBeAnyFunctionOnTheGraph() {
    Model model = TestModels.classifier(1);
    Loss loss = (b, p, t) -> {
      var index = b.reshape(t, Shape.of(t.shape().dim(0), 1));
      var margin = b.binary(BinaryFn.EQ, index, b.constant(Tensor.vector(0, 1, 2, 3)));
      return b.sum(b.unary(UnaryFn.SQUARE, b.sub(p, margin)), 1);
    };
    History history = TestModels.trainer(model).withLoss(loss).withEpochs(15).fit(TestModels.quadrants(500, 2));
    assertThat(history.last().get("accuracy")).isGreaterThan(0.9);
    Trainer mean = TestModels.trainer(model).withLoss((b, p, t) -> b.mean(p));
    assertThatThrownBy(() -> mean.fit(TestModels.quadrants(64, 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the loss of output 'y' has shape []; expected one number for each of the 32 samples of a batch, "
            + "[32]; leave the mean over the batch to the trainer");
  }

  @Test
  void frozenParametersStayAsTheyAre() {
    Model model = TestModels.classifier(1);
    model.parameters().freeze("dense");
    Tensor before = model.parameters().get("dense/kernel").copy();
    TestModels.trainer(model).fit(TestModels.quadrants(100, 2));
    assertThat(model.parameters().get("dense/kernel")).isEqualTo(before);
    model.parameters().freeze("");
    assertThatThrownBy(() -> TestModels.trainer(model).fit(TestModels.quadrants(100, 2)))
        .hasMessage("model 'quadrants' has no parameter to train: all of them are frozen or there are none; unfreeze "
            + "a layer, or evaluate instead");
  }

  @Test
  void earlyStoppingRestoresTheBestWeights() {
    Model model = TestModels.classifier(1);
    List<Tensor> kernels = new ArrayList<>();
    Callback keep = new Callback() {
      @Override
      public void onEpochEnd(History.Epoch epoch) {
        kernels.add(model.parameters().get("dense/kernel").copy());
      }
    };
    History history = TestModels.trainer(model).withOptimizer(Optimizer.sgd().withLearningRate(2)).withEpochs(100)
        .withValidationSplit(0.25).withEarlyStopping(EarlyStopping.of(3)).withCallback(keep)
        .fit(TestModels.quadrants(200, 4));
    List<Double> losses = history.values("val_loss");
    int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
    assertThat(history.end()).isEqualTo(End.STOPPED_EARLY);
    assertThat(history.bestEpoch()).isEqualTo(best);
    assertThat(history.epochs()).hasSize(best + 3);
    assertThat(model.parameters().get("dense/kernel")).isEqualTo(kernels.get(best - 1)).isNotEqualTo(kernels.getLast());
  }

  @Test
  void aPlateauLowersTheRate() {
    Model model = TestModels.classifier(1);
    History history = TestModels.trainer(model).withEpochs(7).withMonitor("loss")
        .withReduceOnPlateau(ReduceOnPlateau.of(2).withMinDelta(1e9).withFactor(0.5).withLeast(0.2).withCooldown(1))
        .withOptimizer(Optimizer.sgd().withLearningRate(1)).fit(TestModels.quadrants(64, 4));
    // The first epoch is an improvement over nothing. Two without one halve the rate; then one epoch does not count.
    assertThat(history.values("learning_rate")).containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void callbacksAreCalledInOrderAndMayStop() {
    List<String> calls = new ArrayList<>();
    Trainer trainer = TestModels.trainer(TestModels.classifier(1)).withEpochs(5);
    trainer.withCallback(new Callback() {
      @Override
      public void onEpochStart(int epoch) {
        calls.add("start " + epoch);
      }

      @Override
      public void onStep(long step, float loss) {
        calls.add("step " + step);
        if (step == 3) {
          trainer.stop();
        }
      }

      @Override
      public void onEpochEnd(History.Epoch epoch) {
        calls.add("end " + epoch.number());
      }

      @Override
      public void onEnd(History history) {
        calls.add("over");
      }
    });
    History history = trainer.fit(TestModels.quadrants(64, 1));
    assertThat(calls).containsExactly("start 1", "step 1", "step 2", "end 1", "start 2", "step 3", "over");
    assertThat(history.end()).isEqualTo(End.STOPPED);
    assertThat(history.epochs()).hasSize(1);
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Trainer trainer = TestModels.trainer(TestModels.classifier(1));
    assertThatThrownBy(() -> trainer.fit(Dataset.of(Tensor.zeros(Shape.of(8, 3)), Tensor.zeros(Shape.of(8)))))
        .isInstanceOf(TrainingException.class)
        .hasMessage("model 'quadrants' has the input 'x' of shape [N,4], the dataset's column input x [3] gives "
            + "[N,3]; choose other columns, reshape them, or build the model for this shape");
    assertThatThrownBy(() -> trainer.fit(Dataset.of(Tensor.zeros(Shape.of(0, 4)), Tensor.zeros(Shape.of(0)))))
        .isInstanceOf(DataException.class).hasMessageContaining("has no samples");
    assertThatThrownBy(() -> trainer.fit(Dataset.of(Tensor.zeros(Shape.of(8, 4)), Tensor.full(Shape.of(8), 4))))
        .isInstanceOf(TrainingException.class)
        .hasMessage("target y [] of the dataset, for output 'y': sample 0 of the batch has the class index 4.0; "
            + "expected a whole number from 0 to 3, because the model gives 4 numbers per sample; correct the data or "
            + "the model's last layer");
    assertThatThrownBy(() -> trainer.fit(Dataset.of(Tensor.zeros(Shape.of(8, 4)), Tensor.zeros(Shape.of(8, 2)))))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("output 'y' and target y [2] of the dataset: "
            + "sparse_categorical_crossentropy_from_logits needs");
    assertThatThrownBy(() -> trainer.fit(Dataset.builder().input("x", Tensor.zeros(Shape.of(8, 4))).build()))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the dataset has no column for the target of output 'y'; it has input x [4]; name the columns "
            + "after the model's inputs and outputs");
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    Model model = TestModels.classifier(1);
    Dataset data = TestModels.quadrants(64, 1);
    assertThatThrownBy(() -> Trainer.of(model).fit(data))
        .hasMessage("no loss is given for model 'quadrants' with the outputs [y]; give one, such as "
            + "withLoss(Loss.meanSquaredError())");
    assertThatThrownBy(() -> Trainer.of(model).withLoss("z", Loss.meanSquaredError(), 1).fit(data))
        .hasMessage("there is a loss for output 'z', which model 'quadrants' does not have; its outputs are [y]");
    assertThatThrownBy(() -> TestModels.trainer(model).withMonitor("val_loss").fit(data))
        .hasMessage("the monitored value is 'val_loss', the history will have [loss, accuracy]; monitor one of these, "
            + "or add the metric or validation data");
    assertThatIllegalArgumentException().isThrownBy(() -> Trainer.of(model).withBatchSize(0))
        .withMessage("trainer: the batch size is 0; expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.of(model).withMetrics(Metric.accuracy(), Metric.accuracy()))
        .withMessage("trainer: the metric name 'accuracy' occurs twice; choose another");
  }

  @Test
  void aLossThatIsNotFiniteNamesItsOrigin() {
    Model model = Model.build("roots", 1, net -> {
      var x = net.apply(Dense.of(1), net.input("x", 4));
      net.output("y", net.scope("root", () -> net.graph().scope("root", () -> net.graph().unary(UnaryFn.LOG, x))));
    });
    Dataset data = TestModels.quadrants(64, 1);
    assertThatThrownBy(() -> Trainer.of(model).withLoss(Loss.meanSquaredError()).withThreads(1).fit(data))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("the loss is NaN in step 1 \\(epoch 1, batch 1 of 2\\): it begins in layer root/root, "
            + "where %\\d+ = log %\\d+ gives NaN at \\[\\d+,0\\] of \\[32,1\\]; check the range of its operands, "
            + "lower the learning rate or clip the gradients; no checkpoint is kept, as no folder is set");
  }

  @Test
  void numbersInTheDataThatAreNotFiniteAreNamed() {
    Tensor x = Tensor.zeros(Shape.of(4, 4));
    x.data()[6] = Float.POSITIVE_INFINITY;
    Model model = Model.sequential("m", 1, Shape.of(4), Dense.of(1));
    assertThatThrownBy(() -> Trainer.of(model).withLoss(Loss.meanSquaredError()).withThreads(1).withShuffle(false)
        .fit(Dataset.of(x, Tensor.zeros(Shape.of(4)))))
        .hasMessageContaining("input 'x' of the batch holds Infinity at [1,2] of [4,4]; correct the data");
  }

  @Test
  void weightsThatAreNotFiniteAreNamed() {
    Model model = TestModels.classifier(1);
    model.parameters().get("dense_1/bias").data()[2] = Float.NaN;
    assertThatThrownBy(() -> TestModels.trainer(model).fit(TestModels.quadrants(64, 1)))
        .hasMessageContaining("parameter 'dense_1/bias' holds NaN at [2] of [4]");
  }
}
