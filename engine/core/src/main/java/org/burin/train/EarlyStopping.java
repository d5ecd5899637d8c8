package org.burin.train;

/// Ends training when the monitored value has not become better for some epochs; as Keras' callback of that name.
///
/// @param patience training ends after this many epochs in a row without an improvement, at least 1
/// @param minDelta a change counts as an improvement when it is larger than this, at least 0
/// @param restoreBest whether the model gets back the weights of the best epoch when training ends
public record EarlyStopping(int patience, double minDelta, boolean restoreBest) {
  /// Checks the ranges.
  public EarlyStopping {
    Ranges.atLeast(1, "early stopping", "patience", patience);
    Ranges.notNegative("early stopping", "min delta", minDelta);
  }

  /// Any improvement counts, and the best weights are restored.
  public static EarlyStopping of(int patience) {
    return new EarlyStopping(patience, 0, true);
  }

  /// The same with a least improvement.
  public EarlyStopping withMinDelta(double delta) {
    return new EarlyStopping(patience, delta, restoreBest);
  }

  /// The same, but the model keeps its last weights.
  public EarlyStopping keepingLast() {
    return new EarlyStopping(patience, minDelta, false);
  }
}
