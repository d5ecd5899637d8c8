package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.OpSamples;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.TestRandom;
import org.burin.tensor.UnaryFn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plans against the double-precision oracle, and fused against unfused, one thread against several.
class PlanFuzzTest {
  private static final int GRAPHS = 300;

  static List<OpSamples.Sample> samples() {
    return IntStream.range(0, 3).boxed().flatMap(seed -> OpSamples.of(seed).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyOperationAgreesWithItsDefinition(OpSamples.Sample sample) {
    Map<String, DoubleTensor> inputs = DoubleTensor.all(sample.inputs());
    DoubleTensor expected =
        ReferenceInterpreter.run(sample.graph(), inputs, DoubleTensor.all(sample.parameters())).output("y");
    Plan plan = Plan.compile(sample.graph(), sample.parameters(), PlanOptions.DEFAULT);
    fill(plan, sample.inputs());
    plan.run();
    assertClose(sample.name(), plan.output("y"), expected);
  }

  @Test
  void fusionThreadsAndMemoryReuseChangeNoBit() {
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph random = new RandomGraph(seed);
      Map<String, Tensor> outputs = Map.of();
      for (PlanOptions options : List.of(PlanOptions.DEFAULT.keepingAll(), PlanOptions.DEFAULT,
          PlanOptions.DEFAULT.withThreads(2), PlanOptions.DEFAULT.withThreads(4))) {
        Map<String, Tensor> parameters = copies(random.parameters);
        Plan plan = Plan.compile(random.graph, parameters, options);
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (int run = 0; run < 2; run++) {
          fill(plan, random.inputs);
          plan.run();
          for (String name : random.graph.outputs().keySet()) {
            found.put(name + " of run " + run, plan.output(name).copy());
          }
        }
        found.putAll(parameters);
        if (outputs.isEmpty()) {
          outputs = found;
        }
        for (String name : found.keySet()) {
          assertThat(found.get(name)).as("%s of seed %d %s%n%s%n%s", name, seed, options, random.graph, plan)
              .isEqualTo(outputs.get(name));
        }
      }
    }
  }

  @Test
  void randomGraphsAgreeWithTheDefinition() {
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph random = new RandomGraph(seed);
      ReferenceInterpreter.Results expected = ReferenceInterpreter.run(
          random.graph, DoubleTensor.all(random.inputs), DoubleTensor.all(random.parameters));
      Map<String, Tensor> parameters = copies(random.parameters);
      Plan plan = Plan.compile(random.graph, parameters, PlanOptions.DEFAULT);
      fill(plan, random.inputs);
      plan.run();
      for (String name : random.graph.outputs().keySet()) {
        assertClose("seed " + seed + " output " + name + "\n" + random.graph, plan.output(name), expected.output(name));
      }
      for (var update : expected.updates().entrySet()) {
        Tensor found = parameters.get(update.getKey());
        assertClose("seed " + seed + " update " + update.getKey() + "\n" + random.graph, found, update.getValue());
      }
    }
  }

  private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, t) -> copies.put(name, t.copy()));
    return copies;
  }

  private static void fill(Plan plan, Map<String, Tensor> inputs) {
    inputs.forEach((name, t) -> System.arraycopy(t.data(), 0, plan.input(name).data(), 0, t.size()));
  }

  /// Numbers stay below about 10 and pass through some tens of roundings.
  private static void assertClose(String what, Tensor found, DoubleTensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < found.size(); i++) {
      double e = expected.data()[i];
      assertThat((double) found.data()[i]).as("%s element %d", what, i)
          .isCloseTo(e, Offset.offset(1e-4 * Math.max(1, Math.abs(e))));
    }
  }

  /// A random graph of continuous operations on shapes that broadcast in every way that plans tell apart.
  private static final class RandomGraph {
    private static final UnaryFn[] UNARY = {UnaryFn.RELU, UnaryFn.TANH, UnaryFn.SIGMOID, UnaryFn.ABS, UnaryFn.NEG};
    private static final BinaryFn[] BINARY = {BinaryFn.ADD, BinaryFn.SUB, BinaryFn.MUL, BinaryFn.MAX, BinaryFn.MIN};

    final Map<String, Tensor> inputs = new LinkedHashMap<>();
    final Map<String, Tensor> parameters = new LinkedHashMap<>();
    final Graph graph;
    private final TestRandom rng;
    private final GraphBuilder b = new GraphBuilder("random");
    private final List<Value> pool = new ArrayList<>();

    RandomGraph(int seed) {
      rng = new TestRandom(seed);
      int rows = seed % 10 == 0 ? 70 : rng.between(1, 4); // now and then large enough for several threads
      int columns = seed % 10 == 0 ? 100 : rng.between(1, 6);
      for (Shape shape : List.of(Shape.of(rows, 4, columns), Shape.of(rows, 4, 1), Shape.of(4, columns),
          Shape.of(columns), Shape.of(rows, 1, columns), Shape.of(1, 4, 1), Shape.SCALAR)) {
        leaf(shape);
        leaf(shape);
      }
      int count = rng.between(3, 30);
      for (int i = 0; i < count; i++) {
        pool.add(operation());
      }
      for (int i = 0; i < 3; i++) {
        b.output("y" + i, pool.get(pool.size() - 1 - rng.below(Math.min(pool.size(), 8))));
      }
      parameters.forEach((name, t) -> {
        for (Value v : pool) {
          if (v.shape().equals(t.shape()) && rng.below(6) == 0) {
            b.update(name, v);
          }
        }
      });
      graph = b.build();
    }

    private void leaf(Shape shape) {
      String name = "t" + pool.size();
      Tensor t = rng.tensor(shape, -1, 1);
      if (rng.flip()) {
        inputs.put(name, t);
        pool.add(b.input(name, shape));
      } else {
        parameters.put(name, t);
        pool.add(b.parameter(name, shape));
      }
    }

    private Value any() {
      return pool.get(rng.below(pool.size()));
    }

    /// A value that broadcasts together with `v`.
    private Value partner(Value v) {
      while (true) {
        Value w = any();
        if (w.shape().broadcastsTo(v.shape()) || v.shape().broadcastsTo(w.shape())) {
          return w;
        }
      }
    }

    private Value operation() {
      Value x = any();
      int rank = x.shape().rank();
      return switch (rng.below(10)) {
        case 0, 1 -> b.unary(UNARY[rng.below(UNARY.length)], x);
        case 2, 3, 4 -> bounded(b.binary(BINARY[rng.below(BINARY.length)], x, partner(x)));
        case 5 -> mask(x, partner(x));
        case 6 -> rank == 0 ? b.neg(x)
            : b.reduce(rng.flip() ? ReduceFn.MEAN : ReduceFn.MAX, x, rng.flip(), rng.below(rank));
        case 7 -> rank < 2 ? b.relu(x) : b.transpose(x, IntStream.range(0, rank).map(i -> (i + 1) % rank).toArray());
        case 8 -> b.reshape(x, Shape.of(x.shape().size()));
        default -> rank < 2 ? b.neg(x) : dense(x);
      };
    }

    private Value bounded(Value v) {
      return rng.flip() ? v : b.unary(UnaryFn.TANH, v);
    }

    /// The gradient of a ReLU of `x`.
    private Value mask(Value x, Value g) {
      if (rng.flip()) {
        b.relu(x);
      }
      return b.select(b.binary(BinaryFn.GT, x, b.constant(0)), g, b.constant(0));
    }

    private Value dense(Value x) {
      int inner = x.shape().dim(-1);
      Value w = b.transpose(b.scale(x, 0.1f), swap(x.shape().rank()));
      Value scaled = b.scale(b.add(w, b.constant(0.5f)), 1f / inner);
      Value product = b.matMul(x, scaled);
      return rng.flip() ? product : b.relu(b.add(product, b.constant(
          Tensor.full(Shape.of(product.shape().dim(-1)), 0.25f))));
    }

    private static int[] swap(int rank) {
      int[] order = IntStream.range(0, rank).toArray();
      order[rank - 1] = rank - 2;
      order[rank - 2] = rank - 1;
      return order;
    }
  }
}
