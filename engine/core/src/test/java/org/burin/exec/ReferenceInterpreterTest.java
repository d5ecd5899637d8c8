package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.burin.fixed.FixedType;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.ir.OpSamples;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.TestRandom;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

/// Small cases worked out by hand, one or more for every operation.
class ReferenceInterpreterTest {
  private GraphBuilder b = new GraphBuilder("g");

  private Value constant(Shape shape, float... data) {
    return b.constant(Tensor.of(shape, data));
  }

  private Value vector(float... data) {
    return b.constant(Tensor.vector(data));
  }

  private Value counting(int... dims) {
    Tensor t = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = i;
    }
    return b.constant(t);
  }

  private double[] data(Value v) {
    return ReferenceInterpreter.run(b.build(), Map.of(), Map.of()).value(v).data();
  }

  @Test
  void inputsParametersOutputsAndUpdates() {
    Value x = b.input("x", Shape.of(2));
    Value w = b.parameter("w", Shape.of(2));
    b.output("y", b.mul(x, w));
    b.update("w", b.sub(w, x));
    DoubleTensor given = DoubleTensor.of(Shape.of(2), 1e-9, 3);
    ReferenceInterpreter.Results r = ReferenceInterpreter.run(
        b.build(), Map.of("x", given), Map.of("w", DoubleTensor.of(Shape.of(2), 5, 7)));
    assertThat(r.output("y").data()).containsExactly(5e-9, 21);
    assertThat(r.updates()).containsExactly(Map.entry("w", DoubleTensor.of(Shape.of(2), 5 - 1e-9, 4)));
    assertThat(r.value(x)).isSameAs(given);
  }

  @Test
  void whatIsMissingOrMisshapenIsNamed() {
    Value x = b.input("x", Shape.of(Shape.BATCH, 2));
    b.output("y", b.relu(x));
    Graph open = b.build();
    assertThatThrownBy(() -> ReferenceInterpreter.run(open, Map.of(), Map.of())).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g' has an open batch size N; bind it to a number first");
    Graph bound = open.bind(3);
    assertThatThrownBy(() -> ReferenceInterpreter.run(
        bound, Map.of("z", DoubleTensor.of(Shape.SCALAR, 0)), Map.of())).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g': %0 = input \"x\": no tensor is given for input 'x' of shape [3,2]; given are [z]");
    assertThatThrownBy(() -> ReferenceInterpreter.run(
        bound, Map.of("x", DoubleTensor.of(Shape.SCALAR, 0)), Map.of())).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g': %0 = input \"x\": input 'x' has shape [3,2], the tensor given has []");
  }

  @Test
  void unaryAndBinaryWithBroadcasting() {
    assertThat(data(b.unary(UnaryFn.SQUARE, vector(-2, 3)))).containsExactly(4, 9);
    assertThat(data(b.sub(constant(Shape.of(2, 1), 10, 20), vector(1, 2, 3)))).containsExactly(9, 8, 7, 19, 18, 17);
    assertThat(data(b.binary(BinaryFn.GE, vector(1, 2, 3), b.constant(2f)))).containsExactly(0, 1, 1);
  }

  @Test
  void select() {
    Value condition = constant(Shape.of(2, 1), 0, -1);
    assertThat(data(b.select(condition, vector(1, 2, 3), b.constant(9f)))).containsExactly(9, 9, 9, 1, 2, 3);
  }

  @Test
  void quantizeAndStopGradient() {
    Value x = vector(0.3f, -0.3f, 9);
    assertThat(data(b.quantize(x, FixedType.parse("fixed<4,2,rnd,sat>")))).containsExactly(0.25, -0.25, 1.75);
    assertThat(data(b.stopGradient(vector(4, 5)))).containsExactly(4, 5);
  }

  @Test
  void randomNumbersAreThoseOfTheCounter() {
    float[] key = new float[4];
    CounterRandom.writeKey(123456789012L, 42, key, 0);
    Value r = b.random(vector(key), 3, Shape.of(2, 2));
    long base = CounterRandom.base(123456789012L, 42, 3);
    assertThat(data(r)).containsExactly(CounterRandom.uniform(base, 0), CounterRandom.uniform(base, 1),
        CounterRandom.uniform(base, 2), CounterRandom.uniform(base, 3));
  }

  @Test
  void matMulInAllTranspositions() {
    double[] product = {58, 64, 139, 154};
    Value a = constant(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Value at = constant(Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    Value c = constant(Shape.of(3, 2), 7, 8, 9, 10, 11, 12);
    Value ct = constant(Shape.of(2, 3), 7, 9, 11, 8, 10, 12);
    assertThat(data(b.matMul(a, c))).containsExactly(product);
    assertThat(data(b.matMul(at, c, true, false))).containsExactly(product);
    assertThat(data(b.matMul(a, ct, false, true))).containsExactly(product);
    assertThat(data(b.matMul(at, ct, true, true))).containsExactly(product);
  }

  @Test
  void matMulBroadcastsLeadingAxes() {
    Value a = constant(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
    Value c = constant(Shape.of(3, 2, 1), 1, 1, 2, 0, 0, 2);
    Value y = b.matMul(a, c);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3, 1, 1));
    assertThat(data(y)).containsExactly(3, 2, 4, 7, 6, 8);
  }

  @Test
  void convolutionWithStrideAndSamePadding() {
    Value x = constant(Shape.of(1, 1, 4, 1), 1, 2, 3, 4);
    Value w = constant(Shape.of(1, 3, 1, 1), 1, 10, 100);
    assertThat(data(b.conv2d(x, w, Window.VALID, 1))).containsExactly(321, 432);
    assertThat(data(b.conv2d(x, w, Window.same(1, 4, 1, 3, 1, 1, 1, 1), 1))).containsExactly(210, 321, 432, 43);
    assertThat(data(b.conv2d(x, w, Window.same(1, 4, 1, 3, 2, 2, 1, 1), 1))).containsExactly(321, 43);
    assertThat(data(b.conv2d(x, w, new Window(1, 1, 0, 0, 2, 0, 1, 1), 1))).containsExactly(100, 210, 321, 432);
  }

  @Test
  void convolutionWithDilation() {
    Value x = constant(Shape.of(1, 1, 5, 1), 1, 2, 3, 4, 5);
    Value w = constant(Shape.of(1, 3, 1, 1), 1, 10, 100);
    assertThat(data(b.conv2d(x, w, Window.valid(1, 1, 1, 2), 1))).containsExactly(531);
  }

  @Test
  void convolutionOverRowsColumnsAndChannels() {
    Value x = counting(1, 2, 2, 2);
    Value w = constant(Shape.of(2, 1, 2, 1), 1, 10, 100, 1000);
    assertThat(data(b.conv2d(x, w, Window.VALID, 1))).containsExactly(5410, 7632);
  }

  @Test
  void groupedAndDepthwiseConvolution() {
    Value x = constant(Shape.of(1, 1, 1, 4), 1, 2, 3, 4);
    Value grouped = constant(Shape.of(1, 1, 2, 2), 1, 10, 100, 1000);
    assertThat(data(b.conv2d(x, grouped, Window.VALID, 2))).containsExactly(201, 4030);
    Value depthwise = constant(Shape.of(1, 1, 1, 8), 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(data(b.conv2d(x, depthwise, Window.VALID, 4))).containsExactly(1, 2, 6, 8, 15, 18, 28, 32);
  }

  @Test
  void transposedConvolution() {
    Value y = constant(Shape.of(1, 1, 2, 1), 1, 2);
    Value w = constant(Shape.of(1, 3, 1, 1), 1, 10, 100);
    Value x = b.conv2dTranspose(y, w, Window.valid(1, 2, 1, 1), 1, 1, 6);
    assertThat(data(x)).containsExactly(1, 10, 102, 20, 200, 0);
  }

  @Test
  void kernelAdjoint() {
    Value x = constant(Shape.of(1, 1, 4, 1), 1, 2, 3, 4);
    Value y = constant(Shape.of(1, 1, 2, 1), 1, 10);
    assertThat(data(b.conv2dKernel(x, y, Window.VALID, 1, 1, 3))).containsExactly(21, 32, 43);
  }

  @Test
  void maxPoolingIgnoresPaddingAndTakesTheFirstOfEquals() {
    Value x = constant(Shape.of(1, 2, 3, 1), -1, -2, -2, -3, -1, -5);
    Window window = new Window(1, 2, 1, 0, 1, 0, 1, 1);
    assertThat(data(b.maxPool2d(x, 2, 2, window))).containsExactly(-1, -2, -1, -1);
    Value v = counting(1, 2, 3, 1);
    assertThat(data(b.add(new Op.MaxPool2dGather(x, v, 2, 2, window)))).containsExactly(0, 1, 0, 4);
    Value y = constant(Shape.of(1, 2, 2, 1), 1, 10, 100, 1000);
    assertThat(data(b.add(new Op.MaxPool2dScatter(x, y, 2, 2, window)))).containsExactly(101, 10, 0, 0, 1000, 0);
  }

  @Test
  void averagePoolingDoesNotCountPadding() {
    Value x = constant(Shape.of(1, 1, 3, 1), 2, 4, 8);
    Window window = new Window(1, 2, 0, 0, 1, 0, 1, 1);
    assertThat(data(b.averagePool2d(x, 1, 2, window))).containsExactly(2, 6);
    Value y = constant(Shape.of(1, 1, 2, 1), 3, 10);
    assertThat(data(b.add(new Op.AveragePool2dAdjoint(y, 1, 2, window, 1, 3)))).containsExactly(3, 5, 5);
  }

  @Test
  void upsampling() {
    assertThat(data(b.upsample2d(constant(Shape.of(1, 1, 2, 1), 1, 2), 2, 3)))
        .containsExactly(1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2);
  }

  @Test
  void reductions() {
    Value x = constant(Shape.of(2, 3, 1), 1, 2, 3, -4, -5, -9);
    assertThat(data(b.sum(x, 1))).containsExactly(6, -18);
    assertThat(data(b.mean(x, 0))).containsExactly(-1.5, -1.5, -3);
    assertThat(data(b.reduce(ReduceFn.MAX, x, true, 1, 2))).containsExactly(3, -4);
    assertThat(data(b.sum(x))).containsExactly(-12);
    assertThat(data(b.mean(x, 0, 1, 2))).containsExactly(-2);
    assertThat(data(b.sum(constant(Shape.of(0, 2)), 0))).containsExactly(0, 0);
  }

  @Test
  void argMaxTakesTheFirstOfEquals() {
    Value x = constant(Shape.of(2, 3), 1, 7, 7, 0, -1, 0);
    assertThat(data(b.argMax(x, 1))).containsExactly(1, 0);
    assertThat(data(b.argMax(x, 0))).containsExactly(0, 0, 0);
  }

  @Test
  void softmaxAndItsLogarithm() {
    Value x = constant(Shape.of(2, 2), 1000, 1000, 0, 0);
    assertThat(data(b.softmax(x))).containsExactly(0.5, 0.5, 0.5, 0.5);
    double half = -StrictMath.log(2);
    assertThat(data(b.logSoftmax(x))).containsExactly(half, half, half, half);
  }

  @Test
  void gatherAndScatterAdd() {
    Value x = counting(3, 2);
    assertThat(data(b.gather(x, vector(2, 0, 2), 0))).containsExactly(4, 5, 0, 1, 4, 5);
    assertThat(data(b.gather(x, constant(Shape.of(1, 2), 1, 1), 1))).containsExactly(1, 1, 3, 3, 5, 5);
    assertThat(data(b.scatterAdd(x, vector(1, 0, 1), 0, 3))).containsExactly(2, 3, 4, 6, 0, 0);
  }

  @Test
  void anIndexOutsideIsNamed() {
    b.scope("embedding", () -> b.gather(counting(3, 2), vector(3), 0));
    Graph g = b.build();
    assertThatThrownBy(() -> ReferenceInterpreter.run(g, Map.of(), Map.of())).isInstanceOf(GraphException.class)
        .hasMessage("graph 'g' layer embedding: %2 = gather %0 %1 axis=0: index 3.0 is not a whole number from 0 to 2");
  }

  @Test
  void concatSlicePad() {
    Value x = counting(2, 3);
    assertThat(data(b.concat(List.of(x, vectorColumn(8, 9)), 1))).containsExactly(0, 1, 2, 8, 3, 4, 5, 9);
    assertThat(data(b.slice(x, List.of(1, 0), List.of(1, 2), List.of(1, 2)))).containsExactly(3, 5);
    assertThat(data(b.pad(vector(1, 2, 3), List.of(1), List.of(2), List.of(1), 7)))
        .containsExactly(7, 1, 7, 2, 7, 3, 7, 7);
  }

  private Value vectorColumn(float... data) {
    return constant(Shape.of(data.length, 1), data);
  }

  @Test
  void reshapeTransposeBroadcast() {
    Value x = counting(2, 3);
    assertThat(data(b.reshape(x, Shape.of(3, 2)))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(data(b.transpose(x, 1, 0))).containsExactly(0, 3, 1, 4, 2, 5);
    Value three = counting(2, 1, 3);
    Value turned = b.transpose(three, 1, 2, 0);
    assertThat(turned.shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(data(turned)).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(data(b.broadcast(vectorColumn(1, 2), Shape.of(2, 2, 2)))).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
  }

  /// Each pair of operations that are adjoint in a linear argument: `<A x, y> = <x, A' y>` on the random samples.
  @Test
  void adjointsAreAdjoint() {
    for (long seed = 1; seed <= 20; seed++) {
      for (OpSamples.Sample s : OpSamples.of(seed)) {
        Value result = s.graph().output("y");
        switch (result.op()) {
          case Op.Conv2dTranspose(var y, var w, var window, var groups, _, _) ->
              adjoint(s, y, result, x -> b.conv2d(x, w, window, groups));
          case Op.Conv2dKernel(var x, var y, var window, var groups, _, _) ->
              adjoint(s, y, result, w -> b.conv2d(x, w, window, groups));
          case Op.ScatterAdd(var updates, var indices, var axis, _) ->
              adjoint(s, updates, result, x -> b.gather(x, indices, axis));
          case Op.MaxPool2dScatter(var x, var y, var kh, var kw, var window) ->
              adjoint(s, y, result, v -> b.add(new Op.MaxPool2dGather(x, v, kh, kw, window)));
          case Op.AveragePool2dAdjoint(var y, var kh, var kw, var window, _, _) ->
              adjoint(s, y, result, x -> b.averagePool2d(x, kh, kw, window));
          default -> { }
        }
      }
    }
  }

  /// Checks `<z, A y> = <A' z, y>` for the sample's result `A y` and the operation `A'` given, at a random z.
  private void adjoint(OpSamples.Sample s, Value y, Value result, UnaryOperator<Value> other) {
    b = GraphBuilder.continuing(s.graph());
    Value z = b.constant(new TestRandom(99).tensor(result.shape(), -1, 1));
    Value left = b.sum(b.mul(z, result));
    Value right = b.sum(b.mul(other.apply(z), y));
    ReferenceInterpreter.Results r =
        ReferenceInterpreter.run(b.build(), DoubleTensor.all(s.inputs()), DoubleTensor.all(s.parameters()));
    assertThat(r.value(left).item()).as(s.name())
        .isCloseTo(r.value(right).item(), within(1e-12));
  }
}
