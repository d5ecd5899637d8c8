package org.burin.grad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private final GraphBuilder b = new GraphBuilder("g");

  /// The gradient of the sum of `y` in `x`.
  private double[] gradientOfSum(Value y, Value x) {
    return data(Gradients.of(b, b.sum(y), List.of(x)).getFirst());
  }

  private double[] data(Value v) {
    return ReferenceInterpreter.run(b.build(), Map.of(), Map.of()).value(v).data();
  }

  private Value vector(float... data) {
    return b.constant(Tensor.vector(data));
  }

  /// What the gradients of a graph need beyond the graph, as text.
  private String appended(int from) {
    StringBuilder s = new StringBuilder();
    b.build().values().stream().skip(from).forEach(v -> s.append(b.build().toString().lines()
        .filter(line -> line.startsWith("  " + v + " = ")).findFirst().orElseThrow().strip()).append('\n'));
    return s.toString();
  }

  @Test
  void aDenseLayerWithReluAndMeanSquaredError() {
    Value x = b.input("x", Shape.of(4, 3));
    Value t = b.input("t", Shape.of(4, 2));
    Value w = b.parameter("w", Shape.of(3, 2));
    Value bias = b.parameter("b", Shape.of(2));
    Value y = b.scope("dense", () -> b.relu(b.add(b.matMul(x, w), bias)));
    Value loss = b.scope("loss", () -> b.mean(b.unary(UnaryFn.SQUARE, b.sub(y, t))));
    b.output("loss", loss);
    List<Value> gradients = Gradients.of(b, loss, List.of(w, bias));
    b.output("dw", gradients.get(0));
    b.output("db", gradients.get(1));
    assertThat(b.build().prune()).hasToString("""
        graph "g" {
          %0 = input "x" : f32[4,3]
          %1 = input "t" : f32[4,2]
          %2 = parameter "w" : f32[3,2]
          %3 = parameter "b" : f32[2]
          %4 = matmul %0 %2 : f32[4,2] @"dense"
          %5 = add %4 %3 : f32[4,2] @"dense"
          %6 = relu %5 : f32[4,2] @"dense"
          %7 = sub %6 %1 : f32[4,2] @"loss"
          %8 = square %7 : f32[4,2] @"loss"
          %9 = reduce_mean %8 axes=[0,1] : f32[] @"loss"
          %10 = constant value=[0.25] : f32[] @"loss/gradient"
          %11 = mul %10 %7 : f32[4,2] @"loss/gradient"
          %12 = constant value=[0.0] : f32[] @"dense/gradient"
          %13 = gt %6 %12 : f32[4,2] @"dense/gradient"
          %14 = select %13 %11 %12 : f32[4,2] @"dense/gradient"
          %15 = reduce_sum %14 axes=[0] : f32[2] @"dense/gradient"
          %16 = matmul %0 %14 ta=true : f32[3,2] @"dense/gradient"
          output "loss" = %9
          output "dw" = %16
          output "db" = %15
        }
        """);
  }

  @Test
  void softmaxCrossEntropy() {
    Value x = b.input("x", Shape.of(4, 5));
    Value labels = b.input("labels", Shape.of(4, 5));
    Value loss = b.mean(b.neg(b.sum(b.mul(labels, b.logSoftmax(x)), 1)));
    b.output("dx", Gradients.of(b, loss, List.of(x)).getFirst());
    assertThat(b.build().prune()).hasToString("""
        graph "g" {
          %0 = input "x" : f32[4,5]
          %1 = input "labels" : f32[4,5]
          %2 = log_softmax %0 : f32[4,5]
          %3 = constant value=[-0.25] : f32[] @"gradient"
          %4 = mul %3 %1 : f32[4,5] @"gradient"
          %5 = exp %2 : f32[4,5] @"gradient"
          %6 = reduce_sum %4 axes=[1] keep=true : f32[4,1] @"gradient"
          %7 = mul %5 %6 : f32[4,5] @"gradient"
          %8 = sub %4 %7 : f32[4,5] @"gradient"
          output "dx" = %8
        }
        """);
  }

  @Test
  void aMatrixSharedByStackedRowsHasOneProductAsGradient() {
    Value x = b.input("x", Shape.of(5, 4, 3));
    Value w = b.parameter("w", Shape.of(3, 2));
    Value seed = b.input("g", Shape.of(5, 4, 2));
    int from = b.build().values().size();
    Gradients.of(b, b.matMul(x, w), seed, List.of(w));
    assertThat(appended(from)).isEqualTo("""
        %3 = matmul %0 %1 : f32[5,4,2]
        %4 = reshape %0 : f32[20,3] @"gradient"
        %5 = reshape %2 : f32[20,2] @"gradient"
        %6 = matmul %4 %5 ta=true : f32[3,2] @"gradient"
        """);
  }

  @Test
  void aSumOverWhatIsRepeatedIsAProduct() {
    Value x = b.input("x", Shape.of(5, 4));
    Value bias = b.parameter("b", Shape.of(4));
    Value column = b.parameter("c", Shape.of(5, 1));
    List<Value> g = Gradients.of(b, b.sum(b.add(b.add(x, bias), column)), List.of(bias, column, x));
    assertThat(b.build().values()).noneMatch(v -> v.op() instanceof Op.Reduce && v.layer().equals("gradient"));
    Map<String, DoubleTensor> parameters = DoubleTensor.all(
        Map.of("b", Tensor.zeros(Shape.of(4)), "c", Tensor.zeros(Shape.of(5, 1))));
    ReferenceInterpreter.Results r = ReferenceInterpreter.run(
        b.build(), DoubleTensor.all(Map.of("x", Tensor.zeros(Shape.of(5, 4)))), parameters);
    assertThat(r.value(g.get(0)).data()).containsOnly(5).hasSize(4);
    assertThat(r.value(g.get(1)).data()).containsOnly(4).hasSize(5);
    assertThat(r.value(g.get(2)).data()).containsOnly(1).hasSize(20);
  }

  @Test
  void usesAddUp() {
    Value x = vector(3, 5);
    assertThat(gradientOfSum(b.sub(b.mul(x, x), x), x)).containsExactly(5, 9);
  }

  @Test
  void onlyWhatLeadsToTheRequestedValuesIsDifferentiated() {
    Value x = b.input("x", Shape.of(4, 3));
    Value w = b.parameter("w", Shape.of(3, 2));
    Value loss = b.sum(b.matMul(b.unary(UnaryFn.EXP, x), w));
    Gradients.of(b, loss, List.of(w));
    assertThat(b.build().values().stream().filter(v -> v.layer().equals("gradient")))
        .noneMatch(v -> v.shape().equals(Shape.of(4, 3)));
  }

  @Test
  void valuesInsideAGraphHaveGradientsToo() {
    Value x = vector(2, 3);
    Value square = b.mul(x, x);
    Value loss = b.sum(b.mul(square, square));
    List<Value> g = Gradients.of(b, loss, List.of(x, square, loss));
    assertThat(data(g.get(0))).containsExactly(32, 108);
    assertThat(data(g.get(1))).containsExactly(8, 18);
    assertThat(data(g.get(2))).containsExactly(1);
  }

  @Test
  void whatTheLossDoesNotDependOnHasZeros() {
    Value x = vector(2, 3);
    Value other = b.constant(Tensor.zeros(Shape.of(2, 2)));
    assertThat(gradientOfSum(x, other)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void piecewiseConstantOperationsHaveZeros() {
    Value x = vector(1.5f, -2);
    for (UnaryFn fn : List.of(UnaryFn.SIGN, UnaryFn.FLOOR, UnaryFn.CEIL, UnaryFn.ROUND)) {
      Value y = b.unary(fn, x);
      assertThat(gradientOfSum(y, x)).containsExactly(0, 0);
      assertThat(data(Gradients.of(b, b.sum(y), List.of(x, y)).getFirst())).containsExactly(0, 0);
    }
    assertThat(gradientOfSum(b.binary(BinaryFn.GT, x, b.constant(0f)), x)).containsExactly(0, 0);
    assertThat(gradientOfSum(b.argMax(x, 0), x)).containsExactly(0, 0);
  }

  @Test
  void quantizationPassesStraightThroughAndStopGradientStops() {
    Value x = vector(0.3f, 100);
    assertThat(gradientOfSum(b.quantize(x, FixedType.parse("fixed<4,2,rnd,sat>")), x)).containsExactly(1, 1);
    assertThat(gradientOfSum(b.mul(b.stopGradient(x), x), x)).containsExactly(0.3f, 100);
  }

  @Test
  void kinks() {
    Value x = vector(-1, 0, 1);
    assertThat(gradientOfSum(b.relu(x), x)).containsExactly(0, 0, 1);
    assertThat(gradientOfSum(b.unary(UnaryFn.ABS, x), x)).containsExactly(-1, 0, 1);
  }

  @Test
  void equalOperandsGiveTheGradientToTheSecond() {
    Value p = vector(1, 2, 3);
    Value q = vector(2, 2, 2);
    assertThat(gradientOfSum(b.binary(BinaryFn.MAX, p, q), p)).containsExactly(0, 0, 1);
    assertThat(gradientOfSum(b.binary(BinaryFn.MAX, p, q), q)).containsExactly(1, 1, 0);
    assertThat(gradientOfSum(b.binary(BinaryFn.MIN, p, q), p)).containsExactly(1, 0, 0);
    assertThat(gradientOfSum(b.binary(BinaryFn.MIN, p, q), q)).containsExactly(0, 1, 1);
  }

  @Test
  void equalMaximaShareInReductionsButNotInPooling() {
    Value x = b.constant(Tensor.of(Shape.of(2, 3), 1, 4, 4, 7, 0, -1));
    assertThat(gradientOfSum(b.reduce(ReduceFn.MAX, x, false, 1), x)).containsExactly(0, 0.5, 0.5, 1, 0, 0);
    Value image = b.reshape(x, Shape.of(1, 1, 6, 1));
    assertThat(gradientOfSum(b.maxPool2d(image, 1, 3, Window.valid(1, 3, 1, 1)), x)).containsExactly(0, 1, 0, 1, 0, 0);
  }

  @Test
  void powersWhereTheFormulaHasNoValue() {
    Value zero = vector(0, 0, 0);
    Value exponents = vector(0, 1, 2);
    assertThat(gradientOfSum(b.binary(BinaryFn.POW, zero, exponents), zero)).containsExactly(0, 1, 0);
    assertThat(gradientOfSum(b.binary(BinaryFn.POW, zero, exponents), exponents)).containsExactly(0, 0, 0);
    Value negative = vector(-2, -2);
    assertThat(gradientOfSum(b.binary(BinaryFn.POW, negative, b.constant(3f)), negative)).containsExactly(12, 12);
  }

  @Test
  void layersOfGradientsFollowThoseOfTheValues() {
    Value x = b.parameter("x", Shape.of(2));
    Value y = b.scope("net", () -> b.scope("square", () -> b.mul(b.unary(UnaryFn.EXP, x), x)));
    Value loss = b.sum(y);
    Value g = b.scope("train", () -> Gradients.of(b, loss, List.of(x)).getFirst());
    assertThat(g.layer()).isEqualTo("net/square/gradient");
    Value second = Gradients.of(b, b.sum(g), List.of(x)).getFirst();
    assertThat(second.layer()).isEqualTo("net/square/gradient");
  }

  @Test
  void aLossThatIsNotOneNumberIsRefused() {
    Value x = b.input("x", Shape.of(3));
    Value y = b.scope("head", () -> b.relu(x));
    assertThatThrownBy(() -> Gradients.of(b, y, List.of(x))).isInstanceOf(GraphException.class).hasMessage(
        "a loss has the shape [], found [3] of layer head: %1 = relu %0; reduce it to one number, or give the gradient "
            + "of its elements as a seed");
    assertThatThrownBy(() -> Gradients.of(b, y, b.constant(1f), List.of(x))).isInstanceOf(GraphException.class)
        .hasMessage("the seed of a gradient has the shape of what is differentiated, [3] of layer head: %1 = relu %0, "
            + "found []");
  }

  @Test
  void anOpenBatchSizeIsRefused() {
    Value x = b.input("x", Shape.of(Shape.BATCH, 3));
    Value w = b.parameter("w", Shape.of(3, 1));
    Value loss = b.mean(b.matMul(x, w));
    assertThatThrownBy(() -> Gradients.of(b, loss, List.of(w))).isInstanceOf(GraphException.class)
        .hasMessage("gradients need a known batch size, found shape [N,1] of %2 = matmul %0 %1; "
            + "bind the graph to a batch size first");
  }
}
