package org.burin.train;

/// Lowers the learning rate when the monitored value has not become better for some epochs; as Keras'
/// `ReduceLROnPlateau`, but as a factor on whatever the schedule gives.
///
/// @param factor what the rate is multiplied with, between 0 and 1
/// @param patience how many epochs in a row without an improvement, at least 1
/// @param minDelta a change counts as an improvement when it is larger than this, at least 0
/// @param cooldown how many epochs are not counted after a reduction, at least 0
/// @param least the product of all reductions does not become smaller than this, from 0 to 1
public record ReduceOnPlateau(double factor, int patience, double minDelta, int cooldown, double least) {
  /// Checks the ranges.
  public ReduceOnPlateau {
    Ranges.positive("plateau", "factor", factor);
    Ranges.fraction("plateau", "factor", factor);
    Ranges.atLeast(1, "plateau", "patience", patience);
    Ranges.notNegative("plateau", "min delta", minDelta);
    Ranges.atLeast(0, "plateau", "cooldown", cooldown);
    Ranges.notNegative("plateau", "least factor", least);
  }

  /// Keras' defaults: a tenth, an improvement of more than 0.0001, no cooldown, no limit.
  public static ReduceOnPlateau of(int patience) {
    return new ReduceOnPlateau(0.1, patience, 1e-4, 0, 0);
  }

  /// The same with another factor.
  public ReduceOnPlateau withFactor(double f) {
    return new ReduceOnPlateau(f, patience, minDelta, cooldown, least);
  }

  /// The same with another least improvement.
  public ReduceOnPlateau withMinDelta(double delta) {
    return new ReduceOnPlateau(factor, patience, delta, cooldown, least);
  }

  /// The same with epochs that are not counted after a reduction.
  public ReduceOnPlateau withCooldown(int epochs) {
    return new ReduceOnPlateau(factor, patience, minDelta, epochs, least);
  }

  /// The same with a limit to the product of all reductions.
  public ReduceOnPlateau withLeast(double product) {
    return new ReduceOnPlateau(factor, patience, minDelta, cooldown, product);
  }
}
