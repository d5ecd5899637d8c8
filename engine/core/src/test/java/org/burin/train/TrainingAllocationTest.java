package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The training loop allocates nothing from step to step. It runs in a process of its own, with the kernels in plain
/// Java: those on the Vector API allocate until the just-in-time compiler is done, which is theirs to test.
class TrainingAllocationTest {
  @TempDir private Path folder;

  /// What the steps of an epoch but the first allocate; the end of the epoch is left out.
  private static final class Counter implements Callback {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long last;
    private long allocated;
    private long least = Long.MAX_VALUE;

    @Override
    public void onEpochStart(int epoch) {
      least = epoch == 0 ? least : leastEpoch();
      last = -1;
      allocated = 0;
    }

    /// What the steps of the most frugal epoch allocated: the JVM itself allocates now and then, but not in every epoch.
    long leastEpoch() {
      return Math.min(least, allocated);
    }

    @Override
    public void onStep(long step, float loss) {
      // Asking may cost something itself, so ask twice.
      long now = threads.getCurrentThreadAllocatedBytes();
      long again = threads.getCurrentThreadAllocatedBytes();
      if (last >= 0) {
        allocated += now - last - (again - now);
      }
      last = again;
    }
  }

  /// The process: trains, and prints what an epoch allocated.
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Counter counter = new Counter();
      TestModels.trainer(TestModels.classifier(1)).withBatchSize(100).withEpochs(20)
          .withOptimizer(Optimizer.adamW()).withClipping(Clipping.byGlobalNorm(1))
          .withSchedule(Schedule.cosineRestarts(0.01, 0, 100, 2, 0.5).warmUp(10))
          .withCallback(counter).fit(TestModels.quadrants(4000, 1));
      System.out.println("allocated " + counter.leastEpoch());
    }
  }

  @Test
  void aStepAllocatesNothing() throws Exception {
    Path log = folder.resolve("log");
    Process process = ChildJvm.start(Child.class, log, List.of("-Dburin.kernels=scalar"));
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(log)).contains("allocated 0");
  }
}
