package org.burin.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.burin.fixed.FixedType;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.QuantizerLayer;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class FootprintTest {
  @Test
  void countsBitsAndZerosOfTheWeightsToUse() {
    Model m = Model.sequential("m", 1, Shape.of(2),
        QuantizerLayer.of(Quantizers.fixed(FixedType.parse("ufixed<4,2,rnd,sat>"))),
        Dense.of(2).withKernelQuantizer(LearnedBits.weights().withBits(1, 2)));
    // On a grid of 1/4: 0.75, 0, 1.25, 0.
    System.arraycopy(new float[] {0.8f, 0.1f, 1.3f, -0.1f}, 0, m.parameters().get("dense/kernel").data(), 0, 4);
    Footprint f = Footprint.of(m);
    assertThat(f).isEqualTo(new Footprint(4 * 2 + 4 * 3, 5 / 4.0, 0.5));
  }

  @Test
  void theFixedGraphNeverNeedsMoreThanTheDeclaredBits() {
    LearnedBits weights = LearnedBits.weights().withBits(1, 4);
    LearnedBits data = LearnedBits.activations().withBits(1, 3);
    Model one = Model.sequential("m", 1, Shape.of(4), QuantizerLayer.of(data),
        Dense.of(8).withKernelQuantizer(weights).withBiasQuantizer(weights));
    assertThat((double) one.quantizationReport().ebops()).isEqualTo(Footprint.of(one).ebops()).isPositive();
    Model two = Model.sequential("m", 1, Shape.of(4), QuantizerLayer.of(data),
        Dense.of(8, Activation.RELU).withKernelQuantizer(weights).withBiasQuantizer(weights),
        QuantizerLayer.of(data.unsigned()), Dense.of(3).withKernelQuantizer(weights).withBiasQuantizer(weights));
    assertThat((double) two.quantizationReport().ebops())
        .isBetween(Footprint.of(two).ebops() * 0.8, Footprint.of(two).ebops());
  }

  @Test
  void aModelInFloatingPointHasNoKnownEbops() {
    Model m = Model.sequential("m", 1, Shape.of(3), Dense.of(2));
    assertThat(Footprint.of(m).ebops()).isNaN();
    assertThat(Footprint.of(m).sparsity()).isCloseTo(0, within(0.0));
    assertThat(Footprint.of(Model.sequential("m", 1, Shape.of(3), Activation.RELU)).weightBits()).isNaN();
  }
}
