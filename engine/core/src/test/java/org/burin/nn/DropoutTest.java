package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static DoubleTensor key(long seed, long step) {
    float[] key = new float[4];
    CounterRandom.writeKey(seed, step, key, 0);
    return DoubleTensor.of(Tensor.vector(key));
  }

  private static double[] dropped(Model m, long step) {
    DoubleTensor x = DoubleTensor.generate(Shape.of(100, 10), _ -> 1);
    return Runs.train(m, Map.of("x", x, Net.RANDOM_KEY, key(3, step))).output("y").data();
  }

  private static long count(double[] numbers, double wanted) {
    return Arrays.stream(numbers).filter(v -> v == wanted).count();
  }

  @Test
  void dropsAndScalesWhileTraining() {
    double[] y = dropped(Model.sequential("m", 1, Shape.of(10), Dropout.of(0.25f)), 1);

    assertThat(y).containsOnly(0, 1 / 0.75f);
    // 1000 draws of probability 1/4: the mean is 250, the standard deviation 14.
    assertThat(count(y, 0)).isBetween(190L, 310L);
  }

  @Test
  void everyStepAndEveryLayerDropsOtherNumbers() {
    Dropout shared = Dropout.of(0.5f);
    Model once = Model.sequential("m", 1, Shape.of(10), shared);
    Model twice = Model.sequential("m", 1, Shape.of(10), shared, shared);

    assertThat(dropped(once, 1)).isEqualTo(dropped(once, 1)).isNotEqualTo(dropped(once, 2));
    assertThat(dropped(twice, 1)).containsOnly(0, 4);
    assertThat(count(dropped(twice, 1), 4)).isBetween(180L, 320L);
  }

  @Test
  void theGraphToUseHasNoneOfIt() {
    Model m = Model.sequential("m", 1, Shape.of(10), Dense.of(3), Dropout.of(0.5f), Dense.of(1));

    assertThat(m.inference().inputs()).hasSize(1);
    assertThat(m.training().inputs()).hasSize(2);
    assertThat(m.summary()).isEqualTo("""
        model "m"
        Layer    Output  Parameters  MACs/sample
        ----------------------------------------
        input x  [N,10]           0            0
        dense    [N,3]           33           30
        dropout  [N,3]            0            0
        dense_1  [N,1]            4            3
        ----------------------------------------
        total                    37           33
        37 trainable, 0 not trainable
        """);
  }

  @Test
  void aRateOutsideItsRangeIsAnError() {
    assertThatThrownBy(() -> Dropout.of(1f)).hasMessage("Dropout: rate must lie in [0,1), found 1.0");
    assertThatThrownBy(() -> Dropout.of(Float.NaN)).hasMessage("Dropout: rate must lie in [0,1), found NaN");
  }
}
