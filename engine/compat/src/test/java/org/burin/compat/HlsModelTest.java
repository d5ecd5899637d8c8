package org.burin.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.burin.compat.HlsConfig.Section;
import org.burin.compat.HlsConfig.Strategy;
import org.burin.compat.HlsLayer.Function;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedInterpreter.Check;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

class HlsModelTest {
  private static final HlsConfig DEFAULTS = HlsConfig.of(FixedType.fixed(16, 6));

  private static HlsLayer input(int... dims) {
    return new HlsLayer.Input("x", Shape.of(dims));
  }

  private static HlsConfig with(HlsConfig config, String layer, Map<String, String> types) {
    Map<String, Optional<FixedType>> precision = new TreeMap<>();
    types.forEach((k, v) -> precision.put(k, v.equals("auto") ? Optional.empty() : Optional.of(FixedType.parse(v))));
    return config.with(layer, section(precision));
  }

  private static Section section(Map<String, Optional<FixedType>> precision) {
    return new Section(precision, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static double[] run(HlsConfig config, HlsLayer layer, Shape shape, float... x) {
    FixedGraph graph = HlsModel.build("m",
        List.of(input(Arrays.copyOfRange(shape.dims(), 1, shape.rank())), layer), config);
    FixedTensor y = FixedInterpreter.runFloats(graph, Map.of("x", Tensor.of(shape, x)), Check.ON).output(layer.name());
    return Arrays.stream(y.raw()).mapToDouble(r -> Math.scalb((double) r, -y.fraction())).toArray();
  }

  private static HlsLayer activation(Function function) {
    return new HlsLayer.Activation("y", "x", function, 0);
  }

  @Test
  void inputsAreRoundedDownAndWrap() {
    assertThat(run(DEFAULTS, activation(Function.LINEAR), Shape.of(3, 1), 40, -0.0001f, 31.9999f))
        .containsExactly(-24, -0x1p-10, 31.9990234375);
  }

  @Test
  void tablesEndAtEight() {
    assertThat(run(DEFAULTS, activation(Function.SOFTPLUS), Shape.of(1, 1), 31.99f)[0]).isBetween(7.98, 8.0);
    assertThat(run(DEFAULTS, activation(Function.TANH), Shape.of(2, 1), 4, 20))
        .containsExactly(0.9990234375, 0.9990234375);
  }

  @Test
  void theFactorOfSeluHasFifteenFractionalBits() {
    HlsConfig wide = with(DEFAULTS, "y", Map.of("result", "fixed<24,4>"));
    assertThat(run(wide, activation(Function.SELU), Shape.of(1, 1), 1)).containsExactly(34429 / 32768.0);
  }

  @Test
  void paddingOfUnsignedPixelsWinsOverSmallOnes() {
    HlsConfig config = with(with(DEFAULTS, "x", Map.of("result", "ufixed<16,16>")), "y",
        Map.of("accum", "ufixed<16,16>", "result", "ufixed<16,16>"));
    HlsLayer pool =
        new HlsLayer.Pooling("y", "x", false, 1, 3, new Window(1, 1, 0, 0, 0, 1, 1, 1), false);
    assertThat(run(config, pool, Shape.of(1, 2, 1), 9747, 17423)).containsExactly(32768);
  }

  @Test
  void theMeanIsRoundedTowardZero() {
    HlsConfig config = with(with(DEFAULTS, "x", Map.of("result", "int<8>")), "y",
        Map.of("accum", "int<16>", "result", "int<8>"));
    HlsLayer pool = new HlsLayer.Pooling("y", "x", true, 1, 2, Window.valid(1, 2, 1, 1), false);
    assertThat(run(config, pool, Shape.of(1, 4, 1), -3, -4, 3, 4)).containsExactly(-3, 3);
  }

  @Test
  void stableSoftmaxWrapsWhereTheDistanceIsHalfOfTheRange() {
    HlsLayer softmax = new HlsLayer.Softmax("y", "x", HlsLayer.Softmax.Implementation.STABLE);
    HlsConfig config = with(DEFAULTS, "y", Map.of("accum", "fixed<18,8,rnd,sat>"));
    double[] y = run(config, softmax, Shape.of(1, 4), 10, -22.5f, 0, 0);
    assertThat(y[0]).isBetween(0.666, 0.668);
    assertThat(y[1]).isBetween(0.403, 0.405);
    assertThat(y[2]).isZero();
  }

  @Test
  void aSaturatingAccumulatorMakesTheOrderMatter() {
    Tensor weights = Tensor.of(Shape.of(4, 1), 1, 1, -1, 1);
    HlsLayer dense = new HlsLayer.Dense("y", "x", weights, Optional.empty());
    Map<String, Optional<FixedType>> types = Map.of("accum", Optional.of(FixedType.parse("fixed<4,4,trn,sat>")));
    HlsConfig latency = DEFAULTS.with(
        "y", new Section(types, Optional.of(2), Optional.of(Strategy.LATENCY), Optional.empty(), Optional.empty()));
    HlsConfig resource = DEFAULTS.with(
        "y", new Section(types, Optional.of(2), Optional.of(Strategy.RESOURCE), Optional.empty(), Optional.empty()));
    // 5 + 5 saturates at 7 in ascending order; the resource strategy adds elements 0 and 2 first.
    assertThat(run(latency, dense, Shape.of(1, 4), 5, 5, 6, 0)).containsExactly(1);
    assertThat(run(resource, dense, Shape.of(1, 4), 5, 5, 6, 0)).containsExactly(4);
  }

  @Test
  void inferredTypesOfADenseLayer() {
    HlsConfig config = with(DEFAULTS, "y", Map.of("accum", "auto", "result", "auto"));
    Tensor bias = random(1, Shape.of(8), 1);
    HlsLayer dense = new HlsLayer.Dense("y", "x", random(2, Shape.of(16, 8), 1), Optional.of(bias));
    FixedGraph graph = HlsModel.build("m", List.of(input(16), dense), config);
    // The accumulator holds every sum, so that nothing but the products' exact sum remains.
    assertThat(graph.output("y").precision().fraction()).isEqualTo(20);
    FixedType word = FixedType.fixed(16, 6);
    assertThat(new AutoPrecision(null).product(word, word, word, 16)).isEqualTo(FixedType.fixed(37, 17));
  }

  // ---- convolutions against loops over pixels -----------------------------------------------------------------------

  @Test
  void convolutionsAreDenseLayersOfWindows() {
    check(new Window(2, 1, 1, 0, 1, 2, 1, 1), false, Shape.of(3, 2, 2, 3), Shape.of(5, 4, 2), "fixed<9,4,rnd,sat>");
    check(Window.valid(1, 1, 1, 1), false, Shape.of(2, 2, 3, 2), Shape.of(3, 3, 3), "fixed<8,3>");
    check(Window.valid(1, 1, 1, 1), true, Shape.of(2, 2, 3, 1), Shape.of(3, 4, 3), "fixed<7,3,trn,sat>");
    check(new Window(1, 2, 0, 0, 1, 1, 1, 1), false, Shape.of(1, 3, 2, 2), Shape.of(6, 2), "fixed<7,3,trn,sat>");
  }

  private static void check(Window window, boolean depthwise, Shape kernel, Shape image, String accumulator) {
    FixedType in = FixedType.parse("fixed<6,2>");
    FixedType weightType = FixedType.parse("fixed<5,2>");
    FixedType accum = FixedType.parse(accumulator);
    FixedType result = FixedType.parse("fixed<7,3,rnd,sat>");
    Tensor x = grid(random(1, image, 2), in);
    Tensor w = grid(random(2, kernel, 2), weightType);
    int filters = depthwise ? kernel.dim(2) : kernel.dim(3);
    Tensor bias = grid(random(3, Shape.of(filters), 2), weightType);
    HlsConfig config = with(with(DEFAULTS, "x", Map.of("result", "fixed<6,2>")), "y", Map.of("weight", "fixed<5,2>",
        "bias", "fixed<5,2>", "accum", accumulator, "result", "fixed<7,3,rnd,sat>"));
    int[] one = new int[image.rank() + 1];
    one[0] = 1;
    System.arraycopy(image.dims(), 0, one, 1, image.rank());
    HlsLayer conv = new HlsLayer.Conv("y", "x", w, Optional.of(bias), window, depthwise);
    double[] y = run(config, conv, Shape.of(one), x.data());

    int height = image.rank() == 3 ? image.dim(0) : 1;
    int width = image.dim(image.rank() - 2);
    int channels = kernel.dim(2);
    int at = 0;
    for (int oy = 0; oy < window.outHeight(height, kernel.dim(0)); oy++) {
      for (int ox = 0; ox < window.outWidth(width, kernel.dim(1)); ox++) {
        for (int f = 0; f < filters; f++) {
          long sum = FixedMath.quantize(FixedMath.fromDouble(bias.data()[f], weightType), weightType.fraction(), accum);
          for (int fy = 0; fy < kernel.dim(0); fy++) {
            for (int fx = 0; fx < kernel.dim(1); fx++) {
              int py = oy * window.strideH() + fy - window.top();
              int px = ox * window.strideW() + fx - window.left();
              boolean inside = py >= 0 && py < height && px >= 0 && px < width;
              for (int c = depthwise ? f : 0; c < (depthwise ? f + 1 : channels); c++) {
                long pixel = inside ? FixedMath.fromDouble(x.data()[(py * width + px) * channels + c], in) : 0;
                int k = ((fy * kernel.dim(1) + fx) * channels + c) * kernel.dim(3) + (depthwise ? 0 : f);
                long product = pixel * FixedMath.fromDouble(w.data()[k], weightType);
                long rounded = FixedMath.quantize(product, in.fraction() + weightType.fraction(), accum);
                sum = FixedMath.quantize(sum + rounded, accum.fraction(), accum);
              }
            }
          }
          long expected = FixedMath.quantize(sum, accum.fraction(), result);
          assertThat(y[at]).as("pixel %s,%s,%s", oy, ox, f).isEqualTo(FixedMath.toDouble(expected, result));
          at++;
        }
      }
    }
    assertThat(y).hasSize(at);
  }

  /// Numbers in `[-bound, bound)`.
  private static Tensor random(long seed, Shape shape, float bound) {
    Tensor values = Tensor.zeros(shape);
    long base = CounterRandom.base(seed, 0, 0);
    for (int i = 0; i < values.size(); i++) {
      values.data()[i] = bound * (2 * CounterRandom.uniform(base, i) - 1);
    }
    return values;
  }

  private static Tensor grid(Tensor values, FixedType type) {
    FixedMath.quantize(values.data(), 0, values.data(), 0, values.size(), type);
    return values;
  }

  // ---- moves --------------------------------------------------------------------------------------------------------

  @Test
  void valuesOfTwoTypesAreJoinedInOne() {
    HlsConfig config = with(with(DEFAULTS, "x", Map.of("result", "fixed<8,4>")), "y", Map.of("result", "auto"));
    List<HlsLayer> layers = List.of(input(2),
        new HlsLayer.Input("u", Shape.of(2)),
        new HlsLayer.Concatenate("y", "x", "u", -1), new HlsLayer.Reshape("z", "y", Shape.of(2, 2)));
    FixedGraph graph = HlsModel.build("m", layers, with(config, "u", Map.of("result", "ufixed<4,5,rnd,sat>")));
    Map<String, Tensor> inputs =
        Map.of("x", Tensor.of(Shape.of(1, 2), -1.5f, 2.0625f), "u", Tensor.of(Shape.of(1, 2), 30, 3));
    FixedTensor z = FixedInterpreter.runFloats(graph, inputs, Check.ON).output("z");
    assertThat(z).isEqualTo(FixedTensor.of(Shape.of(1, 2, 2), 4, -24, 33, 480, 64));
    assertThat(new AutoPrecision(null).joined(FixedType.parse("fixed<8,4>"), FixedType.parse("ufixed<4,5,rnd,sat>")))
        .hasToString("fixed<10,6,rnd,sat>");
  }

  // ---- bad input ----------------------------------------------------------------------------------------------------

  private static void refused(List<HlsLayer> layers, HlsConfig config, String message) {
    assertThatThrownBy(() -> HlsModel.build("m", layers, config)).isInstanceOf(HlsConfigException.class)
        .hasMessage(message);
  }

  @Test
  void modelsThatDoNotFitAreRefused() {
    HlsLayer dense = new HlsLayer.Dense("fc", "x", Tensor.zeros(Shape.of(3, 2)), Optional.empty());
    refused(List.of(input(4), dense), DEFAULTS,
        "layer fc (Dense) has weights [3,2], expected [in,out] with the last extent of the input [4]; it reads [x]");
    refused(List.of(dense, input(3)), DEFAULTS, "layer fc reads 'x', the layers before it are []");
    refused(List.of(input(3), input(3)), DEFAULTS, "layer x: the name is taken by a layer before it");
    refused(List.of(input(3), dense), with(DEFAULTS, "fc2", Map.of()),
        "the configuration has a layer 'fc2', the model has [x, fc]");
    refused(List.of(input(4), new HlsLayer.Pooling("p", "x", false, 2, 2, Window.VALID, false)), DEFAULTS,
        "layer p (Pooling2D) has an input [4], expected [H,W,C] or [W,C]; it reads [x]");
    refused(List.of(input(2), new HlsLayer.Softmax("s", "x", HlsLayer.Softmax.Implementation.STABLE)),
        DEFAULTS.with(
            "s", new Section(Map.of(), Optional.empty(), Optional.empty(), Optional.of(1000), Optional.empty())),
        "layer s (Softmax) has a table of 1000 entries, expected a power of two; it reads [x]");
  }
}
