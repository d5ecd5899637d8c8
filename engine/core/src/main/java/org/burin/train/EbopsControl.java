package org.burin.train;

import java.util.List;
import java.util.stream.IntStream;

/// How much a model's EBOPs ([org.burin.quant.Ebops]) weigh in the loss: `factor * EBOPs` is added to it. The factor
/// is an input of the training step, so that it may change from step to step.
public sealed interface EbopsControl {
  /// EBOPs are measured and written into the history, and do not weigh anything.
  static EbopsControl measureOnly() {
    return new Scheduled(List.of(0L), List.of(0.0));
  }

  /// Always the same factor, at least 0.
  static EbopsControl constant(double factor) {
    Ranges.notNegative("EBOPs control", "factor", factor);
    return new Scheduled(List.of(0L), List.of(factor));
  }

  /// Factors at steps; between two of them the logarithm of the factor is a straight line, behind the last one the
  /// factor stays.
  ///
  /// @param steps numbers of steps done, ascending, the first of them 0
  /// @param factors one for each, positive
  static EbopsControl piecewise(List<Long> steps, List<Double> factors) {
    boolean ascending = IntStream.range(1, steps.size()).allMatch(i -> steps.get(i) > steps.get(i - 1));
    if (steps.isEmpty() || steps.getFirst() != 0 || !ascending || steps.size() != factors.size()) {
      throw new IllegalArgumentException("EBOPs control: steps " + steps + " and factors " + factors
          + "; expected ascending steps from 0 on and a factor for each");
    }
    factors.forEach(f -> Ranges.positive("EBOPs control", "factor", f));
    return new Scheduled(List.copyOf(steps), List.copyOf(factors));
  }

  /// A controller that brings the EBOPs to this number, and keeps them there; see [Target].
  ///
  /// @param ebops positive
  static Target target(double ebops) {
    return new Target(ebops, 0, 1e-6, 1, 0.01);
  }

  /// Factors that only depend on the number of steps done.
  ///
  /// @param steps ascending from 0 on
  /// @param factors one for each
  record Scheduled(List<Long> steps, List<Double> factors) implements EbopsControl {}

  /// A proportional-integral controller of the logarithm of the factor: with the error `e = ln(EBOPs / set point)`
  /// measured in each step, `s = s + integral t e` and `ln factor = s + proportional e`, where s begins at
  /// `ln firstFactor` and stays between -46 and 7. The time t that a step takes is its learning rate over the largest
  /// one so far, since bits move no faster than that.
  ///
  /// The set point goes from the EBOPs of the first step to the target within the time `approach`, its logarithm in a
  /// straight line. So one training passes through all sizes of the model, and leaves a Pareto front
  /// ([Trainer#withParetoFront]).
  ///
  /// @param ebops the EBOPs at the end of the approach, positive
  /// @param approach the time until then: a number of steps, if the learning rate is constant; at least 0
  /// @param firstFactor the factor at first, positive
  /// @param proportional the gain of the error, at least 0
  /// @param integral the gain of the sum of errors, at least 0
  record Target(double ebops, double approach, double firstFactor, double proportional, double integral)
      implements EbopsControl {
    /// Checks the ranges.
    public Target {
      Ranges.positive("EBOPs control", "target", ebops);
      Ranges.notNegative("EBOPs control", "time of the approach", approach);
      Ranges.positive("EBOPs control", "first factor", firstFactor);
      Ranges.notNegative("EBOPs control", "proportional gain", proportional);
      Ranges.notNegative("EBOPs control", "integral gain", integral);
    }

    /// The same with a set point that takes so long.
    public Target withApproach(double time) {
      return new Target(ebops, time, firstFactor, proportional, integral);
    }

    /// The same with another factor to begin with.
    public Target withFirstFactor(double factor) {
      return new Target(ebops, approach, factor, proportional, integral);
    }

    /// The same with other gains.
    public Target withGains(double proportionalGain, double integralGain) {
      return new Target(ebops, approach, firstFactor, proportionalGain, integralGain);
    }
  }
}
