package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LabelNetworkTest {
  /// Logits ln 1, ln 2 and ln 5 whatever the input, through two layers with a unit that ReLU switches off.
  private final LabelNetwork network = new LabelNetwork(
      new double[][][] {{{0, -1}}, {{1, 1, 1}, {1, 2, 3}}},
      new double[][] {{1, 0}, {-1, StrictMath.log(2) - 1, StrictMath.log(5) - 1}});

  @Test
  void weightsAreProportionalToTheSoftmaxOfTheLogits() {
    double[] weights = network.classWeights(new double[] {7});
    assertThat(weights[2]).isEqualTo(1.0);
    assertThat(weights[0]).isCloseTo(0.2, within(1e-12));
    assertThat(weights[1]).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void aUniformNumberPicksTheClassWhoseShareOfTheIntervalItIsIn() {
    assertThat(network.draw(new double[] {7}, 0)).isEqualTo(0);
    assertThat(network.draw(new double[] {7}, 0.124)).isEqualTo(0);
    assertThat(network.draw(new double[] {7}, 0.126)).isEqualTo(1);
    assertThat(network.draw(new double[] {7}, 0.374)).isEqualTo(1);
    assertThat(network.draw(new double[] {7}, 0.376)).isEqualTo(2);
    assertThat(network.draw(new double[] {7}, Math.nextDown(1.0))).isEqualTo(2);
  }

  @Test
  void reluPassesWhatIsPositive() {
    // The second hidden unit, 3, adds 3, 6 and 9 to the logits.
    double[] weights = network.classWeights(new double[] {-3});
    assertThat(weights[0]).isCloseTo(StrictMath.exp(-6) / 5, within(1e-12));
  }
}
