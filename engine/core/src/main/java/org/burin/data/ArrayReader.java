package org.burin.data;

/// Reads samples from one array per column.
final class ArrayReader implements Dataset.Reader {
  private final float[][] data;
  private final int[] sizes;

  /// Reads from `data`, of which every column has `sizes[c]` numbers per sample.
  ArrayReader(float[][] data, int[] sizes) {
    this.data = data;
    this.sizes = sizes;
  }

  @Override
  public void read(long first, int count, float[][] into, int row) {
    for (int c = 0; c < data.length; c++) {
      int k = sizes[c];
      System.arraycopy(data[c], (int) first * k, into[c], row * k, count * k);
    }
  }

  @Override
  public void gather(int[] samples, int from, int count, float[][] into, int row) {
    for (int c = 0; c < data.length; c++) {
      float[] source = data[c];
      float[] target = into[c];
      int k = sizes[c];
      if (k == 1) {
        for (int i = 0; i < count; i++) {
          target[row + i] = source[samples[from + i]];
        }
      } else {
        for (int i = 0; i < count; i++) {
          System.arraycopy(source, samples[from + i] * k, target, (row + i) * k, k);
        }
      }
    }
  }
}
