package org.burin.data;

import java.io.Closeable;
import java.util.List;

/// The mini-batches of a [Dataset], epoch after epoch. Not thread-safe.
///
/// The order of the samples in an epoch is a pure function of (dataset, [BatchOptions], epoch): [#seek] to an epoch and
/// a batch is all that it takes to resume. Without a seed it is the order of the dataset. With a seed ([Permutation]):
///
/// - A dataset in memory, and one that fits into the window: a random permutation of all samples, key (seed, epoch, 0).
/// - A larger dataset: it is cut into blocks of [Dataset#blockSize] samples, the blocks are put in a random order, key
///   (seed, epoch, 0), and as many of them as fit into the window (at least one) are held in memory at a time. The
///   samples of window w = 0, 1, ... come in a random order, key (seed, epoch, w + 1). So samples mix within a window,
///   and a larger window mixes better; it takes 4 bytes for every number in it.
///
/// Reading a batch of a dataset in memory allocates nothing.
public final class Batches implements Closeable {
  private final Dataset data;
  private final BatchOptions options;
  private final Dataset.Reader reader;
  private final int[] sizes;
  private final long perEpoch;
  private final SampleOrder order;
  private long epoch;
  private long batch;

  Batches(Dataset data, BatchOptions options) {
    long size = data.size();
    int batchSize = options.batchSize();
    if (size == 0) {
      throw new DataException("the dataset with " + data.columns() + " has no samples; there is nothing to read");
    }
    this.perEpoch = options.dropLast() ? size / batchSize : (size - 1) / batchSize + 1;
    if (perEpoch == 0) {
      throw new DataException("the dataset has " + size + " samples, fewer than the batch size " + batchSize
          + ", and the last, smaller batch is to be dropped; choose a smaller batch size");
    }
    this.data = data;
    this.options = options;
    this.sizes = Columns.sizes(data.columns());
    this.reader = data.open();
    this.order = SampleOrder.of(data, options, reader);
    order.seek(0, 0);
  }

  /// The columns, in the order in which [#next] expects buffers.
  public List<Column> columns() {
    return data.columns();
  }

  /// The number of samples of every batch but perhaps the last.
  public int batchSize() {
    return options.batchSize();
  }

  /// The number of batches of an epoch.
  public long batchesPerEpoch() {
    return perEpoch;
  }

  /// The epoch that the next batch belongs to.
  public long epoch() {
    return epoch;
  }

  /// The number of the next batch in its epoch, from 0.
  public long batch() {
    return batch;
  }

  /// New arrays for [#next]: for each column a batch of zeros.
  public float[][] newBuffers() {
    float[][] buffers = new float[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      buffers[c] = new float[Math.multiplyExact(sizes[c], options.batchSize())];
    }
    return buffers;
  }

  /// Makes a batch of an epoch the next one.
  ///
  /// @param toBatch 0 for the start of the epoch, up to [#batchesPerEpoch] for its end
  /// @throws IllegalArgumentException when there is no such batch
  public void seek(long toEpoch, long toBatch) {
    if (toEpoch < 0 || toBatch < 0 || toBatch > perEpoch) {
      throw new IllegalArgumentException("no batch " + toBatch + " of epoch " + toEpoch + ": an epoch has " + perEpoch);
    }
    epoch = toEpoch;
    batch = toBatch;
    order.seek(epoch, batch * options.batchSize());
  }

  /// Copies the next batch of the epoch.
  ///
  /// @param into one array per column, of at least batch size times numbers per sample: row-major, the sample axis
  ///     first. Behind a smaller last batch the arrays keep what they held
  /// @return the number of samples copied; 0 at the end of the epoch, until [#seek] goes elsewhere
  /// @throws IllegalArgumentException when the arrays are too few or too short
  /// @throws DataException when the file behind the dataset cannot be read or has a bad cell
  public int next(float[][] into) {
    check(into);
    if (batch == perEpoch) {
      return 0;
    }
    int count = (int) Math.min(options.batchSize(), data.size() - batch * options.batchSize());
    order.next(count, into);
    batch++;
    return count;
  }

  private void check(float[][] into) {
    if (into.length != sizes.length) {
      throw new IllegalArgumentException(
          into.length + " arrays for the " + sizes.length + " columns " + data.columns() + "; expected one each");
    }
    for (int c = 0; c < sizes.length; c++) {
      long needed = (long) sizes[c] * options.batchSize();
      if (into[c].length < needed) {
        throw new IllegalArgumentException("the array for " + data.columns().get(c) + " has " + into[c].length
            + " places; a batch of " + options.batchSize() + " needs " + needed);
      }
    }
  }

  /// Closes the files behind the dataset, if any.
  @Override
  public void close() {
    reader.close();
  }
}
