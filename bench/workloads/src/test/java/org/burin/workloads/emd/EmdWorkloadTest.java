package org.burin.workloads.emd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.burin.data.DataException;
import org.burin.nn.Model;
import org.burin.train.Loss;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.burin.train.Workload.Data;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmdWorkloadTest {
  private final EmdWorkload workload = new EmdWorkload(500, 4000, 400);

  @Test
  void isFoundByName() {
    assertThat(ServiceLoader.load(Workload.class)).anyMatch(w -> w.name().equals("emd"));
  }

  @Test
  void learnsTheDistance() {
    Data data = workload.data(Optional.empty(), 1);
    Model model = workload.model(data, 1);
    Trainer trainer = Trainer.of(model);
    workload.configure(trainer, data);
    double before = workload.report(trainer, data).get("relative_mean");
    trainer.withEpochs(12).withSeed(1).withProgress(false).fit(data.train());
    var report = workload.report(trainer, data);
    assertThat(report.keySet()).containsExactly(
        "relative_mean", "relative_deviation", "correlation", "gradient_cosine", "largest_self");
    assertThat(before).isLessThan(-0.3);
    assertThat(report.get("relative_mean")).isBetween(-0.1, 0.1);
    assertThat(report.get("relative_deviation")).isLessThan(0.2);
    assertThat(report.get("correlation")).isGreaterThan(0.97);
    assertThat(report.get("gradient_cosine")).isGreaterThan(0.6);
    assertThat(report.get("largest_self")).isZero();
  }

  @Test
  void thePublishedNetworkTrainsOnTheSamePairs() {
    for (Loss loss : new Loss[] {Loss.meanSquaredError(), Loss.huber(1), Loss.meanSquaredLogarithmicError()}) {
      EmdCnnWorkload cnn =
          new EmdCnnWorkload(new EmdCnn(1, 4, 3, 8), loss, new EmdWorkload(200, 512, 64)).withLoss(loss);
      Data data = cnn.data(Optional.empty(), 1);
      Trainer trainer = Trainer.of(cnn.model(data, 1));
      cnn.configure(trainer, data);
      var epochs = trainer.withProgress(false).fit(data.train()).epochs();
      assertThat(epochs.getLast().values().get("loss")).isLessThan(epochs.getFirst().values().get("loss"));
      assertThat(cnn.report(trainer, data)).containsOnlyKeys(workload.report(Trainer.of(workload.model(data, 1)), data)
          .keySet());
    }
  }

  @Test
  void aFileWithFewEventsIsRefused(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("few.csv");
    Files.writeString(file, ("1" + ",1".repeat(47) + "\n").repeat(99));
    assertThatThrownBy(() -> workload.data(Optional.of(file), 1)).isInstanceOf(DataException.class)
        .hasMessage(file + ": expected at least 100 events with charge, found 99");
  }
}
