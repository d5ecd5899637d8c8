package org.burin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.compat.HlsConfig.Section;
import org.burin.compat.HlsConfig.Strategy;
import org.burin.compat.HlsLayer.Function;
import org.burin.compat.HlsLayer.Merge.Operation;
import org.burin.compat.HlsLayer.Softmax.Implementation;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer against the integers that hls4ml's own C++ gave.
class HlsGoldenTest {
  private static final Window WINDOW = new Window(2, 2, 1, 1, 1, 1, 1, 1);

  /// The sequence of test data.
  private long seed;

  private long next() {
    seed = seed * 6364136223846793005L + 1442695040888963407L;
    return seed >>> 33;
  }

  static Stream<String> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HlsGoldenTest.class.getResourceAsStream("/org/burin/compat/hls4ml.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(l -> !l.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheCpp(String line) {
    String[] fields = line.split(" ", -1);
    long[] found = run(fields[0]);
    assertThat(found).hasSize(Integer.parseInt(fields[1]));
    long[] samples = Arrays.stream(fields).skip(3).mapToLong(Long::parseLong).toArray();
    int every = sampling(fields[0], found.length);
    assertThat(LongStream.range(0, samples.length).map(i -> found[(int) i * every])).containsExactly(box(samples));
    long hash = 1;
    for (long raw : found) {
      hash = 31 * hash + ((raw ^ (raw >>> 32)) & 0xffffffffL);
    }
    assertThat(hash).isEqualTo(Long.parseLong(fields[2]));
  }

  private static Long[] box(long[] values) {
    return Arrays.stream(values).boxed().toArray(Long[]::new);
  }

  private static int sampling(String name, int results) {
    String kind = name.split("\\.", -1)[0];
    return switch (kind) {
      case "dense" -> 200;
      case "softmax" -> 150;
      case "max_pool", "average_pool" -> 60;
      case "global_average", "global_max", "dot" -> 10;
      case "batch_normalization", "add", "subtract", "multiply", "average", "maximum", "minimum" -> 80;
      default -> results / 12;
    };
  }

  private long[] run(String name) {
    String[] parts = name.split("\\.", -1);
    return switch (parts[0]) {
      case "dense" -> dense(parts[1], parts[2].equals("resource"), parts.length > 3 ? Integer.parseInt(parts[3]) : 1);
      case "softmax" -> softmax(Implementation.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts.length > 2);
      case "max_pool", "average_pool" -> pool(name);
      case "global_average", "global_max" -> global(parts[0].equals("global_average"));
      case "batch_normalization" -> batchNormalization();
      case "add", "subtract", "multiply", "average", "maximum", "minimum", "dot" -> merge(parts[0]);
      default -> activation(name);
    };
  }

  // ---- the cases, as in the C++ -----------------------------------------------------------------------------------

  private long[] dense(String mode, boolean resource, int reuse) {
    seed = 7;
    Tensor weights = tensor(Shape.of(16, 8), "fixed<8,2>");
    Tensor bias = tensor(Shape.of(8), "fixed<8,3>");
    String accumulator = switch (mode) {
      case "sat" -> "fixed<12,5,trn,sat>";
      case "round" -> "fixed<12,5,rnd,sat>";
      case "wrap" -> "fixed<12,5>";
      default -> "fixed<22,8>";
    };
    Section section = section(Map.of("weight", "fixed<8,2>", "bias", "fixed<8,3>", "accum", accumulator, "result",
        "fixed<9,4,rnd_conv,sat>"), resource ? Strategy.RESOURCE : Strategy.LATENCY, reuse, 1024);
    return evaluate(new HlsLayer.Dense("y", "x", weights, Optional.of(bias)), section, "fixed<9,4,rnd_conv,sat>",
        Map.of("x", input(Shape.of(200, 16), "fixed<10,4>")), "fixed<10,4>");
  }

  private long[] activation(String name) {
    String result = switch (name) {
      case "linear", "relu", "softsign.1000", "tanh.1000", "thresholded_relu" -> "fixed<8,3,rnd_conv,sat>";
      case "binary_tanh", "ternary_tanh" -> "int<2>";
      case "binary_tanh.bit" -> "uint<1>";
      default -> "fixed<16,6>";
    };
    String x = switch (name) {
      case "sigmoid.unsigned.512" -> "ufixed<10,3>";
      case "tanh.coarse", "sigmoid.coarse" -> "fixed<8,10>";
      case "softsign.1000", "tanh.1000", "softplus.2048", "selu.512" -> "fixed<12,5>";
      default -> "fixed<16,6>";
    };
    String table = name.endsWith(".512") ? "fixed<12,3,rnd,sat>"
        : name.endsWith(".2048") ? "ufixed<20,4>" : "fixed<18,8>";
    int tableSize = name.matches(".*\\.\\d+") ? Integer.parseInt(name.substring(name.lastIndexOf('.') + 1)) : 1024;
    double parameter = switch (name) {
      case "leaky_relu" -> 0.3;
      case "thresholded_relu" -> 1.25;
      case "elu" -> 0.75;
      default -> 0.2;
    };
    String param = name.equals("thresholded_relu") ? "fixed<16,6>" : "ufixed<8,0>";
    Section section = section(Map.of("param", param, "table", table, "result", result), Strategy.LATENCY, 1, tableSize);
    Function function = Function.valueOf(name.split("\\.", -1)[0].toUpperCase(Locale.ROOT));
    FixedType type = FixedType.parse(x);
    long[] words = LongStream.range(0, 1L << type.width()).map(r -> word(r, type)).toArray();
    return evaluate(new HlsLayer.Activation("y", "x", function, parameter), section, result,
        Map.of("x", FixedTensor.of(Shape.of(words.length, 1), type.fraction(), words)), x);
  }

  private long[] softmax(Implementation implementation, boolean model) {
    seed = 3;
    long[] raw = new long[300 * 5];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (short) next() >> (i / 5 % 4 * 2);
    }
    Map<String, String> types = new LinkedHashMap<>(Map.of("result", "fixed<16,6>"));
    if (!model) {
      types.put("accum", "fixed<18,8,rnd,sat>");
    }
    Map<String, FixedTensor> inputs = Map.of("x", FixedTensor.of(Shape.of(300, 5), 10, raw));
    if (model) {
      return evaluate(new HlsLayer.Softmax("y", "x", implementation), null, "fixed<16,6>", inputs, "fixed<16,6>");
    }
    return evaluate(new HlsLayer.Softmax("y", "x", implementation), section(types, Strategy.LATENCY, 1, 1024),
        "fixed<16,6>", inputs, "fixed<16,6>");
  }

  private long[] pool(String name) {
    seed = 5;
    boolean average = name.startsWith("average");
    String x = name.equals("max_pool.unsigned") || name.equals("average_pool.wrap") ? "ufixed<8,3>" : "fixed<8,3>";
    String result = !average ? x : name.equals("average_pool.wrap") ? "fixed<8,3>" : "fixed<8,3,rnd_conv,sat>";
    String accumulator = switch (name) {
      case "average_pool.sat.count_pad", "average_pool.sat" -> "fixed<10,5,trn,sat>";
      case "average_pool" -> "fixed<16,7>";
      case "average_pool.wrap" -> "fixed<8,4>";
      default -> x;
    };
    HlsLayer layer = new HlsLayer.Pooling("y", "x", average, 3, 3, WINDOW, name.endsWith("count_pad"));
    return evaluate(layer, section(Map.of("accum", accumulator, "result", result), Strategy.LATENCY, 1, 1024), result,
        Map.of("x", input(Shape.of(40, 5, 5, 2), x)), x);
  }

  private long[] global(boolean average) {
    seed = 5;
    String result = "fixed<8,3,rnd_conv,sat>";
    String accumulator = average ? "fixed<16,7>" : "fixed<8,3>";
    return evaluate(new HlsLayer.GlobalPooling("y", "x", average),
        section(Map.of("accum", accumulator, "result", result), Strategy.LATENCY, 1, 1024), result,
        Map.of("x", input(Shape.of(40, 5, 5, 2), "fixed<8,3>")), "fixed<8,3>");
  }

  private long[] batchNormalization() {
    seed = 9;
    FixedType scaleType = FixedType.parse("fixed<8,3>");
    FixedType biasType = FixedType.parse("fixed<9,2>");
    Tensor scale = Tensor.zeros(Shape.of(8));
    Tensor bias = Tensor.zeros(Shape.of(8));
    for (int i = 0; i < 8; i++) {
      scale.data()[i] = (float) FixedMath.toDouble(word(next(), scaleType), scaleType);
      bias.data()[i] = (float) FixedMath.toDouble(word(next(), biasType), biasType);
    }
    String result = "fixed<8,3,rnd_conv,sat>";
    return evaluate(new HlsLayer.BatchNormalization("y", "x", scale, bias),
        section(Map.of("scale", "fixed<8,3>", "bias", "fixed<9,2>", "result", result), Strategy.LATENCY, 1, 1024),
        result, Map.of("x", input(Shape.of(100, 8), "fixed<16,6>")), "fixed<16,6>");
  }

  private long[] merge(String operation) {
    seed = 9;
    FixedType first = FixedType.parse("fixed<9,4>");
    FixedType second = FixedType.parse("ufixed<8,3>");
    long[] a = new long[800];
    long[] b = new long[800];
    for (int i = 0; i < a.length; i++) {
      a[i] = word(next(), first);
      b[i] = word(next(), second);
    }
    String result = "fixed<8,3,rnd_conv,sat>";
    HlsLayer layer = operation.equals("dot") ? new HlsLayer.Dot("y", "a", "b")
        : new HlsLayer.Merge("y", Operation.valueOf(operation.toUpperCase(Locale.ROOT)), "a", "b");
    Section section =
        section(Map.of("accum", "fixed<12,5,rnd,sat>", "result", result), Strategy.LATENCY, 1, 1024);
    Map<String, FixedTensor> inputs = new LinkedHashMap<>();
    inputs.put("a", FixedTensor.of(Shape.of(100, 8), first.fraction(), a));
    inputs.put("b", FixedTensor.of(Shape.of(100, 8), second.fraction(), b));
    return evaluate(layer, section, result, inputs, "fixed<9,4>", "ufixed<8,3>");
  }

  // ---- how they are run -------------------------------------------------------------------------------------------

  private static long word(long bits, FixedType type) {
    return FixedMath.quantize(bits, 0, new FixedType(
        type.signed(), type.width(), type.width(), Rounding.TRN, Overflow.WRAP));
  }

  private Tensor tensor(Shape shape, String type) {
    FixedType t = FixedType.parse(type);
    Tensor values = Tensor.zeros(shape);
    for (int i = 0; i < values.size(); i++) {
      values.data()[i] = (float) FixedMath.toDouble(word(next(), t), t);
    }
    return values;
  }

  private FixedTensor input(Shape shape, String type) {
    FixedType t = FixedType.parse(type);
    long[] raw = new long[shape.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = word(next(), t);
    }
    return FixedTensor.of(shape, t.fraction(), raw);
  }

  private static Section section(Map<String, String> types, Strategy strategy, int reuse, int tableSize) {
    Map<String, Optional<FixedType>> parsed = new LinkedHashMap<>();
    types.forEach((variable, type) -> parsed.put(variable, Optional.of(FixedType.parse(type))));
    return new Section(
        parsed, Optional.of(reuse), Optional.of(strategy), Optional.of(tableSize), Optional.empty());
  }

  private static long[] evaluate(
      HlsLayer layer, Section section, String result, Map<String, FixedTensor> inputs, String... inputTypes) {
    HlsConfig config = HlsConfig.of(FixedType.fixed(16, 6));
    List<HlsLayer> layers = new ArrayList<>();
    for (Map.Entry<String, FixedTensor> in : inputs.entrySet()) {
      int[] dims = in.getValue().shape().dims();
      layers.add(new HlsLayer.Input(in.getKey(), Shape.of(Arrays.copyOfRange(dims, 1, dims.length))));
      config = config.with(in.getKey(),
          section(Map.of("result", inputTypes[layers.size() - 1]), Strategy.LATENCY, 1, 1024));
    }
    config = section == null ? config : config.with("y", section);
    layers.add(layer);
    FixedGraph graph = HlsModel.build("golden", layers, config);
    FixedTensor out = FixedInterpreter.run(graph, inputs).output("y");
    FixedType type = FixedType.parse(result);
    return Arrays.stream(out.raw()).map(r -> FixedMath.quantize(r, out.fraction(), type)).toArray();
  }
}
