package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedText;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.tensor.FloatMath;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// From float graphs as text to fixed graphs as text, and what is refused.
final class LowerToFixedTest {
  private static final Map<String, Tensor> PARAMETERS = Map.of(
      "kernel", Tensor.of(Shape.of(2, 3), 0.7f, -0.3f, 0.1f, 1.2f, 0.6f, -2f),
      "bias", Tensor.vector(0.1f, 0.2f, -0.3f),
      "bits", Tensor.vector(4, 0, 6),
      "slope", Tensor.vector(0.1f, 0.3f, 0.1f));

  /// A graph whose lines are these, but for the first and the last.
  private static Lowered lowered(String lines) {
    return LowerToFixed.of(PARAMETERS).lower(graph(lines));
  }

  private static Graph graph(String lines) {
    return IrText.parse("graph \"g\" {\n" + lines + "}\n");
  }

  /// The values, a line each, with the smallest types that hold them.
  private static String text(Lowered lowered) {
    StringBuilder s = new StringBuilder();
    for (FixedValue v : lowered.fixed().values()) {
      FixedType t = v.precision().type();
      s.append(v).append(" = ").append(FixedText.print(v.op())).append(" : ").append(t.signed() ? "" : "u")
          .append("fixed<").append(t.width()).append(',').append(t.integer()).append('>').append(v.shape())
          .append(v.layer().isEmpty() ? "" : " @" + v.layer()).append('\n');
    }
    lowered.fixed().outputs().forEach((name, v) -> s.append(name).append(" = ").append(v).append('\n'));
    return s.toString();
  }

  private static List<String> problems(String lines) {
    try {
      lowered(lines);
    } catch (LoweringException e) {
      assertThat(e).hasMessageStartingWith("graph 'g' cannot become a fixed-point graph, ");
      return e.diagnostics().stream().map(Diagnostic::toString).toList();
    }
    return List.of();
  }

  @Test
  void aQuantizedDenseLayerBecomesExactArithmetic() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<8,3,rnd_conv,sat> : f32[N,2] @"in"
          %2 = parameter "kernel" : f32[2,3] @"dense"
          %3 = quantize %2 to=fixed<4,2,rnd_conv,sat> : f32[2,3] @"dense"
          %4 = matmul %1 %3 : f32[N,3] @"dense"
          %5 = parameter "bias" : f32[3] @"dense"
          %6 = quantize %5 to=fixed<6,1,rnd_conv,sat> : f32[3] @"dense"
          %7 = add %4 %6 : f32[N,3] @"dense"
          %8 = relu %7 : f32[N,3] @"dense"
          %9 = quantize %8 to=ufixed<6,2,rnd_conv,sat> : f32[N,3] @"dense"
          output "y" = %9
        """);
    assertThat(text(lowered)).isEqualTo("""
        %0 = input "x" types=fixed<8,3,rnd_conv,sat> : fixed<8,3>[N,2]
        %1 = constant raw={3;-1;0;5;2;-8} fraction=2 : fixed<4,2>[2,3] @dense
        %2 = matmul %0 %1 : fixed<12,5>[N,3] @dense
        %3 = constant raw={3;6;-10} fraction=5 : fixed<5,0>[3] @dense
        %4 = add %2 %3 : fixed<12,5>[N,3] @dense
        %5 = constant raw={0} fraction=0 : ufixed<1,1>[] @dense
        %6 = max %4 %5 : ufixed<11,4>[N,3] @dense
        %7 = quantize %6 types=ufixed<6,2,rnd_conv,sat> : ufixed<6,2>[N,3] @dense
        y = %7
        """);
    assertThat(lowered.isExactInFloat()).isTrue();
    List<Integer> twins = new ArrayList<>();
    lowered.twins().forEach((v, twin) -> twins.add(100 * v.id() + twin.id()));
    assertThat(twins).containsExactly(100, 301, 402, 603, 704, 806, 907);
  }

  @Test
  void aFunctionThatFixedPointDoesNotHaveBecomesATableOfItsOwnFloats() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,2]
          %2 = sigmoid %1 : f32[N,2] @"silu"
          %3 = mul %1 %2 : f32[N,2] @"silu"
          %4 = reshape %3 : f32[N,1,2] @"silu"
          %5 = quantize %4 to=fixed<7,3,trn,sat> : f32[N,1,2] @"out"
          output "y" = %5
        """);
    FixedValue lookup = lowered.fixed().values().get(1);
    LookupTable table = ((FixedOp.Lookup) lookup.op()).tables().getFirst();
    assertThat(table.function()).isEqualTo("mul(x,sigmoid(x))");
    assertThat(table.first()).isEqualTo(-32);
    assertThat(table.entries()).hasSize(64);
    for (int i = 0; i < 64; i++) {
      float x = (i - 32) / 8f;
      assertThat(table.entries()[i]).isEqualTo((long) Math.floor(x * FloatMath.sigmoid(x) * 16));
    }
    assertThat(table.worstError()).isBetween(0.05, 1 / 16.0);
    assertThat(lowered.fixed().values().get(2).op()).isEqualTo(new FixedOp.Reshape(lookup, Shape.of(-1, 1, 2)));
    assertThat(lowered.isExactInFloat()).isTrue();
  }

  @Test
  void constantsAndTypesThatDifferGiveATableForEachCombination() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,3]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,3]
          %2 = parameter "slope" : f32[3]
          %3 = mul %1 %2 : f32[N,3]
          %4 = constant value=[0.0] : f32[]
          %5 = gt %1 %4 : f32[N,3]
          %6 = select %5 %1 %3 : f32[N,3]
          %7 = quantize %6 to=fixed<6,3,rnd_conv,sat> : f32[N,3]
          output "y" = %7
        """);
    assertThat(lowered.fixed().values()).hasSize(2);
    FixedOp.Lookup lookup = (FixedOp.Lookup) lowered.fixed().values().get(1).op();
    assertThat(lookup.which().raw()).containsExactly(0, 1, 0);
    assertThat(lookup.tables().stream().map(LookupTable::function)).containsExactly(
        "select(gt(x,0.0),x,mul(x,0.1))", "select(gt(x,0.0),x,mul(x,0.3))");
  }

  @Test
  void functionsWithAnExactFormStayArithmetic() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,2]
          %2 = constant value=[0.1875] : f32[]
          %3 = mul %1 %2 : f32[N,2]
          %4 = constant value=[0.5] : f32[]
          %5 = add %3 %4 : f32[N,2]
          %6 = floor %5 : f32[N,2]
          %7 = sign %6 : f32[N,2]
          %8 = constant value=[-4.0] : f32[]
          %9 = div %7 %8 : f32[N,2]
          output "y" = %9
        """);
    assertThat(text(lowered)).isEqualTo("""
        %0 = input "x" types=fixed<6,3,rnd_conv,sat> : fixed<6,3>[N,2]
        %1 = constant raw={3} fraction=4 : ufixed<2,-2>[]
        %2 = mul %0 %1 : fixed<8,1>[N,2]
        %3 = constant raw={1} fraction=1 : ufixed<1,0>[]
        %4 = add %2 %3 : fixed<9,2>[N,2]
        %5 = quantize %4 types=fixed<3,3,trn,wrap> : fixed<2,2>[N,2]
        %6 = constant raw={0} fraction=0 : ufixed<1,1>[]
        %7 = gt %5 %6 : ufixed<1,1>[N,2]
        %8 = lt %5 %6 : ufixed<1,1>[N,2]
        %9 = sub %7 %8 : fixed<2,2>[N,2]
        %10 = neg %9 : fixed<2,2>[N,2]
        %11 = shift %10 bits=-2 : fixed<2,0>[N,2]
        y = %11
        """);
  }

  @Test
  void meansAreSumsDividedWhereTheyAreQuantized() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,3,4,2]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,3,4,2]
          %2 = average_pool2d %1 kernel=2x2 stride=1x2 padding=[0,0,0,0] dilation=1x1 : f32[N,2,2,2]
          %3 = reduce_mean %1 axes=[1,2] : f32[N,2]
          %4 = quantize %3 to=fixed<6,3,rnd,sat> : f32[N,2]
          %5 = average_pool2d %1 kernel=2x2 stride=2x2 padding=[1,0,0,0] dilation=1x1 : f32[N,2,2,2]
          %6 = average_pool2d %1 kernel=3x3 stride=3x3 padding=[1,0,0,0] dilation=1x1 : f32[N,1,1,2]
          %7 = quantize %6 to=fixed<6,3,rnd,sat> : f32[N,1,1,2]
          output "a" = %2
          output "b" = %4
          output "c" = %5
          output "d" = %7
        """);
    assertThat(text(lowered)).isEqualTo("""
        %0 = input "x" types=fixed<6,3,rnd_conv,sat> : fixed<6,3>[N,3,4,2]
        %1 = sum_pool2d %0 kernel=2x2 stride=1x2 padding=[0,0,0,0] dilation=1x1 : fixed<8,5>[N,2,2,2]
        %2 = shift %1 bits=-2 : fixed<8,3>[N,2,2,2]
        %3 = reduce_sum %0 axes=[1,2] : fixed<10,7>[N,2]
        %4 = shift %3 bits=-2 : fixed<10,5>[N,2]
        %5 = divide %4 divisor=[]{3}*2^0 types=fixed<6,3,rnd,sat> : fixed<6,3>[N,2]
        %6 = sum_pool2d %0 kernel=2x2 stride=2x2 padding=[1,0,0,0] dilation=1x1 : fixed<8,5>[N,2,2,2]
        %7 = constant raw={2*2;1*2} fraction=2 : ufixed<2,0>[1,2,2,1]
        %8 = mul %6 %7 : fixed<8,3>[N,2,2,2]
        %9 = sum_pool2d %0 kernel=3x3 stride=3x3 padding=[1,0,0,0] dilation=1x1 : fixed<9,6>[N,1,1,2]
        %10 = shift %9 bits=-1 : fixed<9,5>[N,1,1,2]
        %11 = divide %10 divisor=[]{3}*2^0 types=fixed<6,3,rnd,sat> : fixed<6,3>[N,1,1,2]
        a = %2
        b = %5
        c = %8
        d = %11
        """);
  }

  @Test
  void elementsWithoutBitsAreZero() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,3]
          %1 = parameter "bits" : f32[3]
          %2 = constant value=[2.0,0.0,1.0] : f32[3]
          %3 = sub %1 %2 : f32[3]
          %4 = quantize_bits %0 %2 %3 signed=true rounding=rnd overflow=sat : f32[N,3]
          output "y" = %4
        """);
    FixedValue y = lowered.fixed().output("y");
    assertThat(y.precision().fraction()).isEqualTo(5);
    assertThat(y.precision().low(0)).isEqualTo(-64);
    assertThat(y.precision().high(1)).isZero();
    assertThat(y.precision().low(1)).isZero();
    assertThat(y.precision().high(2)).isEqualTo(31);
  }

  @Test
  void valuesThatFloatsMayRoundAreNamedWithTheirBits() {
    Lowered lowered = lowered("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<18,3,rnd_conv,sat> : f32[N,2]
          %2 = parameter "kernel" : f32[2,3] @"dense"
          %3 = quantize %2 to=fixed<9,2,rnd_conv,sat> : f32[2,3] @"dense"
          %4 = matmul %1 %3 : f32[N,3] @"dense"
          %5 = relu %4 : f32[N,3]
          %6 = quantize %5 to=ufixed<6,2,rnd_conv,sat> : f32[N,3]
          output "y" = %6
        """);
    assertThat(lowered.isExactInFloat()).isFalse();
    assertThat(lowered.inexact()).containsExactly(new Inexact("dense", "matmul %1 %3", 26));
    assertThat(lowered.inexact().getFirst()).hasToString("layer dense: matmul %1 %3 takes 26 bits");
  }

  @Test
  void everyProblemIsReportedWithLayerOperationAndRemedy() {
    assertThat(problems("""
          %0 = input "x" : f32[N,2]
          %1 = constant value=[0.1] : f32[]
          %2 = mul %0 %1 : f32[N,2] @"scale"
          %3 = quantize %2 to=fixed<8,3,rnd_conv,sat> : f32[N,2] @"q"
          %4 = input "z" : f32[N,3]
          %5 = quantize %4 to=fixed<18,3,rnd_conv,sat> : f32[N,3] @"q2"
          %6 = sigmoid %5 : f32[N,3] @"s"
          %7 = quantize %6 to=fixed<8,3,rnd_conv,sat> : f32[N,3] @"s"
          %8 = quantize %4 to=fixed<8,3,rnd_conv,sat> : f32[N,3] @"q3"
          %9 = softmax %5 : f32[N,3] @"top"
          output "a" = %3
          output "b" = %7
          output "c" = %8
          output "d" = %9
        """)).containsExactly(
        "input \"x\": it has not passed a quantizer where mul %0 %1 of layer scale reads it; let a quantizer, such as a "
            + "QuantizerLayer, be the first to read the input",
        "layer s: quantize %6 to=fixed<8,3,rnd_conv,sat>: a table of what it quantizes, from the fixed-point value before "
            + "it, needs 262144 entries, more than 65536; quantize the argument of sigmoid %5 to fewer bits, or allow "
            + "larger tables",
        "layer q3: quantize %4 to=fixed<8,3,rnd_conv,sat>: the input 'z' has the types [fixed<18,3,rnd_conv,sat>] of "
            + "another quantizer that reads it, and cannot have [fixed<8,3,rnd_conv,sat>] as well; let one quantizer "
            + "read the input, and the other one its result",
        "layer top: softmax %5: it has no fixed-point form; use the quantized softmax layer, or let the model give out "
            + "what goes into the softmax");
  }

  @Test
  void functionsOfSeveralValuesAndUnquantizedFunctionsAreRefused() {
    String functions = """
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,2]
          %2 = input "z" : f32[N,2]
          %3 = quantize %2 to=fixed<6,3,rnd_conv,sat> : f32[N,2]
          %4 = tanh %1 : f32[N,2] @"act"
        """;
    assertThat(problems(functions + """
          %5 = mul %4 %3 : f32[N,2] @"gate"
          %6 = quantize %5 to=fixed<6,3,rnd_conv,sat> : f32[N,2] @"out"
          output "y" = %6
          output "z" = %3
        """)).containsExactly(
        "layer out: quantize %5 to=fixed<6,3,rnd_conv,sat>: what it quantizes depends on more than one fixed-point value "
            + "and has no exact form; quantize the result of every function that fixed point does not have before it "
            + "meets another value");
    assertThat(problems(functions + """
          %5 = constant value=[1.0,2.0,3.0,4.0] : f32[2,2]
          %6 = matmul %4 %5 : f32[N,2] @"dense"
          output "y" = %6
          output "z" = %3
        """)).containsExactly(
        "layer act: tanh %1: its numbers are not fixed-point numbers; put a quantizer after it, before anything but "
            + "element-wise operations reads it");
  }

  @Test
  void whatIsTooWideOrNotFiniteOrRandomIsRefused() {
    assertThat(problems("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<50,3,rnd_conv,sat> : f32[N,2]
          %2 = constant value=[0.1,0.2,0.3,0.4] : f32[2,2] @"dense"
          %3 = matmul %1 %2 : f32[N,2] @"dense"
          %4 = constant value=[Infinity,1.0] : f32[2] @"shift"
          %5 = min %1 %4 : f32[N,2] @"shift"
          %6 = constant value=[1.0E30,1.0E-30] : f32[2] @"scale"
          %7 = mul %1 %6 : f32[N,2] @"scale"
          %8 = constant value=[1.0,2.0,3.0,4.0] : f32[4]
          %9 = random %8 stream=1 : f32[N,2] @"noise"
          output "a" = %3
          output "b" = %5
          output "c" = %7
          output "d" = %9
        """)).satisfiesExactlyInAnyOrder(
        p -> assertThat(p).startsWith("layer dense: matmul %1 %2: a result needs ").endsWith(
            " quantize its operands to fewer bits: kernels and biases with kernelQuantizer and biasQuantizer, other "
                + "values with a QuantizerLayer"),
        p -> assertThat(p).startsWith("layer shift: constant").contains("the constant holds Infinity"),
        p -> assertThat(p).startsWith("layer scale: constant").contains("which takes ", " bits, more than 64"),
        p -> assertThat(p).startsWith("layer noise: random %8 stream=1: random numbers have no place in what is "
            + "deployed; use stochastic layers and quantizers in the graph to train only"));
  }

  @Test
  void operationsOfGradientsAndFoldsOverSamplesAreRefused() {
    assertThat(problems("""
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<6,3,rnd_conv,sat> : f32[N,2]
          %2 = reduce_sum %1 axes=[0] : f32[2] @"sum"
          %3 = constant value=[1.0,3.0] : f32[2]
          %4 = scatter_add %1 %3 axis=1 extent=4 : f32[N,4] @"scatter"
          output "a" = %2
          output "b" = %4
        """)).satisfiesExactly(
        p -> assertThat(p).startsWith("layer sum: reduce_sum %1 axes=[0]: it folds samples together"),
        p -> assertThat(p).startsWith("layer scatter: scatter_add %1 %3 axis=1 extent=4: it arises in gradients only"));
  }

  @Test
  void theLimitOfTablesCanBeChosenAndPassesBeLeftOut() {
    String sigmoid = """
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<8,3,rnd_conv,sat> : f32[N,2]
          %2 = sigmoid %1 : f32[N,2]
          %3 = quantize %2 to=ufixed<8,0,rnd_conv,sat> : f32[N,2]
          output "y" = %3
        """;
    LowerToFixed lowering = LowerToFixed.of(Map.of());
    assertThat(lowering.withTableEntries(256).lower(graph(sigmoid)).fixed().values()).hasSize(2);
    assertThatThrownBy(() -> lowering.withTableEntries(255).lower(graph(sigmoid)))
        .isInstanceOf(LoweringException.class).hasMessageContaining("needs 256 entries, more than 255");
    LowerToFixed unfolded = lowering.withPipeline(Passes.deployment(Map.of()).without(Set.of("constant-fold")));
    assertThatThrownBy(() -> unfolded.lower(graph("""
          %0 = parameter "w" : f32[2] @"dense"
          output "y" = %0
        """))).hasMessage("""
        graph 'g' cannot become a fixed-point graph, 1 problem:
          layer dense: parameter "w": it is not bound to numbers; run the pass constant-fold""");
  }

  @Test
  void observersSeeTheGraphAfterEachPass() {
    List<String> stages = new ArrayList<>();
    LowerToFixed.of(Map.of())
        .withObserver((stage, g) -> stages.add(stage + ": " + g.outputs().keySet()))
        .lower(graph("""
              %0 = input "x" : f32[N,2]
              %1 = quantize %0 to=fixed<8,3,rnd_conv,sat> : f32[N,2]
              output "y" = %1
            """));
    assertThat(stages).containsExactly("strip-gradients: [y]", "constant-fold: [y]", "split-means: [y]", "cse: [y]",
        "dce: [y]");
  }
}
