package org.burin.workloads.econ.concentrator;

import java.util.List;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.Hgcal;

/// A classical algorithm of the concentrator: what it sends of a module's charges, and what can be restored of them.
public sealed interface Concentrator permits BestChoice, SuperTriggerCells, ThresholdSum {
  /// What it is called in tables, such as `best choice 9`.
  String name();

  /// The number of bits that it sends for a module, without the header.
  ///
  /// @param charges 48 numbers per module
  /// @param from where the module starts
  int bits(float[] charges, int from);

  /// Sends a module and restores it.
  ///
  /// @param charges 48 numbers per module, in counts
  /// @param from where the module starts
  /// @param restored receives 48 numbers, in counts
  /// @param to where they start
  void restore(float[] charges, int from, float[] restored, int to);

  /// What all modules become: 48 numbers per module, in counts.
  default float[] restored(Events events) {
    float[] restored = new float[events.charges().length];
    for (int i = 0; i < restored.length; i += Hgcal.CELLS) {
      restore(events.charges(), i, restored, i);
    }
    return restored;
  }

  /// The mean number of bits for a module.
  default double meanBits(Events events) {
    double sum = 0;
    for (int i = 0; i < events.charges().length; i += Hgcal.CELLS) {
      sum += bits(events.charges(), i);
    }
    return sum / events.size();
  }

  /// The algorithms in the variants of the chip, in the order of tables.
  static List<Concentrator> all() {
    return List.of(
        new ThresholdSum(ThresholdSum.DEFAULT_THRESHOLD),
        new SuperTriggerCells(2, SuperTriggerCells.Placement.LARGEST),
        new SuperTriggerCells(2, SuperTriggerCells.Placement.UNIFORM),
        new SuperTriggerCells(4, SuperTriggerCells.Placement.LARGEST),
        new SuperTriggerCells(4, SuperTriggerCells.Placement.UNIFORM),
        new BestChoice(4), new BestChoice(6), new BestChoice(9), new BestChoice(14));
  }
}
