package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.nn.Model;
import org.burin.train.History;
import org.burin.train.Quantization;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.burin.train.Workload.Data;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JetsWorkloadTest {
  private final JetsWorkload small = new JetsWorkload(20_000, 5_000, Optional.empty());

  @TempDir
  Path folder;

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Workload.class)).filteredOn(w -> w.name().equals("jets"))
        .singleElement().isInstanceOf(JetsWorkload.class);
  }

  @Test
  void generatedJetsAreOtherOnesForEveryPurpose() {
    Data data = small.data(Optional.empty(), 3);
    Dataset all = new JetsGenerator(3).dataset(0, 30_000);
    assertThat(features(data.train())).isEqualTo(features(all.range(0, 20_000)));
    assertThat(features(data.validation())).isEqualTo(features(all.range(20_000, 25_000)));
    assertThat(features(data.test())).isEqualTo(features(all.range(25_000, 30_000)));
  }

  @Test
  void aSmallFileIsTestedOn() throws IOException {
    Dataset jets = new JetsGenerator(9).dataset(0, 100);
    Data data = small.data(Optional.of(file(jets)), 3);
    assertThat(features(data.test())).isEqualTo(features(jets));
    assertThat(features(data.train())).isEqualTo(features(new JetsGenerator(3).dataset(0, 20_000)));
  }

  @Test
  void aLargeFileIsParted() throws IOException {
    Dataset jets = new JetsGenerator(9).dataset(0, JetsWorkload.LEAST_TO_TRAIN);
    Data data = small.data(Optional.of(file(jets)), 3);
    assertThat(data.train().size()).isEqualTo(6_000);
    assertThat(data.validation().size()).isEqualTo(2_000);
    assertThat(data.test().size()).isEqualTo(2_000);
  }

  @Test
  void learnsToTellJetsApart() {
    Data data = small.data(Optional.empty(), 1);
    Trainer trainer = train(data, 2, 20);
    Map<String, Double> report = small.report(trainer, data);
    assertThat(report.keySet())
        .containsExactly("loss", "accuracy", "auc", "auc_g", "auc_q", "auc_t", "auc_w", "auc_z");
    assertThat(report.get("accuracy")).isBetween(0.70, 0.78);
    assertThat(report.get("auc")).isBetween(0.90, 0.96);
    assertThat(report.get("auc_t")).isBetween(0.90, 0.98);
  }

  @Test
  void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() {
    Data data = new JetsWorkload(4_000, 500, Optional.empty()).data(Optional.empty(), 1);
    Model one = train(data, 1, 3).model();
    Model two = train(data, 2, 3).model();
    for (String name : one.parameters().names()) {
      assertThat(two.parameters().get(name).data()).as(name).isEqualTo(one.parameters().get(name).data());
    }
  }

  @Test
  void aQuantizedModelReportsWhatItCosts() {
    JetsWorkload six = small.quantized(new Quantization.Uniform(6));
    Data data = small.data(Optional.empty(), 1);
    Trainer trainer = Trainer.of(six.model(data, 1));
    six.configure(trainer, data);
    trainer.withSeed(1).withEpochs(8).withProgress(false).fit(data.train());
    Map<String, Double> report = six.report(trainer, data);
    assertThat(report.keySet()).containsExactly("loss", "accuracy", "auc", "auc_g", "auc_q", "auc_t", "auc_w", "auc_z",
        "ebops", "weight_bits", "sparsity");
    assertThat(report.get("accuracy")).isBetween(0.68, 0.78);
    // 6 bits of activations, 9 of features, at most 5 of weights.
    assertThat(report.get("ebops")).isBetween(10_000.0, 5 * (9 * 1024 + 6 * (2048 + 1024 + 160.0)));
    assertThat(report.get("weight_bits")).isBetween(1.0, 5.0);
  }

  @Test
  void learnedBitsAreSteeredAndLeaveAFront() throws IOException {
    JetsWorkload learned = new JetsWorkload(4_000, 500, Optional.empty())
        .quantized(new Quantization.Learned(OptionalDouble.of(5000)));
    Data data = learned.data(Optional.empty(), 1);
    Trainer trainer = Trainer.of(learned.model(data, 1));
    learned.configure(trainer, data);
    History history = trainer.withSeed(1).withEpochs(4).withProgress(false).withFolder(folder).fit(data.train());
    assertThat(history.values("ebops")).allSatisfy(n -> assertThat(n).isBetween(10_000.0, 60_000.0));
    assertThat(history.values("ebops_factor").getLast()).isGreaterThan(1e-6);
    assertThat(folder.resolve("pareto/pareto.csv")).content().startsWith("epoch,ebops,val_accuracy,file\n")
        .contains("epoch_0004.burin");
  }

  private Trainer train(Data data, int threads, int epochs) {
    Trainer trainer = Trainer.of(small.model(data, 1));
    small.configure(trainer, data);
    trainer.withSeed(1).withThreads(threads).withEpochs(epochs).withProgress(false).fit(data.train());
    return trainer;
  }

  private Path file(Dataset jets) throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", Jets.FEATURES) + ",class"));
    float[] x = features(jets);
    float[] y = jets.tensor(Role.TARGET, "y").data();
    for (int i = 0; i < y.length; i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < 16; j++) {
        line.append(x[i * 16 + j]).append(',');
      }
      lines.add(line + Jets.CLASSES.get((int) y[i]));
    }
    return Files.write(folder.resolve("jets.csv"), lines);
  }

  private static float[] features(Dataset jets) {
    return jets.tensor(Role.INPUT, "x").data();
  }
}
