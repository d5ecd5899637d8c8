package org.burin.data;

import java.util.List;
import org.burin.data.Column.Role;
import org.burin.tensor.Tensor;

/// Samples in memory, one tensor per column.
final class TensorDataset implements Dataset {
  private final List<Column> columns;
  private final List<Tensor> tensors;
  private final int size;

  TensorDataset(List<Column> columns, List<Tensor> tensors) {
    this.columns = List.copyOf(columns);
    this.tensors = List.copyOf(tensors);
    this.size = tensors.getFirst().shape().dim(0);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public Tensor tensor(Role role, String name) {
    return tensors.get(Columns.require(this, role, name));
  }

  @Override
  public Dataset load() {
    return this;
  }

  @Override
  public Reader open() {
    return new ArrayReader(tensors.stream().map(Tensor::data).toArray(float[][]::new), Columns.sizes(columns));
  }
}
