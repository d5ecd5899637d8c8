package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.data.Dataset;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Dense;
import org.burin.nn.Dropout;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trains in a process of its own that is really killed (SIGKILL), again and again, at random moments.
class KillTest {
  private static final int KILLS = 6;

  @TempDir private Path folder;

  /// The process: trains into the folder, from the checkpoint if there is one.
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      Model model = Model.sequential("m", 7, Shape.of(4),
          Dense.of(24, Activation.RELU), BatchNorm.of(), Dropout.of(0.2f), Dense.of(4));
      Trainer trainer = TestModels.trainer(model).withBatchSize(16).withEpochs(12).withSeed(3)
          .withOptimizer(Optimizer.rmsProp().withMomentum(0.9)).withValidationSplit(0.1).withBestModel()
          .withFolder(folder).withCheckpointEvery(2).withThreads(2);
      boolean begun = Files.exists(folder.resolve(Folder.CHECKPOINT));
      Dataset data = TestModels.quadrants(400, 5);
      History history = begun ? trainer.resume(data) : trainer.fit(data);
      assertThat(history.end()).isEqualTo(History.End.COMPLETED);
    }
  }

  private Process start(Path into) throws IOException {
    return ChildJvm.start(Child.class, folder.resolve("log"), List.of("-XX:TieredStopAtLevel=1"), into.toString());
  }

  private void finish(Path into) throws Exception {
    Process process = start(into);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  @Test
  void killingTrainingAtAnyMomentChangesNoBit() throws Exception {
    finish(folder.resolve("whole"));
    // Where the kill falls depends on the machine's speed too; the result must not.
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(System.nanoTime());
    Path parts = folder.resolve("parts");
    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start(parts);
      long stepBefore = modified(parts);
      while (modified(parts) == stepBefore && process.isAlive()) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(250));
      kills += process.destroyForcibly().waitFor() == 137 ? 1 : 0;
    }
    assertThat(kills).as("processes that were alive when they were killed").isPositive();
    finish(parts);
    for (String name : new String[] {"model.burin", "best.burin", "checkpoint.burin", "history.json"}) {
      assertThat(parts.resolve(name)).hasBinaryContent(Files.readAllBytes(folder.resolve("whole").resolve(name)));
    }
  }

  private static long modified(Path into) throws IOException {
    Path checkpoint = into.resolve(Folder.CHECKPOINT);
    return Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint).to(TimeUnit.NANOSECONDS) : 0;
  }
}
