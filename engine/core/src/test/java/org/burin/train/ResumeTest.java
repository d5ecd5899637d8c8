package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Dense;
import org.burin.nn.Dropout;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;
import org.burin.train.History.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final Dataset DATA = TestModels.quadrants(220, 5);
  private static final String[] RESULTS =
      {"model.burin", "best.burin", "checkpoint.burin", "history.json", "history.csv"};

  @TempDir private Path folder;

  private static Model model() {
    return Model.sequential("m", 7, Shape.of(4),
        Dense.of(8, Activation.RELU), BatchNorm.of(), Dropout.of(0.2f), Dense.of(4));
  }

  private static Trainer trainer(Model model, Path folder) {
    return TestModels.trainer(model).withBatchSize(16).withEpochs(4).withSeed(3).withValidationSplit(0.1)
        .withReduceOnPlateau(ReduceOnPlateau.of(1)).withEarlyStopping(EarlyStopping.of(4)).withBestModel()
        .withFolder(folder).withCheckpointEvery(3);
  }

  private static Callback at(long step, Runnable action) {
    return new Callback() {
      @Override
      public void onStep(long done, float loss) {
        if (done == step) {
          action.run();
        }
      }
    };
  }

  private static History fit(Path folder) {
    return trainer(model(), folder).fit(DATA);
  }

  @Test
  void stoppingAndResumingAtEveryStepChangesNoBit() throws IOException {
    History whole = fit(folder.resolve("whole"));
    Path parts = folder.resolve("parts");
    History history = null;
    for (int stops = 0; history == null || history.end() == End.STOPPED; stops++) {
      Trainer t = trainer(model(), parts);
      t.stop();
      history = stops == 0 ? t.fit(DATA) : t.resume(DATA);
      assertThat(Files.exists(parts.resolve("model.burin"))).isEqualTo(history.end() != End.STOPPED);
    }
    assertThat(history).isEqualTo(whole);
    assertSame(folder.resolve("whole"), parts);
  }

  @Test
  void anEndBetweenCheckpointsChangesNoBit() throws IOException {
    fit(folder.resolve("whole"));
    for (int step : new int[] {1, 3, 13, 14, 40}) {
      Path parts = folder.resolve("ended at " + step);
      Trainer t = trainer(model(), parts).withCallback(at(step, () -> {
        throw new IllegalStateException("crash");
      }));
      assertThatThrownBy(() -> t.fit(DATA)).hasMessage("crash");
      trainer(model(), parts).resume(DATA);
      assertSame(folder.resolve("whole"), parts);
    }
  }

  @Test
  void aFinishedTrainingGivesItsResultAgainAndGoesOnWithMoreEpochs() throws IOException {
    fit(folder.resolve("whole"));
    Path parts = folder.resolve("parts");
    trainer(model(), parts).withEpochs(2).fit(DATA);
    Model again = model();
    assertThat(trainer(again, parts).withEpochs(2).resume(DATA).end()).isEqualTo(End.COMPLETED);
    assertThat(again.parameters().tensors())
        .isEqualTo(ModelFile.read(parts.resolve("model.burin")).parameters().tensors());
    trainer(model(), parts).resume(DATA);
    assertSame(folder.resolve("whole"), parts);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    fit(folder);
    byte[] before = Files.readAllBytes(folder.resolve("checkpoint.burin"));
    assertThatThrownBy(() -> fit(folder)).isInstanceOf(TrainingException.class)
        .hasMessage(folder.resolve("checkpoint.burin") + " exists already and is not overwritten; resume the training "
            + "that wrote it, or choose another folder");
    assertThat(folder.resolve("checkpoint.burin")).hasBinaryContent(before);
  }

  @Test
  void aMissingCheckpointIsNamed() {
    assertThatThrownBy(() -> trainer(model(), folder).resume(DATA)).isInstanceOf(TrainingException.class)
        .hasMessage("there is nothing to resume: " + folder.resolve("checkpoint.burin")
            + " does not exist; start training, or name the folder of one that was started");
    assertThatThrownBy(() -> TestModels.trainer(model()).resume(DATA))
        .hasMessage("there is nothing to resume: no folder is set; set that of the training to resume");
  }

  @Test
  void aDamagedCheckpointIsRefusedAndStays() throws IOException {
    fit(folder);
    Path file = folder.resolve("checkpoint.burin");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(file, cut);
      Model model = model();
      assertThatThrownBy(() -> trainer(model, folder).resume(DATA)).isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("training cannot be resumed: " + file + ": ");
      assertThat(file).hasBinaryContent(cut);
      assertThat(model.parameters().tensors()).isEqualTo(model().parameters().tensors());
    }
    whole[whole.length / 2] ^= 4;
    Files.write(file, whole);
    assertThatThrownBy(() -> trainer(model(), folder).resume(DATA)).hasMessageContaining("is damaged: expected the "
        + "checksum");
  }

  @Test
  void aModelIsNoCheckpoint() throws IOException {
    fit(folder);
    Files.copy(folder.resolve("model.burin"), folder.resolve("other"));
    Files.move(folder.resolve("other"), folder.resolve("checkpoint.burin"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> trainer(model(), folder).resume(DATA))
        .hasMessageContaining("expected a section 'training/state', found [model, ");
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused() {
    fit(folder);
    assertThatThrownBy(() -> trainer(model(), folder).withBatchSize(8).withSeed(4)
        .withOptimizer(Optimizer.sgd().withMomentum(0.5)).resume(DATA)).isInstanceOf(TrainingException.class)
        .hasMessage(folder.resolve("checkpoint.burin") + " is a checkpoint of a training with other settings:\n"
            + "  seed: 3 in the checkpoint, 4 now\n"
            + "  batch size: 16 in the checkpoint, 8 now\n"
            + "  optimizer: adam(beta1=0.9, beta2=0.999, epsilon=1.0E-7, weight_decay=0.0) in the checkpoint, "
            + "sgd(momentum=0.5, nesterov=false) now\n"
            + "set these as they were, or start a training in another folder");
  }

  @Test
  void aCheckpointOfAnotherModelIsRefused() {
    fit(folder);
    Model other = TestModels.classifier(7);
    assertThatThrownBy(() -> trainer(other, folder).resume(DATA)).isInstanceOf(TrainingException.class)
        .hasMessage(folder.resolve("checkpoint.burin") + " is a checkpoint of another model: section 'graph/training' "
            + "differs in line 1: 'graph \"m\" {' there, 'graph \"quadrants\" {' in model 'quadrants'; build the "
            + "model as it was, or start a training in another folder");
  }

  @Test
  void aLossThatIsNotFiniteKeepsTheLastGoodCheckpoint() throws IOException {
    Model model = model();
    Trainer t = trainer(model, folder)
        .withCallback(at(4, () -> Arrays.fill(model.parameters().get("dense_1/bias").data(), Float.NaN)));
    assertThatThrownBy(() -> t.fit(DATA)).isInstanceOf(TrainingException.class)
        .hasMessage("the loss is NaN in step 5 (epoch 1, batch 5 of 13): parameter 'dense_1/bias' holds NaN at [0] of "
            + "[4] since an earlier update; lower the learning rate or clip the gradients; "
            + "" + folder.resolve("checkpoint.burin")
            + " holds the state after step 3");
    History history = trainer(model(), folder).resume(DATA);
    assertThat(history.end()).isNotEqualTo(End.RUNNING);
    fit(folder.resolve("whole"));
    assertSame(folder.resolve("whole"), folder);
  }

  @Test
  void weightsThatAreNotFiniteDoNotGetIntoACheckpoint() {
    Model model = model();
    Trainer t = trainer(model, folder)
        .withCallback(at(6, () -> model.parameters().get("dense/kernel").data()[9] = Float.POSITIVE_INFINITY));
    assertThatThrownBy(() -> t.fit(DATA)).isInstanceOf(TrainingException.class)
        .hasMessage("parameter 'dense/kernel' holds Infinity at [1,1] of [4,8] after step 6 (epoch 1, batch 6 of 13): "
            + "an update was not finite; lower the learning rate or clip the gradients; "
            + "" + folder.resolve("checkpoint.burin")
            + " holds the state after step 3");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> fit(file)).isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("the folder " + file + " cannot be created: ");
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    for (String name : RESULTS) {
      assertThat(found.resolve(name)).hasBinaryContent(Files.readAllBytes(expected.resolve(name)));
    }
  }
}
