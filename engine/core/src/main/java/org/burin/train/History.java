package org.burin.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What training reported, epoch by epoch.
///
/// @param epochs the epochs that were completed, in order
/// @param end why training ended
/// @param bestEpoch the number of the epoch with the best monitored value, or 0 when there was none
public record History(List<Epoch> epochs, End end, int bestEpoch) {
  /// Copies the list.
  public History {
    epochs = List.copyOf(epochs);
  }

  /// Why training ended.
  public enum End {
    /// All epochs were done.
    COMPLETED,
    /// The monitored value had not become better for too long.
    STOPPED_EARLY,
    /// Somebody asked for it; training can be resumed.
    STOPPED,
    /// Training goes on.
    RUNNING
  }

  /// The numbers of one epoch.
  ///
  /// @param number from 1
  /// @param values by name, in order: `loss`, metrics, the same for the validation data as `val_...`, `learning_rate`
  public record Epoch(int number, Map<String, Double> values) {
    /// Copies the map.
    public Epoch {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// One value of every epoch; NaN where an epoch does not have it.
  public List<Double> values(String name) {
    return epochs.stream().map(e -> e.values().getOrDefault(name, Double.NaN)).toList();
  }

  /// The numbers of the last epoch; empty before the first has ended.
  public Map<String, Double> last() {
    return epochs.isEmpty() ? Map.of() : epochs.getLast().values();
  }

  /// As JSON: `epoch` and every name with an array of one number per epoch (null for NaN and infinities), `end`,
  /// `best_epoch`.
  public String toJson() {
    StringBuilder s = new StringBuilder("{\n  \"epoch\": ").append(epochs.stream().map(Epoch::number).toList());
    for (String name : names()) {
      List<String> numbers = new ArrayList<>();
      for (double v : values(name)) {
        numbers.add(Double.isFinite(v) ? Double.toString(v) : "null");
      }
      s.append(",\n  \"").append(escape(name)).append("\": ").append(numbers);
    }
    return s.append(",\n  \"end\": \"").append(end.name().toLowerCase(Locale.ROOT))
        .append("\",\n  \"best_epoch\": ").append(bestEpoch).append("\n}\n").toString();
  }

  /// As CSV: a header `epoch,...`, then a row per epoch; an empty cell where an epoch does not have a value.
  public String toCsv() {
    Set<String> names = names();
    StringBuilder s = new StringBuilder("epoch");
    names.forEach(n -> s.append(',').append(n.matches("[\\w/-]+") ? n : '"' + n.replace("\"", "\"\"") + '"'));
    for (Epoch e : epochs) {
      s.append('\n').append(e.number());
      names.forEach(n -> s.append(',').append(e.values().containsKey(n) ? Double.toString(e.values().get(n)) : ""));
    }
    return s.append('\n').toString();
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(e -> names.addAll(e.values().keySet()));
    return names;
  }

  private static String escape(String s) {
    return s.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
