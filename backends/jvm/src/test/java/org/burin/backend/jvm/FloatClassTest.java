package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.burin.codegen.spi.RefusedException;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatClassTest {
  private static final int SAMPLES = 7;
  private static final Window PADDED = new Window(2, 1, 1, 0, 1, 1, 1, 1);

  private static final Map<String, BiFunction<Net, Value, Value>> IMAGES = new LinkedHashMap<>();

  /// A builder with parameters drawn at random.
  private static final class Net {
    final GraphBuilder b = new GraphBuilder("net");
    final Map<String, Tensor> parameters = new LinkedHashMap<>();
    final SplittableRandom random = new SplittableRandom(11);

    Value weights(int... dims) {
      return named(numbers(random, Shape.of(dims)));
    }

    Value named(Tensor t) {
      String name = "w" + parameters.size();
      parameters.put(name, t);
      return b.parameter(name, t.shape());
    }
  }

  static {
    for (UnaryFn fn : UnaryFn.values()) {
      IMAGES.put(fn.name(), (n, x) -> n.b.unary(fn, x));
    }
    for (BinaryFn fn : BinaryFn.values()) {
      IMAGES.put(fn.name(), (n, x) -> n.b.binary(fn, n.b.binary(fn, x, n.weights(5, 1)), n.weights(3)));
      IMAGES.put(fn.name() + "Itself", (n, x) -> n.b.binary(fn, x, n.b.neg(x)));
    }
    IMAGES.put("select", (n, x) -> n.b.select(n.b.binary(BinaryFn.GT, x, n.weights(3)), x, n.weights(1)));
    for (Rounding rounding : Rounding.values()) {
      for (Overflow overflow : Overflow.values()) {
        FixedType type = new FixedType(true, 5, 2, rounding, overflow);
        IMAGES.put("quantize" + type, (n, x) -> n.b.quantize(x, type));
        IMAGES.put("bits" + type, (n, x) -> n.b.quantizeBits(x, n.named(Tensor.of(Shape.of(3), 1, 2, -3)),
            n.named(Tensor.of(Shape.of(5, 1), 3, 2, 1, 0, 4)), rounding != Rounding.RND_ZERO, rounding, overflow));
      }
    }
    IMAGES.put("conv", (n, x) -> n.b.conv2d(x, n.weights(3, 2, 3, 11), PADDED, 1));
    IMAGES.put("convBiasRelu", (n, x) ->
        n.b.relu(n.b.add(n.b.conv2d(x, n.weights(2, 2, 3, 4), Window.VALID, 1), n.weights(4))));
    IMAGES.put("depthwise", (n, x) -> n.b.conv2d(x, n.weights(2, 2, 1, 6), Window.VALID, 3));
    IMAGES.put("convTranspose", (n, x) ->
        n.b.conv2dTranspose(x, n.weights(2, 2, 4, 3), Window.valid(2, 2, 1, 1), 1, 8, 10));
    IMAGES.put("maxPool", (n, x) -> n.b.maxPool2d(x, 2, 2, PADDED));
    IMAGES.put("averagePool", (n, x) -> n.b.averagePool2d(x, 2, 2, PADDED));
    IMAGES.put("upsample", (n, x) -> n.b.upsample2d(x, 2, 3));
    for (ReduceFn fn : ReduceFn.values()) {
      IMAGES.put("rows" + fn, (n, x) -> n.b.reduce(fn, x, false, 1));
      IMAGES.put("image" + fn, (n, x) -> n.b.reduce(fn, x, true, 1, 2));
      IMAGES.put("columns" + fn, (n, x) -> n.b.reduce(fn, x, false, 3));
      IMAGES.put("apart" + fn, (n, x) -> n.b.reduce(fn, x, false, 1, 3));
      IMAGES.put("all" + fn, (n, x) -> n.b.reduce(fn, x, false, 1, 2, 3));
      IMAGES.put("long" + fn, (n, x) -> n.b.reduce(fn, n.b.reshape(x, Shape.of(Shape.BATCH, 60)), false, 1));
    }
    IMAGES.put("argMax", (n, x) -> n.b.argMax(x, 2));
    IMAGES.put("softmax", (n, x) -> n.b.softmax(x));
    IMAGES.put("softmaxLong", (n, x) -> n.b.softmax(n.b.reshape(x, Shape.of(Shape.BATCH, 2, 30))));
    IMAGES.put("logSoftmaxLong", (n, x) -> n.b.logSoftmax(n.b.reshape(x, Shape.of(Shape.BATCH, 3, 20))));
    IMAGES.put("logSoftmax", (n, x) -> n.b.logSoftmax(x));
    IMAGES.put("gather", (n, x) -> n.b.gather(x, n.b.constant(Tensor.of(Shape.of(2, 2), 4, 0, 1, 4)), 2));
    IMAGES.put("gatherByData", (n, x) -> n.b.gather(n.weights(3, 5),
        n.b.argMax(x, 3), 0));
    IMAGES.put("concat", (n, x) -> n.b.concat(List.of(x, n.b.neg(x)), 2));
    IMAGES.put("slice", (n, x) -> n.b.slice(x, List.of(0, 1, 0, 2), List.of(Shape.BATCH, 2, 3, 1), List.of(1, 2, 2, 1)));
    IMAGES.put("pad", (n, x) ->
        n.b.pad(x, List.of(0, 1, 0, 0), List.of(0, 0, 2, 0), List.of(0, 1, 0, 0), 1.5f));
    IMAGES.put("transpose", (n, x) -> n.b.relu(n.b.transpose(n.b.neg(x), 0, 3, 1, 2)));
    IMAGES.put("broadcast", (n, x) ->
        n.b.broadcast(n.b.reduce(ReduceFn.MAX, x, true, 3), Shape.of(Shape.BATCH, 4, 5, 3)));
    IMAGES.put("straightThrough", (n, x) -> n.b.straightThrough(n.b.unary(UnaryFn.SIGN, x), n.b.unary(UnaryFn.TANH, x)));
    IMAGES.put("batchedMatMul", (n, x) -> n.b.matMul(x, x, false, true));
    IMAGES.put("matMulOfTransposed", (n, x) -> n.b.matMul(n.weights(4, 7, 5), x, false, false));
    IMAGES.put("mlp", (n, x) -> {
      Value row = n.b.reshape(x, Shape.of(Shape.BATCH, 60));
      Value h = n.b.relu(n.b.add(n.b.matMul(row, n.weights(60, 37)), n.weights(37)));
      Value k = n.b.unary(UnaryFn.TANH, n.b.add(n.b.matMul(h, n.weights(9, 37), false, true), n.weights(9)));
      return n.b.softmax(n.b.add(k, n.b.matMul(h, n.weights(37, 9))));
    });
  }

  static List<String> names() {
    return List.copyOf(IMAGES.keySet());
  }

  private static Tensor numbers(SplittableRandom random, Shape shape) {
    float[] f = new float[shape.size()];
    for (int i = 0; i < f.length; i++) {
      f[i] = switch (random.nextInt(12)) {
        case 0 -> 0f;
        case 1 -> -0f;
        case 2 -> random.nextInt(-4, 5) / 4f;
        case 3 -> (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(-20, 20));
        default -> (float) (random.nextDouble() * 6 - 3);
      };
    }
    return Tensor.of(shape, f);
  }

  @ParameterizedTest
  @MethodSource("names")
  void outputsAreThoseOfThePlanToTheLastBit(String name) {
    Net net = new Net();
    Value x = net.b.input("x", Shape.of(Shape.BATCH, 4, 5, 3));
    net.b.output("y", IMAGES.get(name).apply(net, x));
    Graph graph = net.b.build();
    Tensor in = numbers(new SplittableRandom(name.hashCode()), Shape.of(SAMPLES, 4, 5, 3));

    Plan plan = Plan.compile(graph.bind(SAMPLES), net.parameters, PlanOptions.DEFAULT);
    System.arraycopy(in.data(), 0, plan.input("x").data(), 0, in.size());
    plan.run();
    float[] expected = plan.output("y").data();

    Inference inference = Inference.compile(graph, net.parameters);
    float[] actual = new float[expected.length];
    inference.infer(SAMPLES, in.data(), actual);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.floatToIntBits(actual[i]))
          .as("%s, element %d: expected %s, found %s in%n%s", name, i, expected[i], actual[i], inference.source())
          .isEqualTo(Float.floatToIntBits(expected[i]));
    }
    MethodSizes.check(inference);
  }

  @Test
  void operationsOfTrainingAreRefused() {
    GraphBuilder b = new GraphBuilder("drop");
    Value key = b.input("key", Shape.of(4));
    b.output("y", b.random(key, 1, Shape.of(3)));
    assertThatThrownBy(() -> Inference.compile(b.build(), Map.of())).isInstanceOf(RefusedException.class)
        .hasMessageContaining("the operation belongs to training; pass the graph for inference");
  }
}
