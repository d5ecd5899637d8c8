package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Po2Test {
  private static final float[] X = numbers();

  private static float[] numbers() {
    float[] x = Arrays.copyOf(Probe.sixtyFourths(5), 700);
    for (int i = 641; i < 700; i++) {
      x[i] = (i % 2 == 0 ? 0.9f : -1.1f) * Math.scalb(1f, i - 680);
    }
    for (int i = 0; i < x.length; i++) {
      // An odd power of two is a tie of even exponents, which the rounding of logarithms would decide.
      x[i] = Math.abs(x[i]) == 2f || Math.abs(x[i]) == 0.5f || Math.abs(x[i]) == 0.125f || Math.abs(x[i]) == 0.03125f
          ? x[i] * 1.01f : x[i];
    }
    return x;
  }

  private static double power(double x, int effective, double max, boolean quadratic) {
    int min = -(1 << effective);
    int top = (1 << effective) - 1;
    if (x < 1e-7f) {
      return Math.pow(2, min);
    }
    double v = Math.min(x, max);
    double e = Math.rint(Math.log(quadratic ? Math.sqrt(v) : v) / Math.log(2));
    e = Math.max(min, Math.min(quadratic ? top / 2 * 2 : top, e));
    return Math.pow(2, quadratic ? 2 * e : e);
  }

  @ParameterizedTest
  @CsvSource({"4,Infinity,false", "5,Infinity,true", "3,2,false", "4,0.5,false", "6,4,false", "2,Infinity,false"})
  void powersOfTwoAreNeverZero(int bits, float max, boolean quadratic) {
    Po2Options options = new Po2Options(quadratic, false, false);
    int signed = bits - 1 - (max > 1 ? 1 : 0);
    Probe.of(Quantizers.quantizedPo2(bits).withMaxValue(max).withOptions(options), X)
        .gives(x -> (x >= 0 ? 1 : -1) * power(Math.abs(x), signed, max, quadratic)).hasGradient(_ -> 1);
    int unsigned = bits - (max > 1 ? 1 : 0);
    Probe.of(Quantizers.quantizedReluPo2(bits).withMaxValue(max).withOptions(options), X)
        .gives(x -> power(Math.max(x, 0), unsigned, max, quadratic)).hasGradient(x -> x > 0 && x <= max ? 1 : 0);
    Probe.of(Quantizers.quantizedReluPo2(bits).withMaxValue(max).withOptions(options).withSlope(0.25f), X)
        .gives(x -> x >= 0 ? power(x, unsigned, max, quadratic) : -power(-x / 4, unsigned, max, quadratic))
        .hasGradient(x -> x > max ? 0 : x > 0 ? 1 : 0.25);
  }

  @Test
  void exponentsMayBeRoundedDown() {
    Probe.of(Quantizers.quantizedPo2(4).withOptions(new Po2Options(false, false, true)), 0.9f, 1f, 1.9f, -3.5f)
        .gives(x -> Math.signum(x) * Math.pow(2, Math.floor(Math.log(Math.abs(x)) / Math.log(2))));
  }

  @Test
  void drawnExponentsKeepTheMean() {
    float[] x = new float[8000];
    Arrays.fill(x, 1.25f);
    Probe p = Probe.of(Quantizers.quantizedPo2(4).withOptions(new Po2Options(false, true, false)), x);
    float[] y = p.training(0);
    assertThat(y).containsOnly(1f, 2f);
    double sum = 0;
    for (float v : y) {
      sum += v;
    }
    assertThat(sum / 8000).isCloseTo(1.25, within(0.02));
    p.givesInUse(_ -> 1);
  }

  @Test
  void exponentsBeyondThoseOfFloatsAreRefused() {
    assertThatThrownBy(() -> Quantizers.quantizedPo2(8).withMaxValue(1f)).hasMessage("quantized_po2: 7 bits for "
        + "exponents give exponents from -2^7; they must be whole and lie within those of floats, so choose "
        + "0 to 6 bits");
    assertThatThrownBy(() -> Quantizers.quantizedPo2(1)).hasMessageContaining("choose 1 to 7 bits");
    assertThatThrownBy(() -> Quantizers.quantizedReluPo2(4).withSlope(0.3f))
        .hasMessage("quantized_relu_po2: slope must be 0 or a power of two, found 0.3");
    assertThatThrownBy(() -> Quantizers.quantizedPo2(4).withMaxValue(-1f))
        .hasMessage("quantized_po2: maxValue must be positive, found -1.0");
  }
}
