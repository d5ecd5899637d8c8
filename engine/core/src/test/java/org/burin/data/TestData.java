package org.burin.data;

import java.util.ArrayList;
import java.util.List;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Datasets whose samples tell their position.
final class TestData {
  private TestData() {}

  /// Input `x` of sample i is (i, i + 0.5), target `y` is -i.
  static Dataset numbered(int size) {
    float[] x = new float[2 * size];
    float[] y = new float[size];
    for (int i = 0; i < size; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = i + 0.5f;
      y[i] = -i;
    }
    return Dataset.of(Tensor.of(Shape.of(size, 2), x), Tensor.of(Shape.of(size), y));
  }

  /// The same dataset, pretending to be a file that is read in blocks.
  static Dataset blocked(Dataset data, int blockSize) {
    return new Blocked(data, blockSize);
  }

  /// The positions of the samples of what is left of an epoch, from their targets; checks that inputs go with them.
  static List<Integer> positions(Batches batches) {
    List<Integer> positions = new ArrayList<>();
    float[][] into = batches.newBuffers();
    for (int n = batches.next(into); n > 0; n = batches.next(into)) {
      for (int i = 0; i < n; i++) {
        int position = (int) -into[1][i];
        if (into[0][2 * i] != position || into[0][2 * i + 1] != position + 0.5f) {
          throw new AssertionError("input " + into[0][2 * i] + " came with target " + into[1][i]);
        }
        positions.add(position);
      }
    }
    return positions;
  }

  private record Blocked(Dataset base, int blockSize) implements Dataset {
    @Override
    public List<Column> columns() {
      return base.columns();
    }

    @Override
    public long size() {
      return base.size();
    }

    @Override
    public Reader open() {
      Reader reader = base.open();
      return new Reader() {
        @Override
        public void read(long first, int count, float[][] into, int row) {
          reader.read(first, count, into, row);
        }
      };
    }
  }
}
