package org.burin.train;

import java.util.List;
import org.burin.train.EbopsControl.Scheduled;
import org.burin.train.EbopsControl.Target;

/// An [EbopsControl] while training goes on: its state and the factor of the next step.
final class EbopsFactor {
  private static final double LEAST = -46;
  private static final double MOST = 7;

  private final EbopsControl control;
  /// The EBOPs of the first step; negative before it.
  private double first = -1;
  private double largestRate;
  /// How far the approach is, in steps of the largest rate.
  private double progress;
  private double sum;
  private double error;

  EbopsFactor(EbopsControl control) {
    this.control = control;
    this.sum = control instanceof Target t ? StrictMath.log(t.firstFactor()) : 0;
  }

  /// The factor of the step that follows `done` steps.
  double factor(long done) {
    return switch (control) {
      case Scheduled s -> scheduled(s, done);
      case Target t -> StrictMath.exp(sum + t.proportional() * error);
    };
  }

  private static double scheduled(Scheduled s, long done) {
    List<Long> steps = s.steps();
    List<Double> factors = s.factors();
    int last = 0;
    while (last + 1 < steps.size() && steps.get(last + 1) <= done) {
      last++;
    }
    if (last + 1 == steps.size()) {
      return factors.get(last);
    }
    double part = (double) (done - steps.get(last)) / (steps.get(last + 1) - steps.get(last));
    double from = StrictMath.log(factors.get(last));
    return StrictMath.exp(from + part * (StrictMath.log(factors.get(last + 1)) - from));
  }

  /// Takes note of the EBOPs that the model had in a step.
  ///
  /// @param rate the learning rate of the step
  void observe(double rate, double ebops) {
    if (control instanceof Target t) {
      // A model may have lost all its bits.
      double measured = Math.max(1, ebops);
      if (first < 0) {
        first = measured;
      }
      largestRate = Math.max(largestRate, rate);
      double time = rate / largestRate;
      progress += time;
      double part = t.approach() == 0 ? 1 : Math.min(1, progress / t.approach());
      double from = StrictMath.log(first);
      error = StrictMath.log(measured) - (from + part * (StrictMath.log(t.ebops()) - from));
      sum = Math.clamp(sum + t.integral() * time * error, LEAST, MOST);
    }
  }

  /// Everything that changes, for a checkpoint.
  double[] state() {
    return new double[] {first, largestRate, progress, sum, error};
  }

  /// Takes over what [#state] gave.
  ///
  /// @throws IllegalArgumentException when it has another length
  void restore(double[] state) {
    if (state.length != 5) {
      throw new IllegalArgumentException("the entry 'ebops' has " + state.length + " numbers; expected 5");
    }
    first = state[0];
    largestRate = state[1];
    progress = state[2];
    sum = state[3];
    error = state[4];
  }
}
