package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.tensor.Kernels;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.api.Test;

class MemoryPlannerTest {
  private static final class Touch extends Step {
    Touch(List<Buffer> reads, List<Buffer> writes) {
      super("touch", reads, writes, 1);
    }

    @Override
    void run(Kernels kernels, int worker, int workers, float[] scratch) {}
  }

  @Test
  void buffersThatAreNeededAtTheSameTimeDoNotOverlap() {
    for (int seed = 0; seed < 200; seed++) {
      TestRandom random = new TestRandom(seed);
      List<Buffer> made = new ArrayList<>();
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        List<Buffer> reads = new ArrayList<>();
        for (int r = random.below(3); r > 0 && !made.isEmpty(); r--) {
          reads.add(made.get(made.size() - 1 - random.below(Math.min(8, made.size()))));
        }
        List<Buffer> writes = new ArrayList<>();
        for (int w = random.between(1, 2); w > 0; w--) {
          writes.add(Buffer.unplaced(random.between(1, 100)));
        }
        made.addAll(writes);
        steps.add(new Touch(reads, writes));
      }
      int size = MemoryPlanner.place(steps);
      assertThat(size).isLessThan(made.stream().mapToInt(b -> b.size + 16).sum());
      assertNoOverlap(seed, steps, size);
    }
  }

  private static void assertNoOverlap(int seed, List<Step> steps, int size) {
    Map<Buffer, Integer> last = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Buffer b : steps.get(i).reads()) {
        last.put(b, i);
      }
    }
    Buffer[] owner = new Buffer[size];
    for (int i = 0; i < steps.size(); i++) {
      for (Buffer b : steps.get(i).writes()) {
        for (int at = b.offset(); at < b.offset() + b.size; at++) {
          Buffer old = owner[at];
          assertThat(old == null || last.getOrDefault(old, -1) < i).as("seed %d step %d", seed, i).isTrue();
          owner[at] = b;
        }
      }
      for (Buffer b : steps.get(i).reads()) {
        for (int at = b.offset(); at < b.offset() + b.size; at++) {
          assertThat(owner[at]).as("seed %d step %d", seed, i).isSameAs(b);
        }
      }
    }
  }

  @Test
  void aChainOfEqualBuffersNeedsTwo() {
    List<Buffer> made = new ArrayList<>(List.of(Buffer.unplaced(64)));
    List<Step> steps = new ArrayList<>(List.of(new Touch(List.of(), List.of(made.getFirst()))));
    for (int i = 0; i < 10; i++) {
      Buffer next = Buffer.unplaced(64);
      steps.add(new Touch(List.of(made.getLast()), List.of(next)));
      made.add(next);
    }
    assertThat(MemoryPlanner.place(steps)).isEqualTo(2 * 64);
  }
}
