package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.quant.LearnedBits;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class EbopsControlTest {
  @Test
  void factorsBetweenStepsLieOnAStraightLineOfLogarithms() {
    EbopsFactor f = new EbopsFactor(EbopsControl.piecewise(List.of(0L, 10L, 30L), List.of(1e-6, 1e-4, 1e-3)));
    assertThat(f.factor(0)).isCloseTo(1e-6, within(1e-18));
    assertThat(f.factor(5)).isCloseTo(1e-5, within(1e-17));
    assertThat(f.factor(10)).isCloseTo(1e-4, within(1e-16));
    assertThat(f.factor(20)).isCloseTo(1e-4 * StrictMath.sqrt(10), within(1e-15));
    assertThat(f.factor(30)).isEqualTo(1e-3);
    assertThat(f.factor(99)).isEqualTo(1e-3);
    assertThat(new EbopsFactor(EbopsControl.constant(0.5)).factor(7)).isEqualTo(0.5);
    assertThat(new EbopsFactor(EbopsControl.measureOnly()).factor(7)).isZero();
  }

  @Test
  void theControllerIsTheFormula() {
    EbopsFactor f = new EbopsFactor(EbopsControl.target(100).withApproach(4).withFirstFactor(1e-3).withGains(2, 0.5));
    assertThat(f.factor(0)).isCloseTo(1e-3, within(1e-15));
    // The set point is a quarter of the way from 1600 to 100, in logarithms: 800.
    f.observe(0.1, 1600);
    assertThat(f.factor(1)).isCloseTo(1e-3 * Math.scalb(StrictMath.sqrt(2), 2), within(1e-12));
    // Half the rate takes half the time: the set point is 800 / sqrt(2), the error half a bit.
    f.observe(0.05, 800);
    assertThat(f.factor(2)).isCloseTo(1e-3 * StrictMath.pow(2, 0.5 + 0.125 + 1), within(1e-12));
    EbopsFactor copy = new EbopsFactor(EbopsControl.target(100).withApproach(4).withGains(2, 0.5));
    copy.restore(f.state());
    copy.observe(0.1, 500);
    f.observe(0.1, 500);
    assertThat(copy.factor(3)).isEqualTo(f.factor(3));
  }

  @Test
  void aModelWithoutBitsDoesNotMakeTheFactorInfinite() {
    EbopsFactor f = new EbopsFactor(EbopsControl.target(10));
    for (int i = 0; i < 10_000; i++) {
      f.observe(1, 0);
    }
    assertThat(f.factor(0)).isBetween(1e-23, 1e-18);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> EbopsControl.target(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EBOPs control: the target is 0.0; expected a positive number");
    assertThatThrownBy(() -> EbopsControl.constant(-1))
        .hasMessage("EBOPs control: the factor is -1.0; expected a number of at least 0");
    assertThatThrownBy(() -> EbopsControl.piecewise(List.of(5L), List.of(1.0)))
        .hasMessage("EBOPs control: steps [5] and factors [1.0]; expected ascending steps from 0 on and a factor for "
            + "each");
  }

  @Test
  void theTargetIsReached() {
    Model model = TestModels.learned(4);
    History history = TestModels.trainer(model).withEpochs(60).withBatchSize(64).withSeed(2)
        .withEbops(EbopsControl.target(300).withApproach(600).withGains(1, 0.05))
        .fit(TestModels.quadrants(1000, 3));
    List<Double> ebops = history.values("ebops");
    assertThat(ebops.getFirst()).isGreaterThan(900);
    assertThat(ebops.getLast()).isBetween(240.0, 340.0);
    assertThat(history.last().get("accuracy")).isGreaterThan(0.9);
    assertThat(history.last()).containsKeys("ebops", "ebops_factor");
  }

  @Test
  void theBudgetIsKept() {
    Model model = TestModels.learned(4);
    History history = TestModels.trainer(model).withEpochs(60).withBatchSize(64).withSeed(2)
        .withConstraint(Constraint.ebopsAtMost(300))
        .fit(TestModels.quadrants(1000, 3));
    assertThat(history.last().get("ebops")).isBetween(200.0, 305.0);
    assertThat(history.last().get("accuracy")).isGreaterThan(0.9);
    assertThat(history.last()).doesNotContainKey("ebops_factor");
  }

  @Test
  void aBudgetThatIsMetCostsNothing() {
    History free = TestModels.trainer(TestModels.learned(4)).withEbops(EbopsControl.measureOnly()).withEpochs(2)
        .fit(TestModels.quadrants(200, 3));
    History kept = TestModels.trainer(TestModels.learned(4)).withConstraint(Constraint.ebopsAtMost(1e6)).withEpochs(2)
        .fit(TestModels.quadrants(200, 3));
    assertThat(kept.values("loss")).isEqualTo(free.values("loss"));
    assertThat(kept.values("ebops")).isEqualTo(free.values("ebops"));
  }

  @Test
  void sparsityIsKeptToo() {
    Model model = Model.sequential("m", 4, Shape.of(4),
        Dense.of(16, Activation.RELU).withKernelQuantizer(LearnedBits.weights().withBits(1, 3)),
        Dense.of(4).withKernelQuantizer(LearnedBits.weights().withBits(1, 3)));
    TestModels.trainer(model).withEpochs(80).withBatchSize(64).withSeed(2)
        .withConstraint(Constraint.sparsityAtLeast(0.6)).fit(TestModels.quadrants(1000, 3));
    assertThat(TestModels.sparsity(model)).isBetween(0.58, 0.75);
  }

  @Test
  void aModelOfUnknownBitsIsRefused() {
    assertThatThrownBy(() -> TestModels.trainer(TestModels.classifier(1)).withEbops(EbopsControl.constant(1))
        .fit(TestModels.quadrants(100, 1))).isInstanceOf(TrainingException.class)
        .hasMessage("the EBOPs of model 'quadrants' are not known: it has no matrix product or convolution of quantized "
            + "data; quantize the inputs of its layers, or train without EBOPs");
    assertThatThrownBy(() -> TestModels.trainer(TestModels.classifier(1))
        .withConstraint(Constraint.sparsityAtLeast(0.5)).withConstraint(Constraint.sparsityAtLeast(0.6)))
        .hasMessage("trainer: there are two constraints on sparsity; keep the stricter one");
  }
}
