package org.burin.train;

import java.util.List;
import java.util.stream.IntStream;

/// The learning rate as a function of the number of steps done, computed in double, the same on every machine.
///
/// Any lambda will do. Formulas as in `keras.optimizers.schedules`.
@FunctionalInterface
public interface Schedule {
  /// The rate of a step.
  ///
  /// @param step the number of steps done before it, so 0 for the first
  double rate(long step);

  /// How the configuration in a checkpoint names this schedule.
  default String describe() {
    return "custom";
  }

  /// Always the same rate.
  static Schedule constant(double rate) {
    return new Schedules.Constant(positive("rate", rate));
  }

  /// `rate * factor^(step / steps)`.
  static Schedule exponential(double rate, double factor, long steps) {
    return new Schedules.Exponential(positive("rate", rate), positive("factor", factor), atLeastOne(steps));
  }

  /// `rate * factor^floor(step / steps)`: multiplied by `factor` after every `steps` steps.
  static Schedule step(double rate, double factor, long steps) {
    return new Schedules.Step(positive("rate", rate), positive("factor", factor), atLeastOne(steps));
  }

  /// A half cosine from `rate` to `floor * rate` over `steps` steps, then constant (Loshchilov and Hutter, "SGDR:
  /// Stochastic gradient descent with warm restarts", ICLR 2017, equation 5 without restarts).
  ///
  /// @param floor the final rate as a part of `rate`, from 0 to 1
  static Schedule cosine(double rate, double floor, long steps) {
    return new Schedules.Cosine(positive("rate", rate), part(floor), atLeastOne(steps));
  }

  /// [#cosine] over and over: a period is `stretch` times as long as the one before it, its first rate `decay` times as
  /// high (Loshchilov and Hutter, equation 5).
  ///
  /// @param floor the last rate of a period as a part of its first, from 0 to 1
  /// @param steps the length of the first period
  /// @param stretch at least 1
  static Schedule cosineRestarts(double rate, double floor, long steps, double stretch, double decay) {
    if (!(stretch >= 1)) {
      throw new IllegalArgumentException("schedule: the stretch is " + stretch + "; expected a number of at least 1");
    }
    return new Schedules.CosineRestarts(
        positive("rate", rate), part(floor), atLeastOne(steps), stretch, positive("decay", decay));
  }

  /// `rates[i]` for steps up to and including `boundaries[i]`, the last rate behind them.
  ///
  /// @param boundaries ascending, one fewer than the rates
  static Schedule piecewise(List<Long> boundaries, List<Double> rates) {
    boolean ascending = IntStream.range(1, boundaries.size()).allMatch(i -> boundaries.get(i) > boundaries.get(i - 1));
    if (rates.size() != boundaries.size() + 1 || !ascending) {
      throw new IllegalArgumentException("schedule: boundaries " + boundaries + " and rates " + rates
          + "; expected ascending boundaries and one rate more than boundaries");
    }
    rates.forEach(r -> positive("rate", r));
    return new Schedules.Piecewise(List.copyOf(boundaries), List.copyOf(rates));
  }

  /// A straight line that reaches this schedule's first rate in the last of `steps` steps, then this schedule from its
  /// start.
  default Schedule warmUp(long steps) {
    return new Schedules.WarmUp(this, atLeastOne(steps));
  }

  private static double positive(String what, double x) {
    if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("schedule: the " + what + " is " + x + "; expected a positive number");
    }
    return x;
  }

  private static double part(double x) {
    if (!(x >= 0 && x <= 1)) {
      throw new IllegalArgumentException("schedule: the floor is " + x + "; expected a number from 0 to 1");
    }
    return x;
  }

  private static long atLeastOne(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("schedule: " + steps + " steps; expected at least 1");
    }
    return steps;
  }
}
