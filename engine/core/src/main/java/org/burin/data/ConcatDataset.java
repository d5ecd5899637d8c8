package org.burin.data;

import java.util.List;

/// The samples of several datasets one after the other.
final class ConcatDataset implements Dataset {
  private final List<Dataset> parts;
  private final long[] starts;

  ConcatDataset(List<Dataset> parts) {
    if (parts.isEmpty()) {
      throw new DataException("concat needs at least one dataset");
    }
    this.parts = parts;
    this.starts = new long[parts.size() + 1];
    List<Column> columns = parts.getFirst().columns();
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).columns().equals(columns)) {
        throw new DataException("part " + (i + 1) + " of the datasets to join has the columns " + parts.get(i).columns()
            + ", part 1 has " + columns + "; they must agree in role, name, shape and classes");
      }
      starts[i + 1] = starts[i] + parts.get(i).size();
    }
  }

  @Override
  public List<Column> columns() {
    return parts.getFirst().columns();
  }

  @Override
  public long size() {
    return starts[parts.size()];
  }

  @Override
  public int blockSize() {
    return parts.stream().mapToInt(Dataset::blockSize).max().orElse(1);
  }

  @Override
  public Reader open() {
    return new ConcatReader(Readers.open(parts), starts);
  }

  private static final class ConcatReader implements Reader {
    private final Readers parts;
    private final long[] starts;

    ConcatReader(Readers parts, long[] starts) {
      this.parts = parts;
      this.starts = starts;
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      int part = 0;
      for (int done = 0; done < count; part++) {
        long at = first + done;
        if (at < starts[part + 1]) {
          int n = (int) Math.min(count - done, starts[part + 1] - at);
          parts.get(part).read(at - starts[part], n, into, row + done);
          done += n;
        }
      }
    }

    @Override
    public void close() {
      parts.close();
    }
  }
}
