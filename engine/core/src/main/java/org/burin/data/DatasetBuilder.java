package org.burin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Makes a dataset of tensors in memory: for each the sample axis is the first. The numbers are not copied.
public final class DatasetBuilder {
  private final List<Column> columns = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();

  DatasetBuilder() {}

  /// Adds an input of shape `[N, ...]`.
  public DatasetBuilder input(String name, Tensor values) {
    return add(Role.INPUT, name, values, List.of());
  }

  /// Adds a target of shape `[N, ...]`.
  public DatasetBuilder target(String name, Tensor values) {
    return add(Role.TARGET, name, values, List.of());
  }

  /// Adds a target of class indices, shape `[N]`.
  public DatasetBuilder labels(String name, Tensor values, List<String> classes) {
    return add(Role.TARGET, name, values, classes);
  }

  /// Adds a factor per sample for the loss of every target, shape `[N]`.
  public DatasetBuilder weight(Tensor values) {
    return weight(Column.EVERY_TARGET, values);
  }

  /// Adds a factor per sample for the loss of one target, shape `[N]`.
  public DatasetBuilder weight(String target, Tensor values) {
    return add(Role.WEIGHT, target, values, List.of());
  }

  private DatasetBuilder add(Role role, String name, Tensor values, List<String> classes) {
    int[] dims = values.shape().dims();
    if (dims.length == 0) {
      throw new DataException("'" + name + "' is a single number; expected a tensor with the sample axis first");
    }
    columns.add(new Column(role, name, Shape.of(Arrays.copyOfRange(dims, 1, dims.length)), classes));
    tensors.add(values);
    return this;
  }

  /// The dataset.
  ///
  /// @throws DataException when the tensors differ in their number of samples, or two columns of a role in their name
  public Dataset build() {
    Columns.check(columns);
    int samples = tensors.getFirst().shape().dim(0);
    for (int i = 1; i < tensors.size(); i++) {
      int found = tensors.get(i).shape().dim(0);
      if (found != samples) {
        throw new DataException(columns.get(i) + " has " + found + " samples, " + columns.getFirst() + " has " + samples
            + "; every tensor needs the same first extent");
      }
    }
    return new TensorDataset(columns, tensors);
  }
}
