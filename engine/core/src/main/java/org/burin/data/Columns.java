package org.burin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.burin.data.Column.Role;
import org.burin.tensor.Tensor;

/// What the datasets of this package share.
final class Columns {
  private static final int CHUNK = 8192;

  private Columns() {}

  /// The numbers per sample of every column.
  static int[] sizes(List<Column> columns) {
    return columns.stream().mapToInt(c -> c.shape().size()).toArray();
  }

  /// Refuses columns of which two have the same role and name, and weights of targets that do not exist.
  static List<Column> check(List<Column> columns) {
    if (columns.isEmpty()) {
      throw new DataException("a dataset needs at least one column");
    }
    Set<String> seen = new HashSet<>();
    for (Column c : columns) {
      if (!seen.add(c.role() + " " + c.name())) {
        throw new DataException("two columns are called '" + c.name() + "' among " + columns + "; rename one");
      }
    }
    for (Column c : columns) {
      if (c.role() == Role.WEIGHT
          && !c.name().equals(Column.EVERY_TARGET)
          && !seen.contains(Role.TARGET + " " + c.name())) {
        throw new DataException("the weight column '" + c.name() + "' belongs to no target among " + columns
            + "; name a target, or '" + Column.EVERY_TARGET + "' for all");
      }
    }
    return List.copyOf(columns);
  }

  static int require(Dataset data, Role role, String name) {
    int index = data.indexOf(role, name);
    if (index < 0) {
      throw new DataException("the dataset has no " + role.name().toLowerCase(Locale.ROOT) + " '" + name
          + "'; it has " + data.columns().stream().map(Column::toString).collect(Collectors.joining(", ")));
    }
    return index;
  }

  /// Every column in memory.
  static List<Tensor> load(Dataset data) {
    List<Column> columns = data.columns();
    int samples = intSize(data);
    float[][] into = new float[columns.size()][];
    List<Tensor> tensors = new ArrayList<>();
    for (int c = 0; c < into.length; c++) {
      Column column = columns.get(c);
      if ((long) samples * column.shape().size() > Integer.MAX_VALUE - 8) {
        throw new DataException(
            column + " of " + samples + " samples does not fit into one array; stream it, or take fewer");
      }
      into[c] = new float[samples * column.shape().size()];
      tensors.add(Tensor.of(column.batchShape(samples), into[c]));
    }
    try (Dataset.Reader reader = data.open()) {
      for (int first = 0; first < samples; first += CHUNK) {
        reader.read(first, Math.min(CHUNK, samples - first), into, first);
      }
    }
    return tensors;
  }

  static int intSize(Dataset data) {
    if (data.size() > Integer.MAX_VALUE - 8) {
      throw new DataException("the dataset has " + data.size() + " samples, too many for this; take fewer first");
    }
    return (int) data.size();
  }

  static long trainingSize(long size, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new DataException("the validation fraction is " + fraction + "; expected a number between 0 and 1");
    }
    long train = (long) Math.floor(size * (1 - fraction));
    if (train == 0 || train == size) {
      throw new DataException("a validation fraction of " + fraction + " of " + size + " samples leaves " + train
          + " for training and " + (size - train) + " for validation; both need at least one");
    }
    return train;
  }

  static Dataset sorted(Dataset data, int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return data.subset(part);
  }
}
