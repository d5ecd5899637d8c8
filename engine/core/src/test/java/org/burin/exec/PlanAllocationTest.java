package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.TestRandom;
import org.burin.tensor.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run allocates nothing once the just-in-time compiler is done.
class PlanAllocationTest {
  private static final int WARM_UP_LIMIT = 40;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void steadyStateRunsAllocateNothing(int threads) {
    GraphBuilder b = new GraphBuilder("mixed");
    Value x = b.input("x", Shape.of(64, 8, 8, 4));
    Value w = b.parameter("w", Shape.of(3, 3, 4, 8));
    Value v = b.parameter("v", Shape.of(8, 5));
    Value y = b.relu(b.add(b.conv2d(x, w, Window.same(8, 8, 3, 3, 1, 1, 1, 1), 1), b.constant(Tensor.full(
        Shape.of(8), 0.1f))));
    Value z = b.logSoftmax(b.matMul(b.reshape(b.maxPool2d(y, 2, 2, Window.valid(2, 2, 1, 1)), Shape.of(1024, 8)), v));
    Value rows = b.mean(b.mul(z, b.broadcast(b.sum(z, 0), z.shape())), 1);
    b.output("loss", b.mean(rows));
    b.update("v", b.sub(v, b.scale(b.matMul(b.reshape(y, Shape.of(4096, 8)), b.constant(
        Tensor.full(Shape.of(4096, 5), 1e-9f)), true, false), 0.5f)));
    TestRandom random = new TestRandom(1);
    Map<String, Tensor> parameters = new HashMap<>();
    parameters.put("w", random.tensor(Shape.of(3, 3, 4, 8), -1, 1));
    parameters.put("v", random.tensor(Shape.of(8, 5), -1, 1));
    Plan plan = Plan.compile(b.build(), parameters, PlanOptions.DEFAULT.withThreads(threads));
    System.arraycopy(random.tensor(Shape.of(64, 8, 8, 4), -1, 1).data(), 0, plan.input("x").data(), 0, 64 * 256);
    long allocated = -1;
    for (int i = 0; i < WARM_UP_LIMIT && allocated != 0; i++) {
      allocated = allocatedBy(plan, 200);
    }
    assertThat(allocated).as("bytes allocated by 200 runs").isZero();
  }

  private static long allocatedBy(Plan plan, int runs) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] team = Stream.of(plan.threads()).mapToLong(Thread::threadId).toArray();
    long before = sum(threads, team);
    for (int i = 0; i < runs; i++) {
      plan.run();
    }
    return sum(threads, team) - before - overhead(threads, team);
  }

  /// What asking costs by itself.
  private static long overhead(ThreadMXBean threads, long[] team) {
    long before = sum(threads, team);
    return sum(threads, team) - before;
  }

  private static long sum(ThreadMXBean threads, long[] team) {
    long sum = threads.getCurrentThreadAllocatedBytes();
    for (long id : team) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }
}
