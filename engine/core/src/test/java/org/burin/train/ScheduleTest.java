package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void constant() {
    assertThat(rates(Schedule.constant(0.1), 0, 1, 1_000_000)).containsExactly(0.1, 0.1, 0.1);
  }

  @Test
  void exponentialAndStep() {
    assertThat(rates(Schedule.exponential(1, 0.25, 10), 0, 5, 10, 20)).containsExactly(1, 0.5, 0.25, 0.0625);
    assertThat(rates(Schedule.step(1, 0.25, 10), 0, 5, 9, 10, 20)).containsExactly(1, 1, 1, 0.25, 0.0625);
  }

  @Test
  void cosineEndsAtItsFloor() {
    assertThat(rates(Schedule.cosine(2, 0.1, 100), 0, 100, 1000)).containsExactly(2, 0.2, 0.2);
    assertThat(Schedule.cosine(2, 0.1, 100).rate(50)).isCloseTo(1.1, within(1e-15));
  }

  @Test
  void restartsAreLongerAndLower() {
    Schedule s = Schedule.cosineRestarts(1, 0, 10, 2, 0.5);
    assertThat(rates(s, 0, 10, 30, 70)).containsExactly(1, 0.5, 0.25, 0.125);
    assertThat(s.rate(20)).isCloseTo(0.25, within(1e-15));
    assertThat(s.rate(9)).isLessThan(0.03);
  }

  @Test
  void piecewiseBoundariesBelongToTheRateBeforeThem() {
    Schedule s = Schedule.piecewise(List.of(10L, 20L), List.of(3.0, 2.0, 1.0));
    assertThat(rates(s, 0, 10, 11, 20, 21, 99)).containsExactly(3, 3, 2, 2, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.piecewise(List.of(20L, 10L), List.of(3.0, 2.0, 1.0)))
        .withMessage("schedule: boundaries [20, 10] and rates [3.0, 2.0, 1.0]; expected ascending boundaries and one "
            + "rate more than boundaries");
  }

  @Test
  void warmUpReachesTheFirstRateAndThenStartsTheSchedule() {
    Schedule s = Schedule.step(1, 0.5, 10).warmUp(4);
    assertThat(rates(s, 0, 1, 2, 3, 4, 13, 14)).containsExactly(0.25, 0.5, 0.75, 1, 1, 1, 0.5);
    assertThat(s.describe()).isEqualTo("WarmUp[then=Step[rate=1.0, factor=0.5, steps=10], steps=4]");
  }

  @Test
  void rangesAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.constant(0))
        .withMessage("schedule: the rate is 0.0; expected a positive number");
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.step(1, 0.5, 0))
        .withMessage("schedule: 0 steps; expected at least 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.cosine(1, 2, 5))
        .withMessage("schedule: the floor is 2.0; expected a number from 0 to 1");
  }

  private static double[] rates(Schedule schedule, long... steps) {
    return LongStream.of(steps).mapToDouble(schedule::rate).toArray();
  }
}
