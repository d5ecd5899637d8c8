package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizedBitsTest {
  private static final float[] X = Probe.sixtyFourths(5);

  /// The formula of QKeras' source with alpha = 1, in doubles.
  private static double bits(double x, int bits, int integer, boolean symmetric, boolean keepNegative) {
    int unsigned = bits - (keepNegative ? 1 : 0);
    double m = Math.pow(2, unsigned);
    double k = Math.pow(2, integer);
    if (unsigned == 0) {
      return x >= 0 ? 1 : -1;
    }
    double low = keepNegative ? -m + (symmetric ? 1 : 0) : 0;
    return k * Math.max(low, Math.min(m - 1, Math.rint(x * m / k))) / m;
  }

  static Stream<Arguments> fixed() {
    return Stream.of(
        Arguments.of(8, 0, false, true), Arguments.of(4, 1, false, true), Arguments.of(4, 1, true, true),
        Arguments.of(3, 0, true, true), Arguments.of(4, 2, false, false), Arguments.of(1, 0, false, true),
        Arguments.of(1, 1, false, false), Arguments.of(6, -1, false, true), Arguments.of(2, 3, false, true));
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void bitsRoundHalvesToEvenAndPassTheGradientEverywhere(
      int bits, int integer, boolean symmetric, boolean keepNegative) {
    QuantizedBits q = Quantizers.quantizedBits(bits, integer).withSymmetric(symmetric).withKeepNegative(keepNegative);
    Probe.of(q, X).gives(x -> bits(x, bits, integer, symmetric, keepNegative)).hasGradient(_ -> 1);
    Probe.of(q.withAlpha(Alpha.of(2f)), X)
        .gives(x -> 2 * bits(x, bits, integer, symmetric, keepNegative)).hasGradient(_ -> 1);
    Probe.of(q.withAlpha(Alpha.of(0.1f)), X)
        .gives(x -> (float) (0.1f * bits(x, bits, integer, symmetric, keepNegative))).hasGradient(_ -> 1);
  }

  /// The formula with alpha auto, of one column, in doubles.
  private static double[] automatic(double[] column, int bits, int integer, boolean po2) {
    double k = Math.pow(2, integer);
    double levels = (Math.pow(2, bits - 1) - 1) * 2;
    double[] y = Arrays.stream(column).map(x -> x / k).toArray();
    double scale = Arrays.stream(y).map(Math::abs).max().orElseThrow() * 2 / levels;
    double[] z = new double[y.length];
    for (int i = 0; i < (po2 ? 6 : 1); i++) {
      if (po2) {
        scale = Math.pow(2, Math.rint(Math.log(scale + 1e-7) / Math.log(2)));
      }
      double xq = 0;
      double qq = 0;
      for (int j = 0; j < y.length; j++) {
        z[j] = Math.signum(y[j]) * Math.min(Math.floor(Math.abs(y[j]) / scale + 0.5), levels / 2);
        xq += y[j] * z[j];
        qq += z[j] * z[j];
      }
      if (po2 && i < 5) {
        scale = xq / y.length / (qq / y.length + 1e-7);
      }
    }
    double factor = scale * k;
    return Arrays.stream(z).map(v -> factor * v).toArray();
  }

  static Stream<Arguments> automatic() {
    return Stream.of(Arguments.of(4, 0, false), Arguments.of(4, 0, true), Arguments.of(2, 1, true),
        Arguments.of(6, -1, false), Arguments.of(3, 2, true));
  }

  @ParameterizedTest
  @MethodSource("automatic")
  void alphaAutoScalesEachColumn(int bits, int integer, boolean po2) {
    Tensor x = Probe.matrix(40, 3);
    for (int i = 1; i < x.size(); i += 3) {
      x.data()[i] *= 17;
    }
    Probe p = Probe.of(Quantizers.quantizedBits(bits, integer).withAlpha(po2 ? Alpha.autoPo2() : Alpha.auto()), x);
    for (int c = 0; c < 3; c++) {
      double[] column = new double[40];
      for (int i = 0; i < 40; i++) {
        column[i] = x.data()[3 * i + c];
      }
      double[] expected = automatic(column, bits, integer, po2);
      for (int i = 0; i < 40; i++) {
        assertThat(p.exact()[3 * i + c]).isCloseTo(expected[i], within(1e-6 * Math.abs(expected[i])));
        assertThat((double) p.inference()[3 * i + c]).isCloseTo(expected[i], within(1e-6 * Math.abs(expected[i])));
        if (po2) {
          assertThat((double) p.inference()[3 * i + c]).isEqualTo(expected[i]);
        }
      }
    }
    p.hasGradient(_ -> 1);
  }

  @Test
  void alphaAutoOfZerosIsZero() {
    Tensor zeros = Tensor.zeros(Shape.of(3, 2));
    for (Alpha alpha : new Alpha[] {Alpha.auto(), Alpha.autoPo2()}) {
      assertThat(Probe.of(Quantizers.quantizedBits(4, 0).withAlpha(alpha), zeros).inference()).containsOnly(0f);
      assertThat(Probe.of(Quantizers.quantizedLinear(4, 0).withAlpha(alpha), zeros).inference()).containsOnly(0f);
    }
  }

  @Test
  void alphaAutoHasOneFactorPerPositionOfTheChosenAxis() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1f, 0.5f, -0.25f, 16f, 8f, -4f);
    Quantizer rows = Quantizers.quantizedBits(4, 0).withAlpha(new Alpha.AutoPo2(0, -126, 127));
    assertThat(Probe.of(rows, x).inference()).containsExactly(0.875f, 0.5f, -0.25f, 14f, 8f, -4f);
    Quantizer limited = Quantizers.quantizedBits(4, 0).withAlpha(new Alpha.AutoPo2(0, -126, -1));
    assertThat(Probe.of(limited, x).inference()).containsExactly(0.875f, 0.5f, -0.25f, 3.5f, 3.5f, -3.5f);
  }

  @Test
  void alphaAutoOfAVectorStartsFromItsMaximumAndThenScalesEachElement() {
    // 3/7 -> 2^-1 at first; then x = 3 has z = 6 and the factor 2^-1, x = 0.3 has z = 1 and the factor 2^-2.
    Quantizer q = Quantizers.quantizedBits(4, 0).withAlpha(Alpha.autoPo2());
    assertThat(Probe.of(q, 3f, 0.3f).inference()).containsExactly(3f, 0.25f);
  }

  /// The formula of QKeras' quantized_linear with alpha = 1.
  private static double linear(double x, int bits, int integer, boolean symmetric, boolean keepNegative) {
    double s = Math.pow(2, integer - bits + (keepNegative ? 1 : 0));
    if (bits == 1 && keepNegative) {
      return x >= 0 ? s / 2 : -s / 2;
    }
    double n = Math.pow(2, bits - (keepNegative ? 1 : 0));
    return s * Math.rint(Math.max(keepNegative ? -n + (symmetric ? 1 : 0) : 0, Math.min(n - 1, x / s)));
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void linearPassesNoGradientOutsideItsRange(int bits, int integer, boolean symmetric, boolean keepNegative) {
    QuantizedLinear q =
        Quantizers.quantizedLinear(bits, integer).withSymmetric(symmetric).withKeepNegative(keepNegative);
    double s = Math.pow(2, integer - bits + (keepNegative ? 1 : 0));
    double n = Math.pow(2, bits - (keepNegative ? 1 : 0));
    boolean binary = bits == 1 && keepNegative;
    double low = binary ? -s / 2 : keepNegative ? s * (-n + (symmetric ? 1 : 0)) : 0;
    double high = binary ? s / 2 : s * (n - 1);
    Probe.of(q, X).gives(x -> linear(x, bits, integer, symmetric, keepNegative))
        .hasGradient(x -> low <= x && x <= high ? 1 : 0);
    Probe.of(q.withAlpha(Alpha.of(4f)), X).gives(x -> 4 * linear(x / 4, bits, integer, symmetric, keepNegative))
        .hasGradient(x -> 4 * low <= x && x <= 4 * high ? 1 : 0);
  }

  @Test
  void linearScalesToTheLargestNumber() {
    Tensor x = Tensor.of(Shape.of(4, 1), 7f, -3f, 0.5f, 1.5f);
    assertThat(Probe.of(Quantizers.quantizedLinear(4, 0).withAlpha(Alpha.auto()), x).inference())
        .containsExactly(7f, -3f, 0f, 2f);
    // The nearest power of two to 7/7 stays the best one.
    assertThat(Probe.of(Quantizers.quantizedLinear(4, 5).withAlpha(Alpha.autoPo2()), x).inference())
        .containsExactly(7f, -3f, 0f, 2f);
    assertThat(Probe.of(Quantizers.quantizedLinear(1, 0).withAlpha(Alpha.autoPo2()), x).inference())
        .containsExactly(4f, -4f, 4f, 4f);
  }

  @Test
  void randomRoundingTakesOneOfTheNeighboursAndKeepsTheMean() {
    float[] x = new float[4000];
    Arrays.fill(x, 0.3f);
    for (Quantizer q : new Quantizer[] {
        Quantizers.quantizedBits(4, 0).withStochastic(true), Quantizers.quantizedLinear(4, 0).withStochastic(true)}) {
      Probe p = Probe.of(q, x);
      float[] y = p.training(0);
      assertThat(y).containsOnly(0.25f, 0.375f);
      double mean = 0;
      for (float v : y) {
        mean += v / 4000;
      }
      // The standard deviation of the mean of 4,000 is 0.001.
      assertThat(mean).isCloseTo(0.3, within(0.004));
      assertThat(p.training(1)).isNotEqualTo(y);
      assertThat(p.inference()).containsOnly(0.25f);
      p.hasGradient(_ -> 1);
    }
    Quantizer q = Quantizers.quantizedBits(4, 0).withStochastic(true);
    assertThat(Probe.of(q, 0.25f, -0.5f, 9f, -9f).training(3)).containsExactly(0.25f, -0.5f, 0.875f, -1f);
  }

  @Test
  void badOptionsAreReportedTogether() {
    assertThatThrownBy(() -> Quantizers.quantizedBits(0, 99)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantized_bits: bits must be 1 to 32, found 0; integer bits must be -32 to 32, found 99");
    QuantizedBits unsigned = Quantizers.quantizedBits(1, 0).withKeepNegative(false);
    assertThatThrownBy(() -> unsigned.withAlpha(Alpha.auto())).hasMessage("quantized_bits: alpha auto needs "
        + "keepNegative; alpha auto needs at least 2 bits; of one bit, choose binary");
    assertThatThrownBy(() -> Alpha.of(0f)).hasMessage("alpha must be finite and not 0, found 0.0");
    assertThatThrownBy(() -> new Alpha.AutoPo2(0, 3, 2)).hasMessageContaining("found 3 and 2");
  }

  @Test
  void alphaAutoIsForWeightsOnly() {
    QuantizedBits auto = Quantizers.quantizedBits(4, 0).withAlpha(Alpha.auto());
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), Dense.of(2), QuantizerLayer.of(auto)))
        .hasMessage("layer quantize: alpha 'auto' computes the grid of 'output' [N,2] from its numbers, which depend on"
            + " the input; give a fixed alpha, or calibrate (PostTraining)");
    QuantizedBits axis = auto.withAlpha(new Alpha.Auto(2));
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), Dense.of(2).withKernelQuantizer(axis)))
        .hasMessage("layer dense: alpha 'auto' has a factor for each position of axis 2, but 'kernel' has shape [3,2]");
  }
}
