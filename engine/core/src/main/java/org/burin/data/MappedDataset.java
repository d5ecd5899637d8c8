package org.burin.data;

import java.util.ArrayList;
import java.util.List;
import org.burin.tensor.Shape;

/// Another dataset with one column changed sample by sample.
final class MappedDataset implements Dataset {
  private final Dataset base;
  private final int changed;
  private final SampleMap map;
  private final List<Column> columns;

  MappedDataset(Dataset base, int changed, Shape result, SampleMap map) {
    this.base = base;
    this.changed = changed;
    this.map = map;
    List<Column> list = new ArrayList<>(base.columns());
    list.set(changed, list.get(changed).withShape(result));
    this.columns = List.copyOf(list);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

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
    return new MappedReader(this);
  }

  private static final class MappedReader implements Reader {
    private final Reader base;
    private final SampleMap map;
    private final int changed;
    private final int before;
    private final int after;
    private final float[][] raw;

    MappedReader(MappedDataset data) {
      this.base = data.base.open();
      this.map = data.map;
      this.changed = data.changed;
      this.before = data.base.columns().get(changed).shape().size();
      this.after = data.columns.get(changed).shape().size();
      this.raw = new float[data.columns.size()][];
      this.raw[changed] = new float[0];
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      prepare(into, row + count);
      base.read(first, count, raw, row);
      apply(into[changed], row, count);
    }

    @Override
    public void gather(int[] samples, int from, int count, float[][] into, int row) {
      prepare(into, row + count);
      base.gather(samples, from, count, raw, row);
      apply(into[changed], row, count);
    }

    private void prepare(float[][] into, int rows) {
      float[] own = raw[changed];
      System.arraycopy(into, 0, raw, 0, raw.length);
      raw[changed] = own.length < rows * before ? new float[rows * before] : own;
    }

    private void apply(float[] into, int row, int count) {
      for (int i = row; i < row + count; i++) {
        map.apply(raw[changed], i * before, into, i * after);
      }
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
