package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many samples at once have the results that they have one by one, which other tests hold against the definition.
class BatchTest {
  private static final List<Integer> COUNTS = List.of(1, 31, 32, 255, 256, 257, 300, 513);

  private static void sameAsOneByOne(Inference inference, float[] in) {
    int from = inference.inputs().values().iterator().next().bind(1).size();
    int to = inference.outputs().values().iterator().next().bind(1).size();
    for (int count : COUNTS) {
      float[] expected = new float[count * to];
      for (int i = 0; i < count; i++) {
        float[] x = new float[from];
        System.arraycopy(in, i * from, x, 0, from);
        float[] y = new float[to];
        inference.infer(x, y);
        System.arraycopy(y, 0, expected, i * to, to);
      }
      float[] actual = new float[count * to];
      inference.infer(count, in, actual);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Float.floatToRawIntBits(actual[i]))
            .as("element %d of %d samples: %s and %s", i, count, expected[i], actual[i])
            .isEqualTo(Float.floatToRawIntBits(expected[i]));
      }
    }
  }

  private static float[] numbers(int count, double size) {
    SplittableRandom random = new SplittableRandom(4);
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) ((2 * random.nextDouble() - 1) * size);
    }
    return x;
  }

  private static FixedGraph encoder(int filters, String input) {
    FixedGraphBuilder b = new FixedGraphBuilder("encoder");
    SplittableRandom random = new SplittableRandom(filters);
    FixedValue x = b.input("n", Shape.of(Shape.BATCH, 6, 5, 2), FixedType.parse(input));
    long[] weights = random.longs(12L * filters, -20, 21).toArray();
    FixedValue w = b.constant(FixedTensor.of(Shape.of(3, 2, 2, filters), 4, weights));
    FixedValue h = b.quantize(b.relu(b.conv2d(x, w, new Window(2, 1, 1, 0, 1, 1, 1, 1), 1)),
        FixedType.parse("ufixed<8,4,rnd,sat>"));
    int size = h.shape().bind(1).size();
    FixedValue v = b.constant(FixedTensor.of(Shape.of(7, size), 3, random.longs(7L * size, -9, 10).toArray()));
    b.output("i", b.add(b.matMul(b.reshape(h, Shape.of(Shape.BATCH, size)), v, false, true),
        b.constant(FixedTensor.of(Shape.of(7), 5, random.longs(7, -99, 99).toArray()))));
    return b.build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed<8,3,rnd_conv,sat>", "fixed<7,3,rnd,sat_sym>", "ufixed<6,2,trn,wrap>"})
  void convolutionsOfExactNumbers(String input) {
    for (int filters : new int[] {1, 4, 6}) {
      Inference inference = Inference.compile(encoder(filters, input));
      assertThat(inference.source()).contains("dense(rows");
      float[] in = numbers(60 * 513, 5);
      for (int i = 0; i < 600; i++) {
        in[i] = i % 3 == 0 ? Float.NaN : i % 3 == 1 ? (i - 300) / 64f : Math.nextUp((i - 300) / 32f);
      }
      in[700] = Float.POSITIVE_INFINITY;
      in[701] = Float.NEGATIVE_INFINITY;
      sameAsOneByOne(inference, in);
      MethodSizes.check(inference);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.2, 0.02})
  void perceptronsOfExactNumbers(double density) {
    Inference inference = Inference.compile(InferenceTest.perceptron(density));
    assertThat(inference.source()).contains(density < 0.4 ? "sparse(rows" : "dense(rows");
    sameAsOneByOne(inference, numbers(16 * 513, 5));
    sameRawAsOneByOne(inference);
  }

  private static void sameRawAsOneByOne(Inference inference) {
    SplittableRandom random = new SplittableRandom(2);
    long[] x = random.longs(16 * 300, -128, 128).toArray();
    long[] all = new long[5 * 300];
    inference.inferRaw(300, x, all);
    for (int i = 0; i < 300; i++) {
      long[] y = new long[5];
      inference.inferRaw(1, Arrays.copyOfRange(x, i * 16, i * 16 + 16), y);
      assertThat(Arrays.copyOfRange(all, i * 5, i * 5 + 5)).isEqualTo(y);
    }
  }

  @Test
  void sumsThatFloatsMightRoundAreComputedOneByOne() {
    FixedGraphBuilder b = new FixedGraphBuilder("wide");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 3), FixedType.parse("fixed<12,12>"));
    b.output("y", b.matMul(x, b.constant(FixedTensor.of(Shape.of(3, 1), 0, 4095, 4095, 4095))));
    assertThat(Inference.compile(b.build()).source()).doesNotContain("runRows");
  }

  private static Inference floats(UnaryOperator<Value> activation, GraphBuilder b) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Value x = b.input("x", Shape.of(Shape.BATCH, 4, 4, 3));
    parameters.put("w", Tensor.of(Shape.of(2, 3, 3, 5), numbers(90, 1)));
    parameters.put("b", Tensor.of(Shape.of(5), numbers(5, 1)));
    Value h = activation.apply(b.add(b.conv2d(x, b.parameter("w", Shape.of(2, 3, 3, 5)), Window.VALID, 1),
        b.parameter("b", Shape.of(5))));
    int size = h.shape().bind(1).size();
    parameters.put("v", Tensor.of(Shape.of(size, 6), numbers(size * 6, 0.3)));
    b.output("y", b.matMul(b.reshape(h, Shape.of(Shape.BATCH, size)), b.parameter("v", Shape.of(size, 6))));
    Graph graph = b.build();
    return Inference.compile(graph, parameters);
  }

  @Test
  void convolutionsOfFloats() {
    for (UnaryFn fn : List.of(UnaryFn.RELU, UnaryFn.NEG, UnaryFn.TANH)) {
      GraphBuilder b = new GraphBuilder("net");
      Inference inference = floats(x -> b.unary(fn, x), b);
      assertThat(inference.source().contains("dense(rows")).isEqualTo(fn != UnaryFn.TANH);
      float[] in = numbers(48 * 513, 3);
      sameAsOneByOne(inference, in);
      in[48 * 260] = Float.NaN;
      in[48 * 270] = Float.POSITIVE_INFINITY;
      in[48 * 10] = -3e38f;
      sameAsOneByOne(inference, in);
      MethodSizes.check(inference);
    }
  }
}
