package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.fixed.FixedType;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccumulatorBoundTest {
  private static final FixedType INPUT = FixedType.parse("ufixed<4,0,rnd,sat>");

  @Test
  void theBoundIsThatOfThePaper() {
    assertThat(new AccumulatorBound(FixedType.parse("fixed<6,1>"), INPUT, 12).bound()).isEqualTo(2047 / 16);
    FixedType signed = FixedType.parse("fixed<4,1>");
    assertThat(new AccumulatorBound(FixedType.parse("fixed<6,1>"), signed, 12).bound()).isEqualTo(2047 / 8);
  }

  @ParameterizedTest
  @CsvSource({"8,1,6,1", "8,1,9,1", "12,2,16,40", "16,4,20,1000", "6,1,6,3", "8,8,14,0.001"})
  void noAccumulatorEverOverflows(int width, int integer, int bits, float size) {
    FixedType type = FixedType.parse("fixed<" + width + "," + integer + ">");
    AccumulatorBound q = new AccumulatorBound(type, INPUT, bits);
    Tensor x = Probe.matrix(300, 4);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] *= size * (i % 4 == 3 ? 0.001f : 1f);
    }
    float[] y = Probe.of(q, x).inference();
    for (int c = 0; c < 4; c++) {
      long sum = 0;
      for (int i = c; i < y.length; i += 4) {
        double raw = Math.scalb((double) y[i], type.fraction());
        assertThat(raw).isEqualTo(Math.rint(raw));
        assertThat(Math.abs(y[i])).isLessThanOrEqualTo(Math.abs(x.data()[i]));
        sum += (long) Math.abs(raw);
      }
      assertThat(sum).isLessThanOrEqualTo(q.bound());
      // The largest inputs, all of the sign that hurts, still fit.
      assertThat(sum * 15).isLessThan(1L << (bits - 1));
    }
  }

  @Test
  void kernelsWithinTheBoundAreOnlyRoundedTowardZero() {
    AccumulatorBound q = new AccumulatorBound(FixedType.parse("fixed<6,2>"), INPUT, 16);
    Tensor x = Tensor.of(Shape.of(3, 1), 0.3f, -0.99f, 1.5f);
    assertThat(Probe.of(q, x).inference()).containsExactly(0.25f, -0.9375f, 1.5f);
    Probe.of(q, x).hasGradient(_ -> 1);
  }

  @Test
  void theGradientIsThatOfTheScaledNumbers() {
    // B = 1: x / sum |x| steps of 1/8; the gradient of the sum of x0 / (x0 + x1) and x1 / (x0 + x1) is 0.
    AccumulatorBound q = new AccumulatorBound(FixedType.parse("fixed<6,3>"), INPUT, 6);
    Probe.of(q, Tensor.of(Shape.of(2, 1), 3f, 1f)).hasGradient(_ -> 0);
  }

  @Test
  void accumulatorsThatHoldNothingAreRefused() {
    assertThatThrownBy(() -> new AccumulatorBound(FixedType.parse("fixed<6,1>"), INPUT, 5))
        .hasMessage("accumulator bound: an accumulator of 5 bits holds no product with inputs of type "
            + "ufixed<4,0,rnd,sat>; it needs at least 6 bits");
    assertThatThrownBy(() -> new AccumulatorBound(FixedType.parse("fixed<6,1>"), INPUT, 1))
        .hasMessage("accumulator bound: accumulator bits must be 2 to 32, found 1");
    AccumulatorBound q = new AccumulatorBound(FixedType.parse("fixed<6,1>"), INPUT, 16);
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), Dense.of(2), QuantizerLayer.of(q)))
        .hasMessage("layer quantize: an accumulator bound is for kernels [...,channels], found 'output' of shape "
            + "[N,2]; use it with withKernelQuantizer");
  }
}
