package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
  /// A multilayer perceptron of the size of the jet tagger's, with this part of its weights not zero.
  static FixedGraph perceptron(double density) {
    FixedGraphBuilder b = new FixedGraphBuilder("jets");
    Random random = new Random(5);
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 16), FixedType.parse("fixed<8,3,rnd_conv,sat>"));
    int[] sizes = {16, 64, 32, 32, 5};
    for (int layer = 0; layer < 4; layer++) {
      int from = sizes[layer];
      int to = sizes[layer + 1];
      FixedValue w = b.constant(FixedTensor.of(Shape.of(from, to), 5, numbers(random, from * to, 31, density)));
      FixedValue y = b.add(b.matMul(x, w), b.constant(FixedTensor.of(Shape.of(to), 8, numbers(random, to, 255, 1))));
      x = layer == 3 ? y : b.quantize(b.relu(y), FixedType.parse("ufixed<7,4,rnd,sat>"));
    }
    b.output("y", x);
    return b.build();
  }

  private static long[] numbers(Random random, int count, int most, double density) {
    long[] n = new long[count];
    for (int i = 0; i < count; i++) {
      n[i] = random.nextDouble() < density ? random.nextInt(2 * most + 1) - most : 0;
    }
    return n;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.2})
  void perceptronsOfAnyDensityAreExact(double density) {
    FixedClassTest.check(perceptron(density), Form.AUTO, 1);
  }

  @Test
  void sparsePerceptronIsOneMethodWithoutLoops() {
    String source = FixedClassTest.compile(perceptron(0.2), Form.AUTO).source();
    assertThat(source).contains("private void step0(int[] x, int xAt, int[] y, int yAt)").doesNotContain("step1(");
  }

  @Test
  void densePerceptronPacksWeights() {
    String source = FixedClassTest.compile(perceptron(1), Form.AUTO).source();
    assertThat(source).contains("double[] TABLE_0").contains(">>> 17 &");
  }

  @Test
  void classOfTheDensePerceptronStaysSmall() {
    String source = FixedClassTest.compile(perceptron(1), Form.AUTO).source();
    int bytes = SourceCompiler.compile("model.Jets", source).values().stream().mapToInt(c -> c.length).sum();
    assertThat(bytes).isLessThan(100_000);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void floatsAreBroughtToTheTypesOfInputs(Rounding rounding) {
    for (Overflow overflow : Overflow.values()) {
      FixedGraphBuilder b = new FixedGraphBuilder("identity");
      FixedType type = new FixedType(rounding != Rounding.RND_ZERO, 5, 3, rounding, overflow);
      b.output("y", b.shift(b.input("x", Shape.of(Shape.BATCH, 1), type), 1));
      FixedGraph graph = b.build();
      List<Float> numbers = new ArrayList<>(List.of(0f, -0f, Float.NaN, Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE, 1e30f, -1e30f, 3e19f));
      for (int i = -200; i <= 200; i++) {
        numbers.add(i / 16f);
        numbers.add(Math.nextUp(i / 8f));
      }
      float[] in = new float[numbers.size()];
      for (int i = 0; i < in.length; i++) {
        in[i] = numbers.get(i);
      }
      float[] out = new float[in.length];
      Inference.compile(graph).infer(in.length, in, out);
      FixedTensor expected = FixedInterpreter.runFloats(graph,
          Map.of("x", Tensor.of(Shape.of(in.length, 1), in)), FixedInterpreter.Check.ON).output("y");
      for (int i = 0; i < in.length; i++) {
        assertThat(out[i]).as("%s of %s", type, in[i])
            .isEqualTo((float) Math.scalb((double) expected.raw()[i], -expected.fraction()));
      }
    }
  }

  @Test
  void inferenceAllocatesNothing() {
    Inference inference = Inference.compile(perceptron(0.5));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    float[] in = new float[16];
    float[] out = new float[5];
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 500; i++) {
        inference.infer(in, out);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isLessThan(500);
  }

  @Test
  void everyThreadHasAnObjectOfItsOwn() throws Exception {
    Inference first = Inference.compile(perceptron(1));
    float[] in = new float[16 * 400];
    Random random = new Random(3);
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextFloat() * 8 - 4;
    }
    float[] expected = new float[5 * 400];
    first.infer(400, in, expected);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Inference own = first.fresh();
        tasks.add(() -> {
          float[] out = new float[expected.length];
          own.infer(400, in, out);
          return out;
        });
      }
      for (Future<float[]> f : pool.invokeAll(tasks)) {
        assertThat(f.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void arraysAreChecked() {
    Inference inference = Inference.compile(perceptron(0.2));
    assertThatThrownBy(() -> inference.infer(new float[15], new float[5]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> inference.infer(2, new float[32]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected an array for each of [x, y], found 1");
  }
}
