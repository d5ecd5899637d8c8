package org.burin.codegen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

final class AdversaryTest {
  @Test
  void sumsOverInputsReachTheirProvenBounds() {
    assertReachesBounds(FixedPrograms.of(Shape.of(Shape.BATCH, 9), FixedType.parse("fixed<7,3>"),
        b -> x -> b.matMul(x, FixedPrograms.weights(b, 3, 9, 12))), FixedOp.MatMul.class);
  }

  @Test
  void convolutionsReachTheirProvenBounds() {
    assertReachesBounds(FixedPrograms.of(Shape.of(Shape.BATCH, 4, 4, 2), FixedType.parse("ufixed<5,1>"),
        b -> x -> b.conv2d(x, FixedPrograms.weights(b, 4, 3, 3, 2, 3), Window.VALID, 1)), FixedOp.Conv2d.class);
  }

  @Test
  void innerSumsGoFurtherThanRandomInputsTakeThem() {
    Program.Fixed program = FixedPrograms.dense();
    FixedValue last = sum(program.graph(), FixedOp.MatMul.class);
    long[] reached = range(program, last, directed(program));
    TestVectors random = TestVectors.of(program, 1);
    long[] drawn = range(program, last, List.of(random.block(1, 1024), random.block(2, 1024), random.block(3, 1024)));
    for (int i = 0; i < reached.length; i += 2) {
      assertThat(reached[i]).isLessThanOrEqualTo(drawn[i]);
      assertThat(reached[i + 1]).isGreaterThanOrEqualTo(drawn[i + 1]);
    }
  }

  private static void assertReachesBounds(Program.Fixed program, Class<? extends FixedOp> op) {
    FixedValue sum = sum(program.graph(), op);
    long[] reached = range(program, sum, directed(program));
    Shape sample = sum.shape().bind(1);
    for (int i = 0; i < sample.size(); i++) {
      int[] index = new int[sample.rank()];
      for (int axis = sample.rank() - 1, rest = i; axis >= 0; axis--) {
        index[axis] = rest % sample.dim(axis);
        rest /= sample.dim(axis);
      }
      int position = sum.precision().position(index);
      assertThat(reached[2 * i]).as("smallest of element %d", i).isEqualTo(sum.precision().low(position));
      assertThat(reached[2 * i + 1]).as("largest of element %d", i).isEqualTo(sum.precision().high(position));
    }
  }

  private static FixedValue sum(FixedGraph graph, Class<? extends FixedOp> op) {
    return graph.values().reversed().stream().filter(v -> op.isInstance(v.op())).findFirst().orElseThrow();
  }

  private static List<Map<String, long[]>> directed(Program.Fixed program) {
    TestVectors vectors = TestVectors.of(program, 1);
    return List.of(vectors.block(0, vectors.directed()));
  }

  /// The smallest and the largest number of every element of a value.
  private static long[] range(Program.Fixed program, FixedValue v, List<Map<String, long[]>> inputs) {
    FixedGraph graph = new FixedGraph("probe", program.graph().values(), Map.of("v", v));
    int size = v.shape().bind(1).size();
    long[] range = new long[2 * size];
    for (int i = 0; i < size; i++) {
      range[2 * i] = Long.MAX_VALUE;
      range[2 * i + 1] = Long.MIN_VALUE;
    }
    try (Execution run = References.of(new Program.Fixed(program.about(), graph))) {
      for (Map<String, long[]> in : inputs) {
        int samples = in.get("x").length / program.graph().inputs().getFirst().shape().bind(1).size();
        long[] out = run.run(samples, in).get("v");
        for (int i = 0; i < out.length; i++) {
          range[2 * (i % size)] = Math.min(range[2 * (i % size)], out[i]);
          range[2 * (i % size) + 1] = Math.max(range[2 * (i % size) + 1], out[i]);
        }
      }
    }
    return Arrays.copyOf(range, range.length);
  }
}
