package org.burin.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.burin.codegen.spi.Program;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Precision;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedClassTest {
  private static final int GRAPHS = 24;
  private static final int SAMPLES = 9;

  @ParameterizedTest
  @EnumSource(Form.class)
  void randomGraphsGiveTheRawIntegersOfTheInterpreter(Form form) {
    for (int seed = 0; seed < GRAPHS; seed++) {
      FixedGraph graph = RandomFixedGraphs.draw(seed, 4 + seed % 14);
      check(graph, form, seed);
    }
  }

  /// An array of `long` in which one element fits an `int`.
  @ParameterizedTest
  @EnumSource(Rounding.class)
  void narrowElementsOfWideArraysAreRounded(Rounding rounding) {
    FixedGraphBuilder b = new FixedGraphBuilder("narrow");
    ElementTypes types = new ElementTypes(Shape.of(1, 2),
        List.of(FixedType.parse("fixed<40,20>"), FixedType.parse("fixed<21,1>")));
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 2), types);
    b.output("y", b.quantize(x, new FixedType(true, 12, 4, rounding, Overflow.SAT)));
    check(b.build(), Form.STRAIGHT, 1);
  }

  /// Words of `double` up to their last bit, and words of `long` beyond; vectors reach the extremes of every sum.
  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11, 12, 13, 14, 15, 16, 19, 23})
  void lanesOfAnyWidthAreExact(int weightBits) {
    FixedGraphBuilder b = new FixedGraphBuilder("lanes");
    SplittableRandom random = new SplittableRandom(weightBits);
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 9), FixedType.parse("fixed<9,9>"));
    long most = (1L << weightBits) - 1;
    FixedTensor w = FixedTensor.of(Shape.of(9, 14), 0, random.longs(9 * 14, -most, most + 1).toArray());
    b.output("y", b.matMul(x, b.constant(w)));
    FixedGraph graph = b.build();
    check(graph, Form.LANES, 1);
    long[] extremes = new long[2 * 14 * 9];
    for (int i = 0; i < extremes.length; i++) {
      boolean up = w.raw()[i % 9 * 14 + i / 9 % 14] > 0 == i < extremes.length / 2;
      extremes[i] = up ? 255 : -256;
    }
    check(graph, Form.LANES, 28, Map.of("x", FixedTensor.of(Shape.of(28, 9), 0, extremes)), "extremes");
  }

  static Inference compile(FixedGraph graph, Form form) {
    Program program = new Program.Fixed(new Program.About(graph.name(), "", Map.of()), graph);
    return Inference.compile(program, new JvmOptions("model", "", form));
  }

  static void check(FixedGraph graph, Form form, long seed) {
    check(graph, form, SAMPLES, inputs(graph, SAMPLES, seed), "seed " + seed);
  }

  private static void check(
      FixedGraph graph, Form form, int samples, Map<String, FixedTensor> inputs, String what) {
    FixedInterpreter.Results expected = FixedInterpreter.run(graph, inputs);
    Inference inference = compile(graph, form);
    long[][] arrays = new long[graph.inputs().size() + graph.outputs().size()][];
    int at = 0;
    for (String name : inference.inputs().keySet()) {
      arrays[at++] = inputs.get(name).raw().clone();
    }
    for (String name : inference.outputs().keySet()) {
      arrays[at++] = new long[expected.output(name).size()];
    }
    inference.inferRaw(samples, arrays);
    at = graph.inputs().size();
    for (String name : inference.outputs().keySet()) {
      assertThat(arrays[at++]).as("%s, %s, output %s of%n%s%n%s", what, form, name, graph, inference.source())
          .isEqualTo(expected.output(name).raw());
    }
    MethodSizes.check(inference);
  }

  /// Random raw integers within the types of the inputs, with their extremes.
  static Map<String, FixedTensor> inputs(FixedGraph graph, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, FixedTensor> inputs = new HashMap<>();
    for (FixedValue v : graph.inputs()) {
      Precision p = v.precision();
      Shape one = v.shape().bind(1);
      long[] raw = new long[samples * one.size()];
      for (int i = 0; i < raw.length; i++) {
        int g = Elements.flat(p.grid(), Elements.broadcast(p.grid(), Elements.unflatten(one, i % one.size()))).constant();
        long steps = (p.high(g) - p.low(g)) >> p.step(g);
        long n = switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> steps;
          default -> random.nextLong(steps + 1);
        };
        raw[i] = p.low(g) + (n << p.step(g));
      }
      String name = ((FixedOp.Input) v.op()).name();
      inputs.put(name, FixedTensor.of(v.shape().bind(samples), p.fraction(), raw));
    }
    return inputs;
  }
}
