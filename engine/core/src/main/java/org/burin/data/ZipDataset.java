package org.burin.data;

import java.util.List;

/// The columns of several datasets of equal size side by side.
final class ZipDataset implements Dataset {
  private final List<Dataset> parts;
  private final List<Column> columns;

  ZipDataset(List<Dataset> parts) {
    this.parts = parts;
    this.columns = Columns.check(parts.stream().flatMap(p -> p.columns().stream()).toList());
    for (Dataset part : parts) {
      if (part.size() != parts.getFirst().size()) {
        throw new DataException("the dataset with " + part.columns() + " has " + part.size() + " samples, the one with "
            + parts.getFirst().columns() + " has " + parts.getFirst().size() + "; they must agree");
      }
    }
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public long size() {
    return parts.getFirst().size();
  }

  @Override
  public int blockSize() {
    return parts.stream().mapToInt(Dataset::blockSize).max().orElse(1);
  }

  @Override
  public Reader open() {
    float[][][] slots = new float[parts.size()][][];
    for (int p = 0; p < slots.length; p++) {
      slots[p] = new float[parts.get(p).columns().size()][];
    }
    return new ZipReader(Readers.open(parts), slots);
  }

  private static final class ZipReader implements Reader {
    private final Readers parts;
    private final float[][][] slots;

    ZipReader(Readers parts, float[][][] slots) {
      this.parts = parts;
      this.slots = slots;
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      spread(into);
      for (int p = 0; p < slots.length; p++) {
        parts.get(p).read(first, count, slots[p], row);
      }
    }

    @Override
    public void gather(int[] samples, int from, int count, float[][] into, int row) {
      spread(into);
      for (int p = 0; p < slots.length; p++) {
        parts.get(p).gather(samples, from, count, slots[p], row);
      }
    }

    private void spread(float[][] into) {
      int c = 0;
      for (float[][] slot : slots) {
        for (int i = 0; i < slot.length; i++) {
          slot[i] = into[c++];
        }
      }
    }

    @Override
    public void close() {
      parts.close();
    }
  }
}
