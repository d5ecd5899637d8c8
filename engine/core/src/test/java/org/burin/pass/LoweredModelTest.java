package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.ConvTranspose;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Embedding;
import org.burin.nn.Flatten;
import org.burin.nn.GlobalPool;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Margins;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.PRelu;
import org.burin.nn.Padding;
import org.burin.nn.Pool;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Recurrent;
import org.burin.nn.UpSampling;
import org.burin.quant.FoldedBatchNorm;
import org.burin.quant.LearnedBits;
import org.burin.quant.Qonnx;
import org.burin.quant.QonnxRounding;
import org.burin.quant.QuantizedSoftmax;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Quantized models of all kinds of layers: the plan that trains them and the interpreter of the fixed graph agree in every
/// raw integer of every value that both have.
final class LoweredModelTest {
  private static final Quantizer WEIGHT = fixed("fixed<6,2,rnd_conv,sat_sym>");
  private static final Quantizer BIAS = fixed("fixed<8,3,rnd,sat>");

  private static Quantizer fixed(String type) {
    return Quantizers.fixed(FixedType.parse(type));
  }

  private static QuantizerLayer to(String type) {
    return QuantizerLayer.of(fixed(type));
  }

  private static Layer act() {
    return to("fixed<7,3,rnd_conv,sat>");
  }

  private static Dense dense(int units) {
    return Dense.of(units).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS)
        .withBiasInitializer(Initializer.uniform(-1, 1));
  }

  private static Lowered check(Shape sample, Layer... layers) {
    return Twins.check(Model.sequential("m", 3, sample, layers), 5, 0);
  }

  @Test
  void denseLayersAreEqualIncludingTheirKernels() {
    Model model = Model.sequential("m", 3, Shape.of(6), act(), dense(8).withActivation(Activation.RELU), act(),
        dense(4), to("fixed<9,4,trn,wrap>"), dense(3));
    Lowered lowered = Twins.check(model, 5, 0);
    List<Value> quantizers =
        model.inference().values().stream().filter(v -> v.op() instanceof Op.Quantize).toList();
    assertThat(quantizers).hasSize(9);
    assertThat(lowered.twins()).containsKeys(quantizers.toArray(Value[]::new));
  }

  @Test
  void convolutionsAndPoolsAreEqual() {
    check(Shape.of(8, 8, 2), act(),
        Conv.of2D(4, 3).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS).withActivation(Activation.RELU), act(),
        Pool.max2D(2), Pool.average2D(3).withStride(1).withPadding(Padding.SAME), act(),
        DepthwiseConv.of2D(2).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS), act(),
        Pool.average2D(2), Flatten.of(), dense(3));
    check(Shape.of(4, 4, 3), act(), UpSampling.of2D(2), act(),
        ConvTranspose.of2D(2, 3).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS), act(), GlobalPool.average(), act());
    check(Shape.of(12, 2), act(), Margins.pad1D(2, 1),
        Conv.of1D(3, 4).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS), act(), Pool.max1D(2), GlobalPool.max());
  }

  @Test
  void windowsOfSeveralSizesAreDividedEachByItsOwn() {
    Lowered lowered = check(Shape.of(5, 5, 2), act(), Pool.average2D(3).withPadding(Padding.SAME), act());
    FixedOp.Divide divide = (FixedOp.Divide) lowered.fixed().output("y").op();
    assertThat(divide.divisor().raw()).containsExactly(9, 6, 6, 4);
  }

  @Test
  void activationsAreEqualAsArithmeticAndAsTables() {
    for (Activation f : List.of(Activation.RELU, Activation.RELU6, Activation.SIGMOID, Activation.TANH,
        Activation.EXPONENTIAL, Activation.SOFTPLUS, Activation.SOFTSIGN, Activation.SILU, Activation.GELU,
        Activation.HARD_SIGMOID, Activation.HARD_SWISH, Activation.SELU, Activation.leakyRelu(0.3f),
        Activation.leakyRelu(0.25f), Activation.elu(1), Activation.hardSigmoid(0.1875f, 0.5f))) {
      Lowered lowered = check(Shape.of(5), act(), dense(6), to("fixed<10,5,rnd_conv,sat>"), f, act());
      boolean exact = f == Activation.RELU || f == Activation.RELU6 || lowered.fixed().values().stream()
          .noneMatch(v -> v.op() instanceof FixedOp.Lookup);
      assertThat(exact).as(f.toString()).isEqualTo(f == Activation.RELU || f == Activation.RELU6
          || lowered.fixed().values().stream().anyMatch(v -> v.op() instanceof FixedOp.Multiply));
    }
  }

  @Test
  void parametricActivationsHaveATableForEachParameter() {
    Model model = Model.sequential("m", 3, Shape.of(3), act(), PRelu.of(), act());
    float[] alpha = {0.1f, 0.7f, 0.1f};
    System.arraycopy(alpha, 0, model.parameters().get(model.parameters().names().getFirst()).data(), 0, 3);
    Lowered lowered = Twins.check(model, 5, 0);
    FixedValue y = lowered.fixed().output("y");
    assertThat(y.op()).isInstanceOfSatisfying(FixedOp.Lookup.class, o -> assertThat(o.tables()).hasSize(2));
  }

  @Test
  void mergesAreEqual() {
    for (Merge merge : List.of(Merge.add(), Merge.subtract(), Merge.multiply(), Merge.average(), Merge.maximum(),
        Merge.minimum(), Merge.concat())) {
      Model model = Model.build("m", 5, net -> {
        Value x = net.apply(act(), net.input("x", 4));
        Value a = net.chain(x, dense(4), act());
        Value b = net.chain(x, dense(4), to("ufixed<5,4,trn,sat>"));
        net.output("y", net.chain(net.apply(merge, merge.equals(Merge.subtract()) ? List.of(a, b) : List.of(a, b, x)),
            act(), dense(2)));
      });
      Twins.check(model, 5, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "gru", "lstm"})
  void recurrentLayersAreEqual(String cell) {
    Recurrent recurrent = switch (cell) {
      case "gru" -> Recurrent.gru(3);
      case "lstm" -> Recurrent.lstm(3);
      default -> Recurrent.simple(3);
    };
    check(Shape.of(4, 2), act(), recurrent.withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS)
        .withRecurrentQuantizer(WEIGHT).withStateQuantizer(fixed("fixed<6,2,rnd_conv,sat>"))
        .withActivation(Activation.hardSigmoid(0.25f, 0.5f)).withGateActivation(Activation.hardSigmoid(0.25f, 0.5f)));
  }

  @Test
  void embeddingsReadWholeNumbers() {
    Model model = Model.build("m", 5, net ->
        net.output("y", net.chain(net.input("x", 3), Embedding.of(10, 4).withQuantizer(WEIGHT), Flatten.of(), dense(2))));
    Twins.check(model, 0, 10);
  }

  @Test
  void normalizationWithQuantizedScaleAndShiftIsEqual() {
    Model model = Model.sequential("m", 3, Shape.of(4), act(), dense(5).withBias(false),
        BatchNorm.of().withQuantizers(fixed("fixed<8,2,rnd_conv,sat>"), BIAS), act());
    Twins.check(model, 5, 0);
  }

  @Test
  void qkerasQuantizersAreEqual() {
    for (Quantizer q : List.of(Quantizers.quantizedBits(6, 2), Quantizers.quantizedLinear(6, 2),
        Quantizers.quantizedRelu(5, 2), Quantizers.quantizedTanh(6), Quantizers.quantizedSigmoid(6),
        Quantizers.quantizedHswish(7, 3), Quantizers.quantizedUlaw(6, 1), Quantizers.binary(), Quantizers.ternary(),
        Quantizers.quantizedPo2(4), Quantizers.quantizedReluPo2(4))) {
      check(Shape.of(5), act(), dense(6), to("fixed<10,5,rnd_conv,sat>"), QuantizerLayer.of(q), dense(3));
    }
    for (Quantizer q : List.of(Quantizers.quantizedBits(4, 0), Quantizers.quantizedLinear(6, 2), Quantizers.binary(),
        Quantizers.ternary(), Quantizers.quantizedPo2(4))) {
      check(Shape.of(5), act(), dense(6).withKernelQuantizer(q), act());
    }
    check(Shape.of(5), QuantizerLayer.of(Quantizers.quantizedBits(6, 2)), dense(2));
  }

  @Test
  void learnedBitsOfEveryElementAreEqual() {
    Model model = Model.sequential("m", 3, Shape.of(4), QuantizerLayer.of(LearnedBits.activations().withBits(2, 4)),
        dense(6).withKernelQuantizer(LearnedBits.weights().withBits(1, 3)).withActivation(Activation.RELU),
        QuantizerLayer.of(LearnedBits.activations().unsigned().withBits(2, 2)),
        dense(3).withKernelQuantizer(LearnedBits.weights()), to("fixed<9,4,rnd,sat>"), Activation.SIGMOID,
        QuantizerLayer.of(LearnedBits.activations().unsigned().withBits(0, 5)));
    for (String name : model.parameters().names()) {
      if (name.contains("_bits") || name.contains("_integer") || name.contains("_fraction")) {
        float[] bits = model.parameters().get(name).data();
        for (int i = 0; i < bits.length; i++) {
          // Some elements have no bits, and are 0.
          bits[i] += (i * 37 + name.length()) % 7 - 3.3f;
        }
      }
    }
    Twins.check(model, 5, 0);
  }

  @Test
  void foldedBatchNormalizationsAreEqual() {
    check(Shape.of(6, 6, 2), act(), FoldedBatchNorm.of(Conv.of2D(3, 3).withKernelQuantizer(WEIGHT).withBiasQuantizer(BIAS)),
        act(), Flatten.of(), FoldedBatchNorm.of(dense(4)), act());
  }

  @Test
  void softmaxInFixedPointIsEqual() {
    check(Shape.of(5), act(), dense(4), QuantizedSoftmax.of(FixedType.parse("fixed<8,4,rnd_conv,sat>")));
    check(Shape.of(5), act(), dense(4),
        QuantizedSoftmax.of(FixedType.parse("fixed<8,4,rnd_conv,sat>")).withArgMax(true));
  }

  @Test
  void qonnxQuantizersAreEqual() {
    for (QonnxRounding rounding : QonnxRounding.values()) {
      Qonnx.Grid grid = Qonnx.Grid.of(0.125f, 6, true, false).withRounding(rounding);
      check(Shape.of(5), to("fixed<12,4,rnd,sat>"), QuantizerLayer.of(Qonnx.quantizer(grid)), dense(4),
          QuantizerLayer.of(Qonnx.quantizer(Qonnx.Grid.of(0.5f, 5, true, true).withRounding(rounding))));
    }
  }

  @Test
  void functionsOfMeansAreTablesOfTheSums() {
    Lowered lowered = check(Shape.of(6, 2), act(), Pool.average1D(3), Activation.TANH, act());
    assertThat(lowered.fixed().output("y").op()).isInstanceOfSatisfying(FixedOp.Lookup.class,
        o -> assertThat(o.tables().getFirst().function()).isEqualTo("tanh(div(x,3.0))"));
  }

  @Test
  void signsOfFunctionsAreFixedPointNumbersWithoutAQuantizer() {
    check(Shape.of(6, 2), act(), Activation.TANH, QuantizerLayer.of(Quantizers.binary()), GlobalPool.max());
  }
}
