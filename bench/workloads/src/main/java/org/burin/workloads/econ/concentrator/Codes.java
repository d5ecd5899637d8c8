package org.burin.workloads.econ.concentrator;

import org.burin.workloads.econ.FloatCodec;

/// Charges as they come out of the chip's number formats.
final class Codes {
  private Codes() {}

  /// A charge after its way through 7 bits; none stays none.
  static float charge(double charge) {
    return through(FloatCodec.CHARGE_LOW_DENSITY, charge);
  }

  /// A sum after its way through 9 bits.
  static float sum(double sum) {
    return through(FloatCodec.SUM, sum);
  }

  private static float through(FloatCodec codec, double value) {
    return value > 0 ? codec.decode(codec.encode(Math.round(value))) : 0;
  }
}
