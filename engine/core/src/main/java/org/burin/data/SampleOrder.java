package org.burin.data;

/// Copies the samples of an epoch in the order that [Batches] documents.
sealed interface SampleOrder permits SampleOrder.Plain, SampleOrder.Permuted, WindowedOrder {
  /// Goes to a position of an epoch, from 0 to the number of samples.
  void seek(long epoch, long position);

  /// Copies the next `count` samples of the epoch, which has as many left.
  void next(int count, float[][] into);

  static SampleOrder of(Dataset data, BatchOptions options, Dataset.Reader reader) {
    if (options.seed().isEmpty()) {
      return new Plain(reader);
    }
    long seed = options.seed().getAsLong();
    if (data.blockSize() == 1) {
      return new Permuted(reader, Columns.intSize(data), seed);
    }
    return new WindowedOrder(data, reader, options.window(), seed);
  }

  /// The order of the dataset.
  final class Plain implements SampleOrder {
    private final Dataset.Reader reader;
    private long position;

    Plain(Dataset.Reader reader) {
      this.reader = reader;
    }

    @Override
    public void seek(long epoch, long toPosition) {
      position = toPosition;
    }

    @Override
    public void next(int count, float[][] into) {
      reader.read(position, count, into, 0);
      position += count;
    }
  }

  /// A permutation of all samples, each read where it is.
  final class Permuted implements SampleOrder {
    private final Dataset.Reader reader;
    private final long seed;
    private final int[] order;
    private long orderEpoch = -1;
    private int position;

    Permuted(Dataset.Reader reader, int size, long seed) {
      this.reader = reader;
      this.seed = seed;
      this.order = new int[size];
    }

    @Override
    public void seek(long epoch, long toPosition) {
      if (epoch != orderEpoch) {
        Permutation.fill(order, order.length, seed, epoch, 0);
        orderEpoch = epoch;
      }
      position = (int) Math.min(toPosition, order.length);
    }

    @Override
    public void next(int count, float[][] into) {
      reader.gather(order, position, count, into, 0);
      position += count;
    }
  }
}
