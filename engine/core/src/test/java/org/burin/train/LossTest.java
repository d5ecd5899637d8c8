package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.grad.GradientCheck;
import org.burin.grad.Gradients;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {
  private static final double EPS = Losses.EPSILON;
  private static final int ROWS = 7;
  private static final int COLUMNS = 3;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

  @Test
  void errorsBetweenNumbers() {
    double[] p = random.doubles(ROWS * COLUMNS, -2, 2).toArray();
    double[] t = random.doubles(ROWS * COLUMNS, -2, 2).toArray();
    check(Loss.meanSquaredError(), p, t, mean((a, b) -> (a - b) * (a - b)));
    check(Loss.meanAbsoluteError(), p, t, mean((a, b) -> Math.abs(a - b)));
    check(Loss.meanAbsolutePercentageError(), p, t, mean((a, b) -> 100 * Math.abs(a - b) / Math.max(Math.abs(b), EPS)));
    check(Loss.meanSquaredLogarithmicError(), p, t, mean((a, b) -> {
      double d = Math.log(1 + Math.max(a, EPS)) - Math.log(1 + Math.max(b, EPS));
      return d * d;
    }));
    check(Loss.huber(0.75), p, t, mean((a, b) -> {
      double e = Math.abs(a - b);
      return e <= 0.75 ? e * e / 2 : 0.75 * e - 0.75 * 0.75 / 2;
    }));
  }

  @Test
  void binaryCrossentropies() {
    double[] logits = random.doubles(ROWS * COLUMNS, -4, 4).toArray();
    logits[0] = 0;
    double[] p = IntStream.range(0, logits.length).mapToDouble(i -> 1 / (1 + Math.exp(-logits[i]))).toArray();
    p[3] = 0;
    double[] t = random.doubles(ROWS * COLUMNS, 0, 1).toArray();
    check(Loss.binaryCrossentropy(), p, t, mean((a, b) -> {
      double c = Math.clamp(a, EPS, 1 - EPS);
      return -b * Math.log(c) - (1 - b) * Math.log(1 - c);
    }));
    check(Loss.binaryCrossentropyFromLogits(), logits, t, mean((a, b) -> Math.log1p(Math.exp(a)) - a * b));
  }

  @Test
  void logitsOfAnySizeGiveAFiniteBinaryCrossentropy() {
    double[] logits = {-1e30, 1e30, -1e30, 1e30};
    double[] targets = {0, 1, 1, 0};
    Shape shape = Shape.of(4, 1);
    assertThat(perSample(Loss.binaryCrossentropyFromLogits(), shape, logits, shape, targets))
        .containsExactly(0, 0, 1e30, 1e30);
  }

  @Test
  void categoricalCrossentropies() {
    double[] logits = random.doubles(ROWS * COLUMNS, -4, 4).toArray();
    double[] p = random.doubles(ROWS * COLUMNS, 0, 1).toArray();
    double[] index = random.doubles(ROWS, 0, COLUMNS).map(Math::floor).toArray();
    double[] oneHot = new double[ROWS * COLUMNS];
    IntStream.range(0, ROWS).forEach(i -> oneHot[i * COLUMNS + (int) index[i]] = 1);
    double[] soft = random.doubles(ROWS * COLUMNS, 0, 1).toArray();

    RowOracle fromP = (a, b) -> {
      double sum = IntStream.range(0, a.length).mapToDouble(i -> a[i]).sum();
      return IntStream.range(0, a.length)
          .mapToDouble(i -> -b[i] * Math.log(Math.clamp(a[i] / sum, EPS, 1 - EPS))).sum();
    };
    RowOracle fromLogits = (a, b) -> {
      double sum = IntStream.range(0, a.length).mapToDouble(i -> Math.exp(a[i])).sum();
      return IntStream.range(0, a.length).mapToDouble(i -> -b[i] * (a[i] - Math.log(sum))).sum();
    };
    check(Loss.categoricalCrossentropy(), p, soft, fromP);
    check(Loss.categoricalCrossentropyFromLogits(), logits, soft, fromLogits);
    Shape rows = Shape.of(ROWS, COLUMNS);
    for (Shape labels : new Shape[] {Shape.of(ROWS), Shape.of(ROWS, 1)}) {
      assertThat(perSample(Loss.sparseCategoricalCrossentropy(), rows, p, labels, index))
          .isEqualTo(perSample(Loss.categoricalCrossentropy(), rows, p, rows, oneHot));
      assertThat(perSample(Loss.sparseCategoricalCrossentropyFromLogits(), rows, logits, labels, index))
          .isEqualTo(perSample(Loss.categoricalCrossentropyFromLogits(), rows, logits, rows, oneHot));
    }
    check(Loss.kullbackLeiblerDivergence(), p, soft, (a, b) -> IntStream.range(0, a.length)
        .mapToDouble(i -> Math.clamp(b[i], EPS, 1) * Math.log(Math.clamp(b[i], EPS, 1) / Math.clamp(a[i], EPS, 1)))
        .sum());
  }

  @Test
  void sequencesHaveALossPerPosition() {
    double[] logits = random.doubles(2 * 4 * 3, -1, 1).toArray();
    double[] index = random.doubles(2 * 4, 0, 3).map(Math::floor).toArray();
    GraphBuilder b = new GraphBuilder("g");
    Loss sparse = Loss.sparseCategoricalCrossentropyFromLogits();
    Value loss = sparse.perSample(b, b.input("p", Shape.of(2, 4, 3)), b.input("t", Shape.of(2, 4)));
    assertThat(loss.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(perSample(sparse, Shape.of(2, 4, 3), logits, Shape.of(2, 4), index))
        .isEqualTo(perSample(sparse, Shape.of(8, 3), logits, Shape.of(8), index));
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> build(Loss.meanSquaredError(), Shape.of(4, 3), Shape.of(4, 2)))
        .withMessage("mse needs a target of the prediction's shape; the prediction is [4,3], the target [4,2]; check "
            + "the dataset's target column and the last layer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> build(Loss.categoricalCrossentropy(), Shape.of(4, 3), Shape.of(4)))
        .withMessageEndingWith("the target [4]; for class indices take a sparse loss");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> build(Loss.sparseCategoricalCrossentropy(), Shape.of(4, 3), Shape.of(4, 3)))
        .withMessage("sparse_categorical_crossentropy needs a prediction [n, ..., classes] and one class index for "
            + "each of its rows; the prediction is [4,3], the target [4,3]; if the targets are one-hot or "
            + "probabilities, take the loss without 'sparse'");
    assertThatIllegalArgumentException().isThrownBy(() -> Loss.huber(0))
        .withMessage("the delta of the Huber loss is 0.0; expected a positive number");
  }

  @Test
  void classIndicesAreChecked() {
    Loss loss = Loss.sparseCategoricalCrossentropy();
    Shape prediction = Shape.of(3, 5);
    assertThat(loss.problem(prediction, new float[] {0, 4, 2}, 3)).isEmpty();
    assertThat(loss.problem(prediction, new float[] {0, 5, 9}, 3)).isEqualTo(
        "sample 1 of the batch has the class index 5.0; expected a whole number from 0 to 4, because the model gives "
            + "5 numbers per sample");
    assertThat(loss.problem(prediction, new float[] {0.5f}, 1)).contains("class index 0.5");
    assertThat(loss.problem(prediction, new float[] {-1}, 1)).contains("class index -1.0");
    assertThat(loss.problem(prediction, new float[] {Float.NaN}, 1)).contains("class index NaN");
    assertThat(loss.problem(prediction, new float[] {1, 7}, 1)).isEmpty();
  }

  /// The loss of one row.
  private interface RowOracle {
    double of(double[] prediction, double[] target);
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Shape shape = Shape.of(3, 4);
    double[] p = random.doubles(12, 0.1, 0.9).toArray();
    double[] logits = random.doubles(12, -2, 2).toArray();
    double[] t = random.doubles(12, 0.1, 0.9).toArray();
    DoubleTensor index = DoubleTensor.of(Shape.of(3), 2, 0, 3);
    for (Loss loss : List.of(Loss.meanSquaredError(), Loss.meanAbsoluteError(), Loss.meanAbsolutePercentageError(),
        Loss.meanSquaredLogarithmicError(), Loss.huber(0.3), Loss.binaryCrossentropy(), Loss.categoricalCrossentropy(),
        Loss.kullbackLeiblerDivergence())) {
      checkGradient(loss, DoubleTensor.of(shape, p), DoubleTensor.of(shape, t));
    }
    checkGradient(Loss.binaryCrossentropyFromLogits(), DoubleTensor.of(shape, logits), DoubleTensor.of(shape, t));
    checkGradient(Loss.categoricalCrossentropyFromLogits(), DoubleTensor.of(shape, logits), DoubleTensor.of(shape, t));
    checkGradient(Loss.sparseCategoricalCrossentropyFromLogits(), DoubleTensor.of(shape, logits), index);
    checkGradient(Loss.sparseCategoricalCrossentropy(), DoubleTensor.of(shape, p), index);
  }

  private static void checkGradient(Loss loss, DoubleTensor p, DoubleTensor t) {
    GraphBuilder b = new GraphBuilder("loss");
    Value prediction = b.input("p", p.shape());
    b.output("loss", b.mean(loss.perSample(b, prediction, b.input("t", t.shape()))));
    GradientCheck.Report report =
        GradientCheck.run(b.build(), "loss", List.of(prediction), Map.of("p", p, "t", t), Map.of());
    assertThat(report.passed()).as(loss.describe() + ": " + report).isTrue();
  }

  @Test
  void theSlopeOfABinaryCrossentropyFromLogitsIsRightAtZero() {
    GraphBuilder b = new GraphBuilder("loss");
    Value p = b.input("p", Shape.of(1, 1));
    Value loss = b.mean(Loss.binaryCrossentropyFromLogits().perSample(b, p, b.constant(Tensor.of(Shape.of(1, 1), 1))));
    b.output("slope", Gradients.of(b, loss, List.of(p)).getFirst());
    assertThat(ReferenceInterpreter.run(b.build(), Map.of("p", DoubleTensor.of(Shape.of(1, 1), 0)), Map.of())
        .output("slope").item()).isEqualTo(-0.5);
  }

  private static RowOracle mean(DoubleBinaryOperator f) {
    return (p, t) -> IntStream.range(0, p.length).mapToDouble(i -> f.applyAsDouble(p[i], t[i])).average().orElseThrow();
  }

  private static void check(Loss loss, double[] p, double[] t, RowOracle oracle) {
    double[] found = perSample(loss, Shape.of(ROWS, COLUMNS), p, Shape.of(ROWS, COLUMNS), t);
    assertThat(found).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      double expected = oracle.of(row(p, i), row(t, i));
      // The constants in the graph are float32.
      assertThat(found[i]).as(loss.describe()).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }
  }

  private static double[] row(double[] x, int i) {
    return Arrays.copyOfRange(x, i * COLUMNS, (i + 1) * COLUMNS);
  }

  private static double[] perSample(Loss loss, Shape shape, double[] p, Shape targetShape, double[] t) {
    GraphBuilder b = new GraphBuilder("loss");
    b.output("loss", loss.perSample(b, b.input("p", shape), b.input("t", targetShape)));
    return ReferenceInterpreter.run(b.build(),
        Map.of("p", DoubleTensor.of(shape, p), "t", DoubleTensor.of(targetShape, t)), Map.of()).output("loss").data();
  }

  private static Value build(Loss loss, Shape prediction, Shape target) {
    GraphBuilder b = new GraphBuilder("loss");
    return loss.perSample(b, b.input("p", prediction), b.input("t", target));
  }
}
