package org.burin.workloads.econ.concentrator;

import java.util.Random;

/// Charges of all sizes.
final class Samples {
  private Samples() {}

  /// A module's charges: each of up to as many bits as drawn for the module, some zero.
  static int[] charges(Random random) {
    int[] charges = new int[48];
    int bits = 1 + random.nextInt(Converter.CHARGE_BITS);
    for (int c = 0; c < 48; c++) {
      charges[c] = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << random.nextInt(1, bits + 1));
    }
    return charges;
  }
}
