package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.burin.fixed.FixedInterpreter.Results;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.tensor.Shape;
import org.burin.tensor.TestRandom;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs small networks on all inputs that there are: the proven bounds are those that come up.
class PrecisionTightnessTest {
  /// One random network.
  private static final class Net {
    private final TestRandom rng;
    private final FixedGraphBuilder b = new FixedGraphBuilder("small");

    Net(long seed) {
      rng = new TestRandom(seed);
    }

    /// An input whose elements have types of their own of 1 to `bits` bits.
    private FixedValue input(int bits, int... dims) {
      Shape sample = Shape.of(dims);
      List<FixedType> types = IntStream.range(0, sample.size()).mapToObj(_ -> {
        int width = rng.between(1, bits);
        return new FixedType(rng.flip(), width, rng.between(-1, width + 1), Rounding.TRN, Overflow.SAT);
      }).toList();
      int[] batched = IntStream.concat(IntStream.of(Shape.BATCH), IntStream.of(dims)).toArray();
      return b.input("x" + b.build().values().size(), Shape.of(batched), new ElementTypes(sample, types));
    }

    private FixedValue weights(int... dims) {
      Shape shape = Shape.of(dims);
      return b.constant(FixedTensor.of(shape, rng.between(0, 2),
          IntStream.range(0, shape.size()).mapToLong(_ -> rng.between(-5, 5)).toArray()));
    }

    /// All combinations of the numbers that the inputs' elements can be, one per sample.
    private static Map<String, FixedTensor> everything(FixedGraph graph) {
      List<long[]> columns = new ArrayList<>();
      for (FixedValue in : graph.inputs()) {
        Precision p = in.precision();
        for (int i = 0; i < in.shape().bind(1).size(); i++) {
          int at = p.position(Walk.index(i, in.shape().bind(1)));
          columns.add(new long[] {p.low(at), p.high(at), 1L << p.step(at)});
        }
      }
      int samples = 1;
      for (long[] c : columns) {
        samples *= (int) ((c[1] - c[0]) / c[2] + 1);
      }
      assertThat(samples).isLessThanOrEqualTo(1 << 16);
      Map<String, FixedTensor> inputs = new HashMap<>();
      int column = 0;
      int repeat = 1;
      for (FixedValue in : graph.inputs()) {
        int size = in.shape().bind(1).size();
        long[] raw = new long[samples * size];
        for (int e = 0; e < size; e++) {
          long[] c = columns.get(column++);
          int count = (int) ((c[1] - c[0]) / c[2] + 1);
          for (int s = 0; s < samples; s++) {
            raw[s * size + e] = c[0] + s / repeat % count * c[2];
          }
          repeat *= count;
        }
        inputs.put(((FixedOp.Input) in.op()).name(),
            FixedTensor.of(in.shape().bind(samples), in.precision().fraction(), raw));
      }
      return inputs;
    }

    private void attained(FixedValue v) {
      FixedGraph graph = b.build();
      Results results = FixedInterpreter.run(graph, everything(graph));
      FixedTensor t = results.value(v);
      Precision p = v.precision();
      long[] low = new long[p.grid().size()];
      long[] high = new long[p.grid().size()];
      Arrays.fill(low, Long.MAX_VALUE);
      Arrays.fill(high, Long.MIN_VALUE);
      for (int i = 0; i < t.size(); i++) {
        int at = p.position(Walk.index(i, t.shape()));
        low[at] = Math.min(low[at], t.raw()[i]);
        high[at] = Math.max(high[at], t.raw()[i]);
      }
      for (int i = 0; i < low.length; i++) {
        assertThat(low[i] + ".." + high[i]).as("position %s of %s in%n%s", i, v, graph)
            .isEqualTo(p.low(i) + ".." + p.high(i));
      }
    }
  }

  private static void attained(int nets, Function<Net, FixedValue> body) {
    for (int seed = 0; seed < nets; seed++) {
      Net net = new Net(seed);
      net.attained(body.apply(net));
    }
  }

  @Test
  void denseLayers() {
    attained(60, n -> n.b.matMul(n.input(3, 4), n.weights(4, 3)));
    attained(60, n -> n.b.relu(n.b.add(n.b.matMul(n.input(3, 4), n.weights(4, 3)), n.weights(3))));
    attained(60, n -> n.b.quantize(n.b.relu(n.b.matMul(n.input(3, 4), n.weights(4, 3))),
        FixedOpSamples.type(n.rng).with(Rounding.RND_CONV, Overflow.SAT)));
    attained(60, n -> n.b.matMul(n.b.relu(n.input(3, 4)), n.weights(3, 4), false, true));
  }

  @Test
  void convolutions() {
    attained(40, n -> n.b.conv2d(n.input(2, 3, 2, 1), n.weights(2, 2, 1, 2), Window.same(3, 2, 2, 2, 1, 1, 1, 1), 1));
    attained(40, n -> n.b.conv2d(n.input(2, 2, 1, 3), n.weights(2, 1, 1, 3), Window.VALID, 3));
    attained(40, n -> n.b.conv2dTranspose(
        n.input(2, 2, 1, 2), n.weights(2, 2, 1, 2), new Window(2, 1, 0, 0, 0, 0, 1, 1), 1, 4, 2));
    attained(40, n -> n.b.maxPool2d(n.input(2, 3, 2, 1), 2, 2, Window.same(3, 2, 2, 2, 2, 1, 1, 1)));
    attained(40, n -> n.b.sumPool2d(n.input(2, 3, 2, 1), 2, 2, Window.same(3, 2, 2, 2, 2, 1, 1, 1)));
  }

  @Test
  void elementwise() {
    attained(60, n -> n.b.add(n.input(3, 2), n.input(3, 1)));
    attained(60, n -> n.b.sub(n.input(3, 2), n.input(3, 1)));
    attained(60, n -> n.b.mul(n.input(3, 2), n.input(3, 1)));
    attained(60, n -> n.b.max(n.input(3, 2), n.input(3, 1)));
    attained(60, n -> n.b.min(n.input(3, 2), n.weights(2)));
    attained(60, n -> n.b.neg(n.input(4, 3)));
    attained(60, n -> n.b.abs(n.input(4, 3)));
    attained(60, n -> {
      FixedValue x = n.input(4, 3);
      return n.b.mul(x, x);
    });
    attained(60, n -> {
      FixedValue x = n.input(4, 3);
      return n.b.add(x, x);
    });
    attained(60, n -> n.b.sum(n.input(2, 2, 3), false, 1));
    attained(60, n -> n.b.reduceMax(n.input(2, 2, 3), false, 2));
    attained(60, n -> n.b.argMax(n.input(3, 1, 4), 2));
  }

  @ParameterizedTest
  @EnumSource
  void choices(Comparison comparison) {
    attained(60, n -> n.b.compare(comparison, n.input(4, 2), n.input(4, 1)));
    attained(60, n -> n.b.compare(comparison, n.input(4, 2), n.weights(2)));
    attained(60, n -> {
      FixedValue x = n.input(4, 2);
      FixedValue limit = n.weights(2);
      return n.b.select(n.b.compare(comparison, x, limit), x, n.weights(1));
    });
  }

  @ParameterizedTest
  @EnumSource
  void quantizers(Rounding rounding) {
    for (Overflow overflow : List.of(Overflow.SAT, Overflow.SAT_SYM, Overflow.SAT_ZERO)) {
      attained(60, n -> n.b.quantize(n.input(5, 2), FixedOpSamples.type(n.rng).with(rounding, overflow)));
    }
    attained(60, n -> n.b.quantize(n.input(5, 2), new FixedType(true, 12, 7, rounding, Overflow.WRAP)));
    attained(60, n -> n.b.divide(
        n.input(5, 2), n.rng.between(1, 9), FixedOpSamples.type(n.rng).with(rounding, Overflow.SAT)));
  }
}
