package org.burin.data;

import java.util.List;
import java.util.Objects;

/// Chosen samples of another dataset.
final class SubsetDataset implements Dataset {
  private final Dataset base;
  private final int[] samples;

  SubsetDataset(Dataset base, int[] samples) {
    this.base = base;
    this.samples = samples.clone();
    for (int sample : samples) {
      Objects.checkIndex(sample, base.size());
    }
  }

  @Override
  public List<Column> columns() {
    return base.columns();
  }

  @Override
  public long size() {
    return samples.length;
  }

  @Override
  public int blockSize() {
    return base.blockSize();
  }

  @Override
  public Reader open() {
    return new SubsetReader(base.open(), samples);
  }

  private static final class SubsetReader implements Reader {
    private final Reader base;
    private final int[] samples;
    private int[] chosen = {};

    SubsetReader(Reader base, int[] samples) {
      this.base = base;
      this.samples = samples;
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      base.gather(samples, (int) first, count, into, row);
    }

    @Override
    public void gather(int[] positions, int from, int count, float[][] into, int row) {
      chosen = chosen.length < count ? new int[count] : chosen;
      for (int i = 0; i < count; i++) {
        chosen[i] = samples[positions[from + i]];
      }
      base.gather(chosen, 0, count, into, row);
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
