package org.burin.codegen.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The scale of one direction of a chart: round numbers from below the smallest to above the largest value.
///
/// @param low the first mark
/// @param step the distance of marks: 1, 2 or 5 times a power of ten
/// @param marks how many there are
record Axis(double low, double step, int marks) {
  private static final int MOST_STEPS = 6;

  /// The axis for values from `min` to `max`.
  ///
  /// @throws IllegalArgumentException when one of them is not finite, or `max` is below `min`
  static Axis of(double min, double max) {
    if (!(Double.isFinite(min) && Double.isFinite(max) && min <= max)) {
      throw new IllegalArgumentException("expected a finite range of values, found " + min + " to " + max);
    }
    double top = max > min ? max : min + (min == 0 ? 1 : Math.abs(min) * 0.1);
    double step = roundUp((top - min) / MOST_STEPS);
    double low = Math.floor(min / step) * step;
    int marks = (int) Math.ceil((top - low) / step - 1e-9) + 1;
    return new Axis(low, step, marks);
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below `x`.
  private static double roundUp(double x) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(x)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= x * (1 - 1e-9)) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  double high() {
    return low + step * (marks - 1);
  }

  /// Where a value lies: 0 at the first mark, 1 at the last.
  double place(double value) {
    return (value - low) / (high() - low);
  }

  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < marks; i++) {
      values.add(low + step * i);
    }
    return values;
  }

  /// A mark in as few digits as tell it from its neighbours.
  String label(double value) {
    int decimals = (int) Math.max(0, -Math.floor(StrictMath.log10(step) + 1e-9));
    if (decimals > 6 || Math.abs(high()) >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String s = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return s.matches("-0(\\.0*)?") ? s.substring(1) : s;
  }
}
