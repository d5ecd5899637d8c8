package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTernaryTest {
  private static final float[] X = Probe.sixtyFourths(2);

  @Test
  void binaryTakesZeroForPositive() {
    Probe.of(Quantizers.binary(), X).gives(x -> x >= 0 ? 1 : -1)
        .hasGradient(x -> 1 - Math.tanh(x) * Math.tanh(x));
    Probe.of(Quantizers.binary(), -0f).gives(_ -> 1);
    Probe.of(Quantizers.binary().withZeroAndOne(true), X).gives(x -> x >= 0 ? 1 : 0);
    Probe.of(Quantizers.binary().withAlpha(Alpha.of(0.5f)), X).gives(x -> x >= 0 ? 0.5 : -0.5).hasGradient(_ -> 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void binaryScalesByTheMeanMagnitude(boolean po2) {
    Tensor x = Tensor.of(Shape.of(2, 2), 1f, -8f, -2f, 4f);
    Probe p = Probe.of(Quantizers.binary().withAlpha(po2 ? Alpha.autoPo2() : Alpha.auto()), x);
    // Means of magnitudes are 1.5 and 6; log2 of these, 0.58 and 2.58, round up.
    double[] expected = po2 ? new double[] {2, -8, -2, 8} : new double[] {1.5, -6, -1.5, 6};
    assertThat(p.exact()).usingComparatorWithPrecision(1e-5).containsExactly(expected);
    p.hasGradient(_ -> 1);
  }

  @Test
  void ternaryHasADeadZone() {
    Probe.of(Quantizers.ternary(), X).gives(x -> Math.abs(x) >= 0.33f ? Math.signum(x) : 0)
        .hasGradient(x -> 1 - Math.tanh(x) * Math.tanh(x));
    Probe.of(Quantizers.ternary().withThreshold(0.5f).withAlpha(Alpha.of(2f)), X)
        .gives(x -> Math.abs(x) >= 0.5 ? 2 * Math.signum(x) : 0).hasGradient(_ -> 1);
    assertThatThrownBy(() -> Quantizers.ternary().withThreshold(0f))
        .hasMessage("ternary: threshold must be positive, found 0.0");
  }

  /// QKeras' formula for one column.
  private static double[] ternary(double[] x, boolean po2) {
    double scale = 2 * Arrays.stream(x).map(Math::abs).max().orElseThrow() / 3;
    if (po2) {
      scale = Math.pow(2, Math.rint(Math.log(scale + 1e-7) / Math.log(2)));
    }
    double[] q = new double[x.length];
    for (int i = 0; i < 5; i++) {
      double xq = 0;
      double qq = 0;
      for (int j = 0; j < x.length; j++) {
        double v = scale * Math.rint(x[j] / scale);
        q[j] = Math.abs(v) >= scale / 2 ? Math.signum(x[j]) : 0;
        xq += x[j] * q[j] / x.length;
        qq += q[j] * q[j] / x.length;
      }
      scale = xq / (qq + 1e-7);
      if (po2) {
        scale = Math.pow(2, Math.rint(Math.log(scale + 1e-7) / Math.log(2)));
      }
    }
    double last = scale;
    return Arrays.stream(q).map(v -> last * v).toArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ternaryFindsItsScale(boolean po2) {
    Tensor x = Probe.matrix(50, 2);
    Probe p = Probe.of(Quantizers.ternary().withAlpha(po2 ? Alpha.autoPo2() : Alpha.auto()), x);
    for (int c = 0; c < 2; c++) {
      double[] column = new double[50];
      for (int i = 0; i < 50; i++) {
        column[i] = x.data()[2 * i + c];
      }
      double[] expected = ternary(column, po2);
      for (int i = 0; i < 50; i++) {
        assertThat(p.exact()[2 * i + c]).isCloseTo(expected[i], within(1e-6));
        assertThat((double) p.inference()[2 * i + c]).isCloseTo(expected[i], within(1e-6));
      }
    }
    p.hasGradient(_ -> 1);
  }

  private static double mean(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  @Test
  void stochasticBinaryDrawsWithTheProbabilityOfASigmoid() {
    float[] x = new float[8000];
    Arrays.fill(x, 0, 4000, 0.1f);
    Arrays.fill(x, 4000, 8000, -0.25f);
    Probe p = Probe.of(Quantizers.stochasticBinary(), x);
    float[] y = p.training(0);
    assertThat(y).containsOnly(-1f, 1f);
    // Standard deviations of the means of 4,000 are below 0.016.
    assertThat(mean(y, 0, 4000)).isCloseTo(2 / (1 + Math.exp(-0.6)) - 1, within(0.06));
    assertThat(mean(y, 4000, 8000)).isCloseTo(2 / (1 + Math.exp(1.5)) - 1, within(0.06));
    assertThat(p.training(1)).isNotEqualTo(y);
    p.givesInUse(v -> v >= 0 ? 1 : -1).hasGradient(_ -> 1);
  }

  @Test
  void stochasticBinaryMeasuresByTheStandardDeviation() {
    Tensor x = Tensor.of(Shape.of(4, 1), 4f, -4f, 4f, -4f);
    // x / d = 1, so with temperature 100 nothing is left to chance; the factor is the mean magnitude.
    Probe p = Probe.of(Quantizers.stochasticBinary().withAlpha(Alpha.autoPo2()).withTemperature(100f), x);
    assertThat(p.training(0)).containsExactly(4f, -4f, 4f, -4f);
    assertThat(p.inference()).containsExactly(4f, -4f, 4f, -4f);
  }

  @Test
  void stochasticTernaryGivesThreeNumbers() {
    float[] data = new float[6000];
    for (int i = 0; i < data.length; i++) {
      data[i] = i % 3 - 1;
    }
    Tensor x = Tensor.of(Shape.of(6000, 1), data);
    Probe p = Probe.of(Quantizers.stochasticTernary(), x);
    float[] y = p.training(0);
    assertThat(y).containsOnly(-1f, 0f, 1f);
    double deviation = Math.sqrt(2 / 3.0);
    double t = 1 / (2 * deviation);
    double expected = (tanhHalf(8 * (1 / deviation - t)) + tanhHalf(8 * (1 / deviation + t))) / 2;
    double sum = 0;
    for (int i = 2; i < data.length; i += 3) {
      sum += y[i] / 2000;
    }
    assertThat(sum).isCloseTo(expected, within(0.02));
    assertThat(p.inference()).isEqualTo(data);
    p.hasGradient(_ -> 1);
    assertThatThrownBy(() -> Quantizers.stochasticTernary().withAlpha(Alpha.none()))
        .hasMessage("stochastic_ternary: alpha must be auto or auto_po2, found None[]");
  }

  /// The mean of a sign drawn with the probability `sigmoid(x)`.
  private static double tanhHalf(double x) {
    return 2 / (1 + Math.exp(-x)) - 1;
  }
}
