package org.burin.workloads.econ;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.burin.data.DataException;
import org.burin.tensor.CounterRandom;

/// The charges of the 48 trigger cells of a number of modules, each read out once, and what else is known of them.
///
/// Charges are in counts, 35 of which are one minimum ionizing particle.
public final class Events {
  /// The name of the number that is the same for all modules of one collision.
  public static final String ENTRY = "entry";

  private static final int STREAM = 0x65766E74;

  private final float[] charges;
  private final Map<String, float[]> extra;
  private final int dropped;

  /// Modules and what is known of them. Charges and numbers are kept, not copied.
  ///
  /// @param charges 48 numbers per module, in the order of [Hgcal]
  /// @param extra further numbers, one per module, by name
  /// @param dropped how many modules without any charge were left out
  public Events(float[] charges, Map<String, float[]> extra, int dropped) {
    int size = charges.length / Hgcal.CELLS;
    if (size * Hgcal.CELLS != charges.length || extra.values().stream().anyMatch(e -> e.length != size)) {
      throw new IllegalArgumentException(charges.length + " charges and further numbers "
          + extra.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().length).toList()
          + "; expected 48 charges for each module and one of the others");
    }
    this.charges = charges;
    this.extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    this.dropped = dropped;
  }

  /// Modules of which nothing else is known, none left out.
  public Events(float[] charges) {
    this(charges, Map.of(), 0);
  }

  /// The charges themselves, not a copy: 48 numbers per module, in the order of [Hgcal].
  public float[] charges() {
    return charges;
  }

  /// Further numbers, one per module, by name.
  public Map<String, float[]> extra() {
    return extra;
  }

  /// How many modules without any charge were left out.
  public int dropped() {
    return dropped;
  }

  /// The number of modules.
  public int size() {
    return charges.length / Hgcal.CELLS;
  }

  /// The sum of the charges of a module, in counts.
  public double total(int module) {
    double sum = 0;
    for (int i = module * Hgcal.CELLS; i < (module + 1) * Hgcal.CELLS; i++) {
      sum += charges[i];
    }
    return sum;
  }

  /// The number of cells of a module with more than `threshold` counts: 35 for those above one minimum ionizing particle, 0
  /// for all that are not suppressed.
  public int occupancy(int module, double threshold) {
    int cells = 0;
    for (int i = module * Hgcal.CELLS; i < (module + 1) * Hgcal.CELLS; i++) {
      cells += charges[i] > threshold ? 1 : 0;
    }
    return cells;
  }

  /// The modules for which a condition on their number holds, in the same order.
  public Events where(IntPredicate keep) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (keep.test(i)) {
        kept.add(i);
      }
    }
    int[] modules = kept.stream().mapToInt(Integer::intValue).toArray();
    float[] some = new float[modules.length * Hgcal.CELLS];
    Map<String, float[]> others = new LinkedHashMap<>();
    extra.forEach((name, numbers) -> others.put(name, new float[modules.length]));
    for (int i = 0; i < modules.length; i++) {
      System.arraycopy(charges, modules[i] * Hgcal.CELLS, some, i * Hgcal.CELLS, Hgcal.CELLS);
      int at = i;
      others.forEach((name, numbers) -> numbers[at] = Objects.requireNonNull(extra.get(name))[modules[at]]);
    }
    return new Events(some, others, dropped);
  }

  /// The modules `from` to `to - 1`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not inside
  public Events range(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    return where(i -> i >= from && i < to);
  }

  /// The modules that lie within limits.
  public Events select(EventCuts cuts) {
    return where(i -> cuts.keeps(this, i));
  }

  /// Parts the modules so that all modules of one collision ([#ENTRY], where it is known) are on the same side.
  ///
  /// @param fraction about which part of the collisions is for validation, between 0 and 1
  /// @param seed chooses them
  /// @throws DataException when one part would be empty
  public Split split(double fraction, long seed) {
    float[] entries = Objects.requireNonNullElseGet(extra.get(ENTRY), () -> numbers(size()));
    TreeSet<Float> collisions = new TreeSet<>();
    for (float e : entries) {
      collisions.add(e);
    }
    int wanted = (int) Math.round(collisions.size() * fraction);
    if (wanted < 1 || wanted >= collisions.size()) {
      throw new DataException("a part of " + fraction + " of " + collisions.size()
          + " collisions leaves one side without any; expected at least one on either side");
    }
    List<Float> order = new ArrayList<>(collisions);
    long base = CounterRandom.base(seed, 0, STREAM);
    for (int i = 0; i < wanted; i++) {
      int other = i + (int) ((double) CounterRandom.uniform(base, i) * (order.size() - i));
      Collections.swap(order, i, other);
    }
    TreeSet<Float> held = new TreeSet<>(order.subList(0, wanted));
    return new Split(where(i -> !held.contains(entries[i])), where(i -> held.contains(entries[i])));
  }

  private static float[] numbers(int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /// Events in two parts.
  ///
  /// @param train to fit
  /// @param validation to measure
  public record Split(Events train, Events validation) {}
}
