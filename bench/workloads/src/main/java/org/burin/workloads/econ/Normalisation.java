package org.burin.workloads.econ;

/// What the charges of an event are divided by before they are encoded. The sum travels beside the code, so that the scale
/// can be restored.
public enum Normalisation {
  /// The largest power of two that is not above the sum: the normalised sum lies in [1, 2). It is a shift in hardware, and
  /// the published choice.
  LOG2_SUM,
  /// The sum.
  SUM,
  /// The largest charge.
  MAX;

  /// The divisor of one event.
  ///
  /// @param charges 48 numbers per event, none negative
  /// @param from where the event starts
  /// @return 0 where all charges are 0
  public double divisor(float[] charges, int from) {
    double sum = 0;
    double max = 0;
    for (int i = from; i < from + Hgcal.CELLS; i++) {
      sum += charges[i];
      max = Math.max(max, charges[i]);
    }
    return switch (this) {
      case LOG2_SUM -> sum == 0 ? 0 : Math.scalb(1.0, Math.getExponent(sum));
      case SUM -> sum;
      case MAX -> max;
    };
  }

  /// Divides the charges of one event in place; an event without charge stays as it is.
  ///
  /// @return the divisor
  public double normalise(float[] charges, int from) {
    double divisor = divisor(charges, from);
    scale(charges, from, divisor == 0 ? 1 : 1 / divisor);
    return divisor;
  }

  /// Brings a decoded event to the scale of the event that was encoded, in place: it is normalised again by its own divisor,
  /// because decoders do not keep the sum.
  ///
  /// @param decoded 48 numbers per event, none negative
  /// @param divisor of the event that was encoded
  public void restore(float[] decoded, int from, double divisor) {
    double own = divisor(decoded, from);
    scale(decoded, from, own == 0 ? 1 : divisor / own);
  }

  private static void scale(float[] charges, int from, double factor) {
    for (int i = from; i < from + Hgcal.CELLS; i++) {
      charges[i] = (float) (charges[i] * factor);
    }
  }
}
