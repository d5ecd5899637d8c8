package org.burin.data;

import java.util.List;
import java.util.Objects;

/// The neighbouring samples `from` to `to - 1` of another dataset.
record RangeDataset(Dataset base, long from, long to) implements Dataset {
  RangeDataset {
    Objects.checkFromToIndex(from, to, base.size());
  }

  @Override
  public List<Column> columns() {
    return base.columns();
  }

  @Override
  public long size() {
    return to - from;
  }

  @Override
  public int blockSize() {
    return base.blockSize();
  }

  @Override
  public Reader open() {
    return new RangeReader(base.open(), from);
  }

  private static final class RangeReader implements Reader {
    private final Reader base;
    private final long offset;
    private int[] shifted = {};

    RangeReader(Reader base, long offset) {
      this.base = base;
      this.offset = offset;
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      base.read(offset + first, count, into, row);
    }

    @Override
    public void gather(int[] samples, int from, int count, float[][] into, int row) {
      if (offset == 0) {
        base.gather(samples, from, count, into, row);
      } else if (offset > Integer.MAX_VALUE) {
        Reader.super.gather(samples, from, count, into, row);
      } else {
        shifted = shifted.length < count ? new int[count] : shifted;
        for (int i = 0; i < count; i++) {
          shifted[i] = samples[from + i] + (int) offset;
        }
        base.gather(shifted, 0, count, into, row);
      }
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
