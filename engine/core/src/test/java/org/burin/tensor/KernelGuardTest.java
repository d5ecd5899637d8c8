package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KernelGuardTest {
  /// What a step of 50 ms of badly compiled kernels allocates.
  private static final long STUCK = 100_000_000;

  private final FakeJvm jvm = new FakeJvm();
  private final Kernels first = new VectorKernels();
  private final Kernels fallback = new ScalarKernels();
  private final KernelGuard guard = new KernelGuard(first, VectorKernels::new, fallback, jvm);

  @Test
  void stepsWithoutAllocationChangeNothing() {
    for (int i = 0; i < 1000; i++) {
      step(0);
    }
    assertThat(guard.current()).isSameAs(first);
  }

  @Test
  void allocationIsToleratedWhileTheCompilerIsBusy() {
    for (int i = 0; i < 100; i++) {
      jvm.compilation++;
      step(STUCK);
    }
    step(0);
    assertThat(guard.current()).isSameAs(first);
  }

  @Test
  void allocationThatCostsNothingIsTolerated() {
    for (int i = 0; i < 1000; i++) {
      step(30_000);
    }
    assertThat(guard.current()).isSameAs(first);
  }

  @Test
  void codeThatRunsOncePerStepIsGivenTimeToBeCompiled() {
    for (int i = 0; i < KernelGuard.WARM_STEPS - 1; i++) {
      step(STUCK / 10);
    }
    assertThat(guard.current()).isSameAs(first);
    for (int i = 0; i < 100; i++) {
      step(STUCK / 10);
    }
    assertThat(guard.replacements()).isEqualTo(1);
  }

  @Test
  void whatWasAllocatedAtTheStartIsForgotten() {
    for (int i = 0; i < 100; i++) {
      jvm.compilation++;
      step(100 * STUCK);
    }
    for (int i = 0; i < 1000; i++) {
      step(STUCK / 10);
    }
    assertThat(guard.current()).isSameAs(first);
  }

  @Test
  void onABusyMachineTimeIsThatOfTheThread() {
    jvm.busy = true;
    for (int i = 0; i < 200; i++) {
      step(STUCK);
    }
    assertThat(guard.current()).isSameAs(first);
    for (int i = 0; i < 200; i++) {
      step(STUCK);
    }
    assertThat(guard.replacements()).isEqualTo(1);
  }

  @Test
  void theScalarKernelsAreLeftAloneWhenTheLossIsSmall() {
    for (int i = 0; i <= (KernelGuard.MAX_COPIES + 1) * (KernelGuard.WARM_STEPS + 100); i++) {
      step(STUCK / 10);
    }
    assertThat(guard.replacements()).isEqualTo(KernelGuard.MAX_COPIES);
    assertThat(guard.current()).isInstanceOf(VectorKernels.class);
  }

  @Test
  void stuckKernelsAreReplacedByACopy() {
    untilReplaced();
    assertThat(guard.current()).isNotSameAs(first).isInstanceOf(VectorKernels.class);
    assertThat(guard.replacements()).isEqualTo(1);
  }

  @Test
  void kernelsThatStayStuckGiveWayToTheFallback() {
    for (int i = 0; i <= KernelGuard.MAX_COPIES; i++) {
      untilReplaced();
    }
    assertThat(guard.current()).isSameAs(fallback);
    for (int i = 0; i < 1000; i++) {
      step(0);
    }
    assertThat(guard.current()).isSameAs(fallback);
  }

  @Test
  void allocationThatIsNotTheKernelsFaultDoesNotCostTheVectors() {
    for (int i = 0; i <= KernelGuard.MAX_COPIES; i++) {
      untilReplaced();
    }
    untilReplaced();
    assertThat(guard.current()).isInstanceOf(VectorKernels.class);
    for (int i = 0; i < 1000; i++) {
      step(STUCK);
    }
    assertThat(guard.current()).isInstanceOf(VectorKernels.class);
  }

  @Test
  void selfCheckRunsUntilStepsAreFreeOfAllocation() {
    KernelGuard.SelfCheck result = guard.selfCheck(() -> jvm.run(guard.current().equals(first) ? STUCK : 0), Duration.ofDays(1));
    assertThat(result.allocationFree()).isTrue();
    assertThat(result.replacements()).isEqualTo(1);
    assertThat(result.kernels()).startsWith("vector-");
  }

  @Test
  void selfCheckStopsAtTheEndOfItsBudget() {
    KernelGuard.SelfCheck result = guard.selfCheck(() -> jvm.run(STUCK), Duration.ofMillis(500));
    assertThat(result.allocationFree()).isFalse();
    assertThat(result.steps()).isEqualTo(10);
  }

  @Test
  void aFreshCopyHasItsOwnClassesAndTheSameBits() {
    Kernels copy = KernelLoader.freshCopy();
    assertThat(copy).isNotNull();
    assertThat(copy.getClass()).isNotSameAs(VectorKernels.class);
    float[] x = {1f, 2f, -3f, 4f};
    float[] expected = new float[4];
    float[] actual = new float[4];
    GemmSpec spec = GemmSpec.of(2, 2, 2, false, true);
    first.gemm(spec, x, 0, x, 0, expected, 0, x, 0, 0, 2, 0, 2, new float[first.gemmScratch(spec)], 0);
    copy.gemm(spec, x, 0, x, 0, actual, 0, x, 0, 0, 2, 0, 2, new float[copy.gemmScratch(spec)], 0);
    assertThat(actual).isEqualTo(expected);
    copy.unary(UnaryFn.EXP, x, 0, actual, 0, 4);
    first.unary(UnaryFn.EXP, x, 0, expected, 0, 4);
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void theChoiceSaysWhatIsMissing() {
    assertThat(KernelLoader.reasonForScalar(true, "OpenJDK 64-Bit Server VM", "mixed mode, sharing")).isEmpty();
    assertThat(KernelLoader.reasonForScalar(false, "OpenJDK 64-Bit Server VM", "mixed mode"))
        .isEqualTo("the module jdk.incubator.vector is missing; "
            + "add --add-modules jdk.incubator.vector to be several times faster");
    assertThat(KernelLoader.reasonForScalar(true, "OpenJDK 64-Bit Server VM", "mixed mode, emulated-client"))
        .isEqualTo("this JVM (OpenJDK 64-Bit Server VM, mixed mode, emulated-client) lacks HotSpot's optimizing compiler, "
            + "which the Vector API needs");
    assertThat(KernelLoader.reasonForScalar("scalar")).isEqualTo("-Dburin.kernels=scalar asks for it");
    assertThatThrownBy(() -> KernelLoader.reasonForScalar("gpu"))
        .hasMessage("-Dburin.kernels must be 'scalar' or 'vector', found 'gpu'");
  }

  private void untilReplaced() {
    Kernels before = guard.current();
    for (int i = 0; i < 1000 && guard.current().equals(before); i++) {
      step(STUCK);
    }
    assertThat(guard.current()).isNotSameAs(before);
  }

  private void step(long bytes) {
    jvm.run(bytes);
    guard.observe(bytes);
  }

  /// A JVM in which every step takes 50 ms of work, if the machine is not so busy that the thread works for a tenth of it.
  private static final class FakeJvm implements KernelGuard.Counters {
    private boolean busy;
    private long allocated;
    private long compilation;
    private long time;
    private long work;

    void run(long bytes) {
      allocated += bytes;
      time += 50_000_000L;
      work += busy ? 5_000_000L : 50_000_000L;
    }

    @Override
    public long allocatedBytes() {
      return allocated;
    }

    @Override
    public long compilationTime() {
      return compilation;
    }

    @Override
    public long nanoTime() {
      return time;
    }

    @Override
    public long threadTime() {
      return work;
    }
  }
}
