package org.burin.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The class names of a column of labels and their indices.
final class CsvLabels {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  private final boolean open;
  private final List<String> names;
  private final Map<String, Integer> indices = new HashMap<>();

  private CsvLabels(boolean open, List<String> names) {
    this.open = open;
    this.names = new ArrayList<>(names);
    for (int i = 0; i < names.size(); i++) {
      indices.put(names.get(i), i);
    }
  }

  /// These names and no other. For a column of numbers there are none.
  static CsvLabels fixed(List<String> names) {
    return new CsvLabels(false, names);
  }

  /// Whatever names come.
  static CsvLabels found() {
    return new CsvLabels(true, List.of());
  }

  /// The index of a name, or -1 if it is not one of the classes.
  int indexOf(String name) {
    Integer index = indices.get(name);
    if (index == null && open) {
      index = names.size();
      names.add(name);
      indices.put(name, index);
    }
    return index == null ? -1 : index;
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /// The names that came, and no other, in their lasting order.
  CsvLabels sorted() {
    if (!open) {
      return this;
    }
    Comparator<String> order = Comparator.naturalOrder();
    if (names.stream().allMatch(n -> INTEGER.matcher(n).matches())) {
      order = Comparator.<String>comparingLong(Long::parseLong).thenComparing(order);
    }
    return fixed(names.stream().sorted(order).toList());
  }
}
