package org.burin.data;

import java.util.List;

/// The same numbers under other columns of the same sizes.
record RenamedDataset(Dataset base, List<Column> columns) implements Dataset {
  @Override
  public long size() {
    return base.size();
  }

  @Override
  public int blockSize() {
    return base.blockSize();
  }

  @Override
  public Reader open() {
    return base.open();
  }
}
