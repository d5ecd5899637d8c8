package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.burin.data.Dataset;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Dropout;
import org.burin.nn.Embedding;
import org.burin.nn.Flatten;
import org.burin.nn.GlobalPool;
import org.burin.nn.LayerNorm;
import org.burin.nn.Model;
import org.burin.nn.Pool;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostTrainingTest {
  private static Tensor samples(int n, Shape sample) {
    int[] dims = IntStream.concat(IntStream.of(n), IntStream.of(sample.dims())).toArray();
    return Tensor.of(Shape.of(dims), Probe.matrix(n, sample.size()).data());
  }

  private static Model quantized(Model m, Tensor x, Calibration calibration) {
    return PostTraining.quantize(m, Map.of("x", x), calibration);
  }

  private static List<String> types(Model m) {
    return m.inference().values().stream().filter(v -> v.op() instanceof Op.Quantize)
        .map(v -> v.layer() + " " + ((Op.Quantize) v.op()).type()).toList();
  }

  private static double rootMeanSquare(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      double d = a.data()[i] - b.data()[i];
      sum += d * d;
    }
    return Math.sqrt(sum / a.size());
  }

  private static Model network() {
    return Model.sequential("net", 3, Shape.of(6), Dense.of(16), BatchNorm.of(), Activation.RELU, Dropout.of(0.5f),
        Dense.of(8, Activation.TANH), Dense.of(3));
  }

  @ParameterizedTest
  @EnumSource
  void moreBitsComeNearerToTheFloatModel(Calibration.Method method) {
    Model m = network();
    Tensor x = samples(600, Shape.of(6));
    Tensor expected = m.predict(x);
    double before = Double.POSITIVE_INFINITY;
    for (int bits : new int[] {4, 6, 8, 12}) {
      Model q = quantized(m, x, Calibration.of(bits).withMethod(method));
      double error = rootMeanSquare(q.predict(x), expected);
      assertThat(error).as("%d bits", bits).isLessThan(before).isLessThan(4 * Math.scalb(1.0, -bits));
      before = error;
    }
  }

  @Test
  void inputsKernelsBiasesAndResultsLieOnGrids() {
    Model q = quantized(network(), samples(200, Shape.of(6)), Calibration.of(8).withMethod(Calibration.Method.MIN_MAX));
    assertThat(types(q).stream().map(t -> t.substring(0, t.indexOf(' '))).toList()).containsExactlyInAnyOrder(
        "", "batch_norm", "batch_norm", "relu", "dense_1", "dense_1", "dense_1", "dense_1", "dense_2",
        "dense_2", "dense_2");
    // What a rectifier gives has no sign, what enters tanh is a table's input.
    assertThat(types(q)).anyMatch(t -> t.startsWith("relu ufixed<8,"));
    Value tanh = q.inference().values().stream()
        .filter(v -> v.op() instanceof Op.Unary(var fn, _) && fn.name().equals("TANH")).findFirst().orElseThrow();
    assertThat(((Op.Unary) tanh.op()).x().op()).isInstanceOf(Op.Quantize.class);
    assertThat(q.training().toString()).isEqualTo(q.inference().toString());
    assertThat(q.metadata()).containsKey(PostTraining.NOTE);
    assertThat(q.inference().values().stream().filter(v -> v.op() instanceof Op.MatMul)).hasSize(3);
  }

  @Test
  void theResultLiesOnTheGridOfTheOutput() {
    Model q = quantized(network(), samples(200, Shape.of(6)), Calibration.of(8));
    FixedType type = ((Op.Quantize) q.inference().output("y").op()).type();
    for (float y : q.predict(samples(50, Shape.of(6))).data()) {
      assertThat((double) y).isEqualTo(FixedMath.quantize(y, type));
    }
  }

  @Test
  void rangesFollowFromWhatWasSeen() {
    Model m = Model.sequential("m", 1, Shape.of(1), Activation.LINEAR);
    float[] data = new float[1000];
    for (int i = 0; i < 1000; i++) {
      data[i] = i / 1000f - 0.5f;
    }
    data[999] = 100f;
    Tensor x = Tensor.of(Shape.of(1000, 1), data);
    assertThat(types(quantized(m, x, Calibration.of(8).withMethod(Calibration.Method.MIN_MAX))))
        .containsExactly(" fixed<8,8,rnd_conv,sat>");
    assertThat(types(quantized(m, x, Calibration.of(8).withPercentile(0.99))))
        .containsExactly(" fixed<8,0,rnd_conv,sat>");
    // One number of 100 weighs as much as the small errors of all others: its range stays.
    assertThat(types(quantized(m, x, Calibration.of(12)))).containsExactly(" fixed<12,8,rnd_conv,sat>");
    Tensor positive = Tensor.of(Shape.of(2, 1), 0.25f, 3f);
    assertThat(types(quantized(m, positive, Calibration.of(4).withMethod(Calibration.Method.MIN_MAX))))
        .containsExactly(" ufixed<4,2,rnd_conv,sat>");
  }

  @Test
  void theLeastSquaredErrorIsTheLeastOfAllBinaryPoints() {
    Histogram numbers = new Histogram();
    for (float x : Probe.matrix(3000, 1).data()) {
      numbers.add(x * x * x * 4);
    }
    Calibration calibration = Calibration.of(5);
    FixedType best = calibration.type(numbers, 5, Calibration.Method.MEAN_SQUARED_ERROR);
    for (int integer = -6; integer <= 6; integer++) {
      FixedType other = new FixedType(true, 5, integer, best.rounding(), best.overflow());
      assertThat(numbers.squaredError(best)).isLessThanOrEqualTo(numbers.squaredError(other));
    }
  }

  @Test
  void manyNumbersAreKeptEvenly() {
    Histogram numbers = new Histogram();
    for (int i = 0; i < 400_000; i++) {
      numbers.add(i);
    }
    assertThat(numbers.min()).isZero();
    assertThat(numbers.max()).isEqualTo(399_999);
    assertThat(numbers.quantile(0.25)).isBetween(99_900.0, 100_100.0);
    assertThat(numbers.quantile(1)).isGreaterThan(399_980);
  }

  @Test
  void convolutionsPoolsEmbeddingsAndSoftmax() {
    Shape image = Shape.of(6, 6, 2);
    Model m = Model.sequential("cnn", 3, image, Conv.of2D(4, 3), BatchNorm.of(), Activation.RELU, Pool.max2D(2),
        Conv.of2D(3, 2), Activation.SILU, GlobalPool.average(), Dense.of(5), Activation.SOFTMAX);
    Tensor x = samples(300, image);
    Model q = quantized(m, x, Calibration.of(10));
    assertThat(rootMeanSquare(q.predict(x), m.predict(x))).isLessThan(0.01);
    assertThat(q.inference().values().stream().filter(v -> v.op() instanceof Op.Softmax)).isEmpty();

    Model words = Model.sequential("words", 3, Shape.of(3), Embedding.of(7, 4), Flatten.of(), Dense.of(2));
    Tensor indices = Tensor.of(Shape.of(2, 3), 0f, 6f, 3f, 2f, 2f, 1f);
    Model quantizedWords = quantized(words, indices, Calibration.of(10));
    assertThat(types(quantizedWords).getFirst()).startsWith("embedding ");
    assertThat(rootMeanSquare(quantizedWords.predict(indices), words.predict(indices))).isLessThan(0.01);
  }

  @Test
  void channelsMayHaveBinaryPointsOfTheirOwn() {
    Model m = Model.sequential("m", 5, Shape.of(8), Dense.of(3));
    float[] kernel = m.parameters().get("dense/kernel").data();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] *= i % 3 == 0 ? 16f : i % 3 == 1 ? 1f : 1 / 32f;
    }
    Tensor x = samples(300, Shape.of(8));
    Calibration wide = Calibration.of(5).withBits(5, 16, 16);
    double one = rootMeanSquare(quantized(m, x, wide).predict(x), m.predict(x));
    Model q = quantized(m, x, wide.withPerChannel(true));
    assertThat(rootMeanSquare(q.predict(x), m.predict(x))).isLessThan(one);
    Tensor integer = q.inference().values().stream()
        .filter(v -> v.op() instanceof Op.QuantizeBits).map(v -> ((Op.QuantizeBits) v.op()).integer().op())
        .map(op -> ((Op.Constant) op).value()).findFirst().orElseThrow();
    assertThat(integer.data()[0]).isGreaterThan(integer.data()[1]);
    assertThat(integer.data()[1]).isGreaterThan(integer.data()[2]);
  }

  @Test
  void datasetsServeAsSamples() {
    Model m = Model.sequential("m", 1, Shape.of(2), Dense.of(2));
    Tensor x = samples(20, Shape.of(2));
    Model fromDataset = PostTraining.quantize(m, Dataset.of(x, Tensor.zeros(Shape.of(20, 2))), Calibration.of(8));
    assertThat(types(fromDataset)).isEqualTo(types(quantized(m, x, Calibration.of(8))));
    assertThat(types(quantized(m, x, Calibration.of(8).withMostSamples(3)))).hasSize(4);
  }

  @Test
  void whatCannotBeQuantizedIsListed() {
    Model m = Model.build("m", 1, net -> {
      Value x = net.input("x", 4);
      Value a = net.apply(LayerNorm.of(), net.apply(QuantizerLayer.of(Quantizers.quantizedBits(4, 0)), x));
      net.output("y", net.graph().logSoftmax(a));
    });
    assertThatThrownBy(() -> quantized(m, samples(3, Shape.of(4)), Calibration.of(8)))
        .hasMessageStartingWith("model 'm' cannot be quantized:\n  layer quantize: quantize: the model is quantized "
            + "here already; calibrate a model without quantizers")
        .hasMessageContaining("log_softmax: it has no form in fixed point; let the model give scores or the softmax");

    Model plain = Model.sequential("m", 1, Shape.of(4), Dense.of(2));
    assertThatThrownBy(() -> PostTraining.quantize(plain, Map.of(), Calibration.of(8))).hasMessage("model 'm' cannot "
        + "be quantized:\n  input 'x': expected samples of shape [N,4], found none; pass at least one "
        + "sample for every input");
    plain.parameters().get("dense/bias").data()[1] = Float.NaN;
    assertThatThrownBy(() -> quantized(plain, samples(3, Shape.of(4)), Calibration.of(8)))
        .hasMessageContaining("layer dense: ").hasMessageContaining("infinite or NaN");
    assertThatThrownBy(() -> Calibration.of(8).withBits(1, 40, 17)).hasMessage("calibration: weight bits must be 2 to "
        + "24, found 1; bias bits must be 2 to 24, found 40; data bits must be 2 to 16, found 17");
  }
}
