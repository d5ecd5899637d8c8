package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.burin.nn.Quantizer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QonnxTest {
  private static final float[] X = Probe.sixtyFourths(5);

  private static double round(double v, QonnxRounding mode) {
    return new BigDecimal(v).setScale(0, switch (mode) {
      case ROUND -> RoundingMode.HALF_EVEN;
      case HALF_UP -> RoundingMode.HALF_UP;
      case HALF_DOWN -> RoundingMode.HALF_DOWN;
      case CEIL -> RoundingMode.CEILING;
      case FLOOR -> RoundingMode.FLOOR;
      case UP -> RoundingMode.UP;
      case DOWN -> RoundingMode.DOWN;
    }).doubleValue();
  }

  private static double quant(
      double x, double scale, double zero, int bits, boolean signed, boolean narrow, QonnxRounding mode) {
    double v = x / scale + zero;
    if (bits == 1 && signed) {
      return ((v >= 0 ? 1 : -1) - zero) * scale;
    }
    double least = signed ? -Math.pow(2, bits - 1) + (narrow ? 1 : 0) : 0;
    double largest = signed ? Math.pow(2, bits - 1) - 1 : Math.pow(2, bits) - 1 - (narrow ? 1 : 0);
    return (round(Math.max(least, Math.min(largest, v)), mode) - zero) * scale;
  }

  @ParameterizedTest
  @EnumSource
  void quantClipsAndThenRounds(QonnxRounding mode) {
    for (int bits = 1; bits <= 4; bits++) {
      for (int options = 0; options < 8; options++) {
        boolean signed = (options & 1) == 1;
        boolean narrow = (options & 2) == 2;
        float zero = options >> 2;
        float scale = bits % 2 == 0 ? 0.25f : 0.5f;
        int width = bits;
        Qonnx.Grid grid = Qonnx.Grid.of(scale, bits, signed, narrow).withRounding(mode)
            .withZeroPoint(Tensor.scalar(zero));
        Probe p = Probe.of(Qonnx.quantizer(grid), X).gives(x -> quant(x, scale, zero, width, signed, narrow, mode));
        if (bits > 1 || !signed) {
          double least = signed ? -(1 << (bits - 1)) + (narrow ? 1 : 0) : 0;
          double largest = signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1 - (narrow ? 1 : 0);
          p.hasGradient(x -> x / scale + zero >= least && x / scale + zero <= largest ? 1 : 0);
        } else {
          p.hasGradient(_ -> 1);
        }
      }
    }
  }

  @Test
  void scalesAndBitWidthsBroadcast() {
    Tensor x = Tensor.of(Shape.of(2, 3), 0.3f, 1.3f, -5f, 0.6f, 100f, 0.26f);
    Qonnx.Grid grid = new Qonnx.Grid(Tensor.of(Shape.of(3), 0.5f, 1f, -0.25f), Tensor.scalar(0),
        Tensor.of(Shape.of(2, 1), 2f, 8f), true, false, QonnxRounding.ROUND);
    assertThat(Probe.of(Qonnx.quantizer(grid), x).inference())
        .containsExactly(0.5f, 1f, -0.25f, 0.5f, 100f, 0.25f);
  }

  @Test
  void bipolarTakesZeroForPositive() {
    Probe.of(Qonnx.bipolarQuantizer(Tensor.scalar(0.75f)), X).gives(x -> x >= 0 ? 0.75 : -0.75).hasGradient(_ -> 1);
  }

  @ParameterizedTest
  @EnumSource
  void truncDropsBits(QonnxRounding mode) {
    // Version 1: 6 bits at 1/8 become 4 bits; the scale stays, as the operator has it.
    Quantizer first = (net, _, x) ->
        Qonnx.trunc(net.graph(), x, Tensor.scalar(0.125f), Tensor.scalar(0), 6, 4, mode);
    Probe.of(first, X).gives(x -> round(Math.rint(x / 0.125) / 4, mode) * 0.125).hasGradient(_ -> 1);
    // Version 2: the result has a scale of its own, and is clipped.
    Qonnx.Grid output = Qonnx.Grid.of(0.5f, 4, true, true).withRounding(mode);
    Quantizer second = (net, _, x) ->
        Qonnx.trunc(net.graph(), x, Tensor.scalar(0.125f), Tensor.scalar(4), 8, output);
    Probe.of(second, X).gives(x ->
        (round(Math.max(-7, Math.min(7, (Math.rint(x / 0.125) + 4) / 4)), mode) - 1) * 0.5);
  }

  @Test
  void namesOfRoundingModes() {
    assertThat(QonnxRounding.parse("half_even")).isEqualTo(QonnxRounding.ROUND);
    assertThat(QonnxRounding.parse("HALF_up")).isEqualTo(QonnxRounding.HALF_UP);
    assertThatThrownBy(() -> QonnxRounding.parse("nearest")).hasMessage("unknown rounding mode 'nearest'; known are "
        + "[ROUND, HALF_UP, HALF_DOWN, CEIL, FLOOR, UP, DOWN] and HALF_EVEN, which is ROUND");
  }

  @Test
  void badGridsAreReportedTogether() {
    assertThatThrownBy(() -> new Qonnx.Grid(Tensor.scalar(0), Tensor.scalar(Float.NaN), Tensor.vector(1, 2.5f), true,
        false, QonnxRounding.ROUND)).hasMessage("Quant: scales must be finite and not 0; zero points must be finite; "
        + "bit widths must be whole numbers of 1 to 32; signed bit widths of 1, which mean -1 and 1, cannot be mixed "
        + "with others");
    Quantizer q = (net, _, x) -> Qonnx.trunc(
        net.graph(), x, Tensor.scalar(-1), Tensor.scalar(0), 4, Qonnx.Grid.of(1, 4, true, false));
    assertThatThrownBy(() -> Probe.of(q, 1f))
        .hasMessageStartingWith("Trunc needs one input scale and one output scale");
  }
}
