package org.burin.train;

import java.util.List;

/// The formulas behind the factories of [Schedule]. A record's text is its description.
final class Schedules {
  private Schedules() {}

  record Constant(double rate) implements Schedule {
    @Override
    public double rate(long step) {
      return rate;
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record Exponential(double rate, double factor, long steps) implements Schedule {
    @Override
    public double rate(long step) {
      return rate * StepMath.power(factor, step, steps);
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record Step(double rate, double factor, long steps) implements Schedule {
    @Override
    public double rate(long step) {
      return rate * StepMath.power(factor, step / steps);
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record Cosine(double rate, double floor, long steps) implements Schedule {
    @Override
    public double rate(long step) {
      return rate * halfCosine(floor, (double) Math.min(step, steps) / steps);
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record CosineRestarts(double rate, double floor, long steps, double stretch, double decay) implements Schedule {
    @Override
    public double rate(long step) {
      double length = steps;
      double peak = rate;
      double position = step;
      while (position >= length) {
        position -= length;
        length *= stretch;
        peak *= decay;
      }
      return peak * halfCosine(floor, position / length);
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record Piecewise(List<Long> boundaries, List<Double> rates) implements Schedule {
    @Override
    public double rate(long step) {
      int i = 0;
      while (i < boundaries.size() && step > boundaries.get(i)) {
        i++;
      }
      return rates.get(i);
    }

    @Override
    public String describe() {
      return toString();
    }
  }

  record WarmUp(Schedule then, long steps) implements Schedule {
    @Override
    public double rate(long step) {
      return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
    }

    @Override
    public String describe() {
      return "WarmUp[then=" + then.describe() + ", steps=" + steps + "]";
    }
  }

  /// 1 at the start of a period, `floor` at its end.
  private static double halfCosine(double floor, double position) {
    return floor + (1 - floor) * 0.5 * (1 + StepMath.cosineOfHalfTurns(position));
  }
}
