package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.burin.nn.Quantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationQuantizersTest {
  private static final float[] X = Probe.sixtyFourths(5);

  private static double clip(double x, double low, double high) {
    return Math.max(low, Math.min(high, x));
  }

  private static double sigmoid(Sigmoid kind, double x) {
    return switch (kind) {
      case HARD -> clip(0.5 * x + 0.5, 0, 1);
      case SMOOTH -> clip(0.1875 * x + 0.5, 0, 1);
      case REAL -> 1 / (1 + Math.exp(-x));
    };
  }

  private static double slope(Sigmoid kind, double x) {
    double s = sigmoid(kind, x);
    return switch (kind) {
      case HARD -> Math.abs(x) <= 1 ? 0.5 : 0;
      case SMOOTH -> Math.abs(0.1875 * x) <= 0.5 ? 0.1875 : 0;
      case REAL -> s * (1 - s);
    };
  }

  // ---- rectifiers -------------------------------------------------------------------------------------------------

  private static double relu(double x, int bits, int integer, double slope) {
    double m = Math.pow(2, slope == 0 ? bits : bits - 1);
    double k = Math.pow(2, integer);
    double p = x * m / k;
    double y = k * clip(Math.rint(p) / m, 0, 1 - 1 / m);
    return slope == 0 ? y : y + k * slope * clip(Math.rint(p * slope) / (slope * m), -1, 0);
  }

  @ParameterizedTest
  @CsvSource({"8,0,0", "4,2,0", "3,1,0", "1,0,0", "5,-1,0", "4,2,0.25", "5,1,0.5", "3,0,0.25", "6,1,1"})
  void reluHasTheGradientOfTheRectifierBelowItsLargestNumber(int bits, int integer, float slope) {
    double m = Math.pow(2, slope == 0 ? bits : bits - 1);
    double top = Math.pow(2, integer) * (1 - 1 / m);
    DoubleUnaryOperator leaky = x -> x > 0 ? 1 : slope;
    QuantizedRelu q = Quantizers.quantizedRelu(bits, integer).withSlope(slope);
    Probe.of(q, X).gives(x -> relu(x, bits, integer, slope)).hasGradient(x -> x > top ? 0 : leaky.applyAsDouble(x));
    Probe.of(q.withClipAtLargest(false), X).gives(x -> relu(x, bits, integer, slope)).hasGradient(leaky);
  }

  @Test
  void reluHasAnUpperBoundOfItsOwn() {
    Probe.of(Quantizers.quantizedRelu(6, 3).withUpperBound(2.5f), X)
        .gives(x -> Math.min(2.5, relu(x, 6, 3, 0)))
        .hasGradient(x -> x > 0 && x <= 2.5 ? 1 : 0);
    assertThatThrownBy(() -> Quantizers.quantizedRelu(4, 2).withUpperBound(2.6f))
        .hasMessage("quantized_relu: upper bound 2.6 is no positive number of ufixed<4,2,rnd_conv,sat>; "
            + "the nearest is 2.5");
    assertThatThrownBy(() -> Quantizers.quantizedRelu(4, 2).withSlope(0.3f))
        .hasMessage("quantized_relu: slope must be 0 or a power of two of at most 1, found 0.3");
    assertThatThrownBy(() -> Quantizers.quantizedRelu(3, 0).withSlope(0.125f))
        .hasMessage("quantized_relu: slope 0.125 needs 4 bits, found 3");
  }

  private static double squashedRelu(double x, int bits, int integer, double slope, Sigmoid kind) {
    double m = Math.pow(2, slope == 0 ? bits : bits - 1);
    double k = Math.pow(2, integer);
    double p = sigmoid(kind, x / k) * m;
    double y = k * clip(2 * (Math.rint(p) / m) - 1, 0, 1 - 1 / m);
    return slope == 0 ? y : y + k * slope * clip(2 * Math.rint(p * slope) / (slope * m) - 1, -1, 0);
  }

  @ParameterizedTest
  @CsvSource({"4,0,0,HARD", "6,1,0,SMOOTH", "5,1,0.5,HARD", "6,0,0.25,SMOOTH"})
  void reluOfASigmoid(int bits, int integer, float slope, Sigmoid kind) {
    Probe.of(Quantizers.quantizedRelu(bits, integer).withSigmoid(kind).withSlope(slope), X)
        .gives(x -> squashedRelu(x, bits, integer, slope, kind));
  }

  @Test
  void randomRoundingStaysOnTheGrid() {
    Probe p = Probe.of(Quantizers.quantizedRelu(4, 2).withSlope(0.5f).withStochastic(true), X);
    for (float y : p.training(1)) {
      assertThat(y * 2).isEqualTo((float) Math.rint(y * 2));
    }
    assertThat(p.training(1)).isNotEqualTo(p.training(2));
    p.givesInUse(x -> relu(x, 4, 2, 0.5));
  }

  // ---- tanh and sigmoid -------------------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void tanhOfSigmoidsPassesTheirGradientWhereTheClipDoesNotCut(Sigmoid kind) {
    for (boolean symmetric : new boolean[] {false, true}) {
      double m = 16;
      double low = symmetric ? -1 + 1 / m : -1;
      double high = 1 - 1 / m;
      DoubleUnaryOperator p = x -> 2 * sigmoid(kind, x) - 1;
      DoubleUnaryOperator rounded = x -> Math.rint(p.applyAsDouble(x) * m) / m;
      Probe.of(Quantizers.quantizedTanh(5).withSigmoid(kind).withSymmetric(symmetric), X)
          .gives(x -> clip(rounded.applyAsDouble(x), low, high))
          .hasGradient(x -> clip(rounded.applyAsDouble(x), low, high) == rounded.applyAsDouble(x)
              ? 2 * slope(kind, x) : 0);
    }
  }

  @Test
  void tanhItself() {
    DoubleUnaryOperator rounded = x -> Math.rint(Math.tanh(x) * 8) / 8;
    Probe.of(Quantizers.quantizedTanh(4).withRealTanh(), X)
        .gives(x -> clip(rounded.applyAsDouble(x), -1, 7 / 8.0))
        .hasGradient(x -> rounded.applyAsDouble(x) <= 7 / 8.0 ? 1 - Math.tanh(x) * Math.tanh(x) : 0);
  }

  @ParameterizedTest
  @EnumSource
  void sigmoidsPassTheirGradientWhereTheClipDoesNotCut(Sigmoid kind) {
    for (boolean symmetric : new boolean[] {false, true}) {
      double m = 16;
      double low = symmetric ? 1 / m : 0;
      double high = 1 - 1 / m;
      DoubleUnaryOperator rounded = x -> Math.rint(sigmoid(kind, x) * m) / m;
      Probe.of(Quantizers.quantizedSigmoid(4).withSigmoid(kind).withSymmetric(symmetric), X)
          .gives(x -> clip(rounded.applyAsDouble(x), low, high))
          .hasGradient(x -> clip(rounded.applyAsDouble(x), low, high) == rounded.applyAsDouble(x)
              ? slope(kind, x) : 0);
    }
  }

  // ---- others -----------------------------------------------------------------------------------------------------

  @Test
  void hswish() {
    DoubleUnaryOperator swish = x -> x * clip(x + 3, 0, 6) / 6;
    Quantizer q = Quantizers.quantizedHswish(8, 2);
    Probe.of(q, X).gives(x -> clip(Math.rint(swish.applyAsDouble(x) * 32), -128, 127) / 32)
        .hasGradient(x -> x <= -3 ? 0 : x <= 3 ? (2 * x + 3) / 6 : 1);
    assertThatThrownBy(() -> new QuantizedHswish(Quantizers.quantizedBits(4, 0), 0, -1))
        .hasMessage("quantized_hswish: shift must be positive, found 0; bound must be positive, found -1");
  }

  private static double ulaw(double x, int bits, int integer, double u) {
    double m = Math.pow(2, bits - 1);
    double k = Math.pow(2, integer);
    double r = 2 * Math.rint(sigmoid(Sigmoid.HARD, x / k) * m) / m - 1;
    double law = Math.signum(r) * Math.log(1 + u * Math.abs(r)) / Math.log(1 + u);
    return k * clip(law, -1, 1 - 1 / m);
  }

  @Test
  void ulaw() {
    QuantizedUlaw q = Quantizers.quantizedUlaw(5, 1);
    Probe.of(q, X).gives(x -> clip(Math.rint(ulaw(x, 5, 1, 255) * 8), -16, 15) / 8);
    float[] raw = Probe.of(q.withU(15f).withGrid(Quantizer.NONE), X).inference();
    for (int i = 0; i < X.length; i++) {
      assertThat((double) raw[i]).isCloseTo(ulaw(X[i], 5, 1, 15), within(1e-6));
    }
    // d law / dx = k u / (1 + u |r|) / log(1 + u) * 2 * 1/(2k) inside, where no clip cuts.
    Probe.of(q, 0.5f, -0.25f, 2.5f)
        .hasGradient(x -> Math.abs(x) > 2 ? 0 : 255 / (1 + 255 * Math.abs(Math.rint((x / 4 + 0.5) * 16) / 8 - 1))
            / Math.log(256));
  }
}
