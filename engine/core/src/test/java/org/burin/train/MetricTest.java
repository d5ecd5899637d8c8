package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Tensor SCORES =
      Tensor.matrix(new float[][] {{0.1f, 0.7f, 0.2f}, {0.5f, 0.5f, 0}, {0.3f, 0.3f, 0.4f}, {0.9f, 0, 0.1f}});

  @Test
  void accuracyOfClassIndicesAndOneHotTargets() {
    assertThat(value(Metric.accuracy(), SCORES, Tensor.vector(1, 1, 2, 0))).isEqualTo(0.75);
    Tensor oneHot = Tensor.matrix(new float[][] {{0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
    assertThat(value(Metric.accuracy(), SCORES, oneHot)).isEqualTo(0.75);
    assertThat(value(Metric.accuracy(), SCORES, Tensor.of(Shape.of(4, 1), 1, 1, 2, 0))).isEqualTo(0.75);
  }

  @Test
  void accuracyOfProbabilitiesAndLogits() {
    Tensor p = Tensor.of(Shape.of(4, 1), 0.2f, 0.7f, 0.5f, 0.9f);
    assertThat(value(Metric.accuracy(), p, Tensor.vector(0, 1, 1, 0))).isEqualTo(0.5);
    Tensor logits = Tensor.of(Shape.of(4, 1), -1, 1, 0, 2);
    assertThat(value(Metric.binaryAccuracy(0), logits, Tensor.vector(0, 1, 1, 0))).isEqualTo(0.5);
    Tensor several = Tensor.of(Shape.of(2, 2), -1, 1, 1, 2);
    assertThat(value(Metric.binaryAccuracy(0), several, Tensor.of(Shape.of(2, 2), 0, 1, 0, 1))).isEqualTo(0.75);
  }

  @Test
  void accuracyOfSequencesCountsPositions() {
    Tensor p = Tensor.of(Shape.of(2, 2, 2), 1, 0, 1, 0, 0, 1, 1, 0);
    assertThat(value(Metric.accuracy(), p, Tensor.of(Shape.of(2, 2), 0, 1, 1, 0))).isEqualTo(0.75);
  }

  @Test
  void topK() {
    Tensor labels = Tensor.vector(2, 1, 0, 1);
    assertThat(value(Metric.topK(1), SCORES, labels)).isEqualTo(0.25);
    assertThat(value(Metric.topK(2), SCORES, labels)).isEqualTo(0.75);
    assertThat(value(Metric.topK(3), SCORES, labels)).isEqualTo(1);
    assertThat(Metric.topK(2).name()).isEqualTo("top_2_accuracy");
  }

  @Test
  void errors() {
    Tensor p = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Tensor t = Tensor.of(Shape.of(2, 2), 0, 4, 3, 3);
    assertThat(value(Metric.meanSquaredError(), p, t)).isEqualTo(1.5);
    assertThat(value(Metric.meanAbsoluteError(), p, t)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> value(Metric.meanAbsoluteError(), p, Tensor.vector(1, 2)))
        .withMessage("metric mae: the prediction of a sample has 2 numbers, its target 1; expected as many");
  }

  @Test
  void aMetricMayBeAnyFunction() {
    Metric first = Metric.mean("first", (p, at, size, t, tAt, tSize) -> p[at] * tSize);
    assertThat(value(first, SCORES, Tensor.vector(1, 1, 2, 0))).isCloseTo(0.45, within(1e-7));
    Metric spread = Metric.whole("spread", (p, t, w) -> p.get(3, 0) - p.get(1, 2) + t.get(2) + w.get(0));
    assertThat(value(spread, SCORES, Tensor.vector(1, 1, 2, 0))).isCloseTo(3.9, within(1e-6));
  }

  @Test
  void weightsCountWhereAskedFor() {
    Tensor labels = Tensor.vector(1, 1, 2, 0);
    float[] weight = {1, 2, 3, 4};
    assertThat(value(Metric.accuracy(), SCORES, labels, weight)).isEqualTo(0.75);
    assertThat(value(Metric.accuracy().weighted(), SCORES, labels, weight)).isEqualTo(0.8);
    assertThat(Metric.accuracy().weighted().name()).isEqualTo("weighted_accuracy");
  }

  @Test
  void areaUnderTheCurve() {
    Tensor t = Tensor.vector(0, 0, 1, 1);
    assertThat(value(Metric.auc(), Tensor.vector(0.1f, 0.4f, 0.35f, 0.8f), t)).isEqualTo(0.75);
    assertThat(value(Metric.auc(), Tensor.of(Shape.of(4, 1), 0, -0f, 0, 0), t)).isEqualTo(0.5);
    assertThat(value(Metric.auc(), Tensor.vector(-3, -2, -1, 5), t)).isEqualTo(1);
    assertThat(value(Metric.auc(), Tensor.of(Shape.of(4, 2), 9, 0.1f, 9, 0.4f, 9, 0.35f, 9, 0.8f), t)).isEqualTo(0.75);
    assertThat(value(Metric.auc(), Tensor.vector(1, 2, 3, 4), Tensor.vector(1, 1, 1, 1))).isNaN();
    assertThat(value(Metric.auc(), Tensor.vector(1, Float.NaN, 3, 4), t)).isNaN();
  }

  @Test
  void areaUnderTheCurveIsThePartOfPairsInOrder() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
    int n = 300;
    Tensor scores = Tensor.zeros(Shape.of(n, 3));
    Tensor labels = Tensor.zeros(Shape.of(n));
    float[] weight = new float[n];
    for (int i = 0; i < n; i++) {
      labels.data()[i] = random.nextInt(3);
      weight[i] = random.nextInt(1, 5);
      for (int c = 0; c < 3; c++) {
        scores.data()[i * 3 + c] = random.nextInt(-8, 8) * 0.25f;
      }
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    double[] plain = new double[3];
    double[] support = new double[3];
    for (int c = 0; c < 3; c++) {
      plain[c] = pairs(scores, labels, ones, c);
      assertThat(value(Metric.auc(c), scores, labels, weight)).isEqualTo(plain[c]);
      assertThat(value(Metric.auc(c).weighted(), scores, labels, weight)).isEqualTo(pairs(scores, labels, weight, c));
      for (float label : labels.data()) {
        support[c] += label == c ? 1 : 0;
      }
    }
    assertThat(value(Metric.macroAuc(), scores, labels))
        .isCloseTo((plain[0] + plain[1] + plain[2]) / 3, within(1e-15));
    assertThat(value(Metric.supportWeightedAuc(), scores, labels)).isCloseTo(
        (plain[0] * support[0] + plain[1] * support[1] + plain[2] * support[2]) / n, within(1e-15));
  }

  private static double pairs(Tensor scores, Tensor labels, float[] weight, int c) {
    double right = 0;
    double all = 0;
    for (int i = 0; i < weight.length; i++) {
      for (int j = 0; j < weight.length; j++) {
        if (labels.get(i) == c && labels.get(j) != c) {
          double w = (double) weight[i] * weight[j];
          all += w;
          int order = Float.compare(scores.get(i, c), scores.get(j, c));
          right += order > 0 ? w : order == 0 ? w / 2 : 0;
        }
      }
    }
    return right / all;
  }

  @Test
  void aClassThatTheModelDoesNotHaveIsNamed() {
    assertThatIllegalArgumentException().isThrownBy(() -> value(Metric.auc(3), SCORES, Tensor.vector(0, 1, 2, 0)))
        .withMessage("metric AUC: there is no class 3: the model gives 3 numbers per sample");
    assertThatIllegalArgumentException().isThrownBy(() -> value(Metric.auc(), SCORES, Tensor.vector(0, 1, 2, 0)))
        .withMessage("metric AUC: the model gives 3 numbers per sample, expected 1 or 2; take the AUC of a class, or a "
            + "mean over the classes");
  }

  private static double value(Metric metric, Tensor prediction, Tensor target) {
    return value(metric, prediction, target, new float[0]);
  }

  private static double value(Metric metric, Tensor prediction, Tensor target, float[] weight) {
    Gauge gauge = Gauge.of(metric);
    gauge.add(prediction, target, new float[prediction.size()]);
    gauge.clear();
    gauge.add(prediction, target, weight);
    return gauge.result();
  }
}
