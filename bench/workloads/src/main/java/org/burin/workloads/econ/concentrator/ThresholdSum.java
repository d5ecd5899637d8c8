package org.burin.workloads.econ.concentrator;

import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Hgcal;

/// Sends every cell that is not below a threshold: a map of 48 bits, and 7 bits for each of these cells. The size of what
/// it sends varies.
///
/// @param threshold in counts
public record ThresholdSum(int threshold) implements Concentrator {
  /// 1.35 times the charge of a minimum ionizing particle.
  public static final int DEFAULT_THRESHOLD = 47;

  @Override
  public String name() {
    return "threshold sum";
  }

  @Override
  public int bits(float[] charges, int from) {
    int bits = Hgcal.CELLS;
    for (int c = 0; c < Hgcal.CELLS; c++) {
      bits += charges[from + c] >= threshold ? FloatCodec.CHARGE_LOW_DENSITY.bits() : 0;
    }
    return bits;
  }

  @Override
  public void restore(float[] charges, int from, float[] restored, int to) {
    for (int c = 0; c < Hgcal.CELLS; c++) {
      float q = charges[from + c];
      restored[to + c] = q >= threshold ? Codes.charge(q) : 0;
    }
  }
}
