package org.burin.data;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A number of samples, each with the same named [Column]s of float32 numbers.
///
/// A dataset is immutable and may be shared by threads; what has a position is a [Reader] or a [Batches], one per
/// thread. It lives in memory ([#builder], [#of]) or in files of any size ([CsvFile#stream], [Npy#stream]); the methods
/// that choose, join or change samples are views that copy nothing.
///
/// Training reads it so, with no allocation per batch:
/// ```java
/// try (Batches batches = dataset.batches(BatchOptions.of(1024).shuffle(seed))) {
///   float[][] into = batches.newBuffers();      // one array per column, in the order of columns()
///   for (long epoch = 0; epoch < epochs; epoch++) {
///     batches.seek(epoch, 0);
///     for (int n = batches.next(into); n > 0; n = batches.next(into)) {
///       step(into, n);
///     }
///   }
/// }
/// ```
public interface Dataset {
  /// The columns, in the order in which buffers are passed.
  List<Column> columns();

  /// The number of samples.
  long size();

  /// How many neighbouring samples are best read together: 1 where every sample is as near as any other, which is where
  /// a dataset has at most `Integer.MAX_VALUE` samples; more for files.
  int blockSize();

  /// A new reader, at work until it is closed.
  ///
  /// @throws DataException when a file cannot be opened
  Reader open();

  /// Copies samples out of a dataset. Not thread-safe.
  interface Reader extends Closeable {
    /// Copies `count` neighbouring samples.
    ///
    /// @param first the first sample
    /// @param count how many samples
    /// @param into one array per column, row-major with the sample axis first
    /// @param row the sample position in `into` of the first sample copied
    /// @throws DataException when the file behind the samples cannot be read or has a bad cell
    void read(long first, int count, float[][] into, int row);

    /// Copies the samples `samples[from]` to `samples[from + count - 1]`, in this order.
    ///
    /// @throws DataException when the file behind the samples cannot be read or has a bad cell
    default void gather(int[] samples, int from, int count, float[][] into, int row) {
      for (int i = 0; i < count; ) {
        int first = samples[from + i];
        int run = 1;
        while (i + run < count && samples[from + i + run] == first + run) {
          run++;
        }
        read(first, run, into, row + i);
        i += run;
      }
    }

    @Override
    default void close() {}
  }

  /// A builder of a dataset in memory.
  static DatasetBuilder builder() {
    return new DatasetBuilder();
  }

  /// The dataset in memory with one input `x` and one target `y`; see [DatasetBuilder].
  static Dataset of(Tensor x, Tensor y) {
    return builder().input("x", x).target("y", y).build();
  }

  /// The samples of several datasets one after the other.
  ///
  /// @throws DataException when the columns differ
  static Dataset concat(Dataset... parts) {
    return new ConcatDataset(List.of(parts));
  }

  /// The samples of several datasets of equal size side by side: sample i has the columns of every sample i.
  ///
  /// @throws DataException when the sizes differ or two columns have the same role and name
  static Dataset zip(Dataset... parts) {
    return new ZipDataset(List.of(parts));
  }

  /// The position in [#columns] of the column with this role and name, or -1.
  default int indexOf(Role role, String name) {
    List<Column> columns = columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).role() == role && columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// The column with this role and name.
  ///
  /// @throws DataException when there is none
  default Column column(Role role, String name) {
    return columns().get(Columns.require(this, role, name));
  }

  /// Every number of one column: `[size, ...]`. The numbers themselves, not a copy, where the dataset is in memory.
  ///
  /// @throws DataException when there is no such column, or it does not fit into one array
  default Tensor tensor(Role role, String name) {
    int index = Columns.require(this, role, name);
    return Columns.load(this).get(index);
  }

  /// This dataset in memory: itself if it is there already.
  ///
  /// @throws DataException when a column does not fit into one array, or a file cannot be read
  default Dataset load() {
    List<Column> columns = columns();
    return new TensorDataset(columns, Columns.load(this));
  }

  /// Mini-batches of this dataset, at the start of epoch 0.
  ///
  /// @throws DataException when there is no batch: no sample, or fewer than a batch and the last one is dropped
  default Batches batches(BatchOptions options) {
    return new Batches(this, options);
  }

  /// The first `count` samples, or all if there are fewer.
  default Dataset take(long count) {
    return range(0, Math.min(count, size()));
  }

  /// All but the first `count` samples.
  default Dataset skip(long count) {
    return range(Math.min(count, size()), size());
  }

  /// The samples `from` to `to - 1`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not inside the dataset
  default Dataset range(long from, long to) {
    return new RangeDataset(this, from, to);
  }

  /// These samples in this order; a sample may occur more than once.
  ///
  /// @throws IndexOutOfBoundsException when there is no such sample
  default Dataset subset(int... samples) {
    return new SubsetDataset(this, samples);
  }

  /// Parts the dataset into training data and the last samples for validation, as Keras does: the first
  /// `floor(size * (1 - fraction))` samples are for training. Nothing is shuffled, so sort order in the file matters;
  /// see [#split(double, long)].
  ///
  /// @param fraction the validation part, between 0 and 1
  /// @throws DataException when one part would be empty
  default Split split(double fraction) {
    long train = Columns.trainingSize(size(), fraction);
    return new Split(take(train), skip(train));
  }

  /// Parts the dataset into training data and samples for validation that the seed chooses. Both parts keep the order
  /// of the dataset, so that a file is still read forwards.
  ///
  /// @param fraction the validation part, between 0 and 1
  /// @throws DataException when one part would be empty, or the dataset has more than `Integer.MAX_VALUE` samples
  default Split split(double fraction, long seed) {
    int train = Math.toIntExact(Columns.trainingSize(Columns.intSize(this), fraction));
    int[] order = Permutation.of(Columns.intSize(this), seed);
    return new Split(Columns.sorted(this, order, 0, train), Columns.sorted(this, order, train, order.length));
  }

  /// This dataset with one column changed sample by sample, each time that it is read.
  ///
  /// @param result the shape of a changed sample
  /// @throws DataException when there is no such column
  default Dataset map(Role role, String name, Shape result, SampleMap map) {
    return new MappedDataset(this, Columns.require(this, role, name), result, map);
  }

  /// This dataset with the samples of one column in another shape of as many numbers.
  ///
  /// @throws DataException when there is no such column
  /// @throws IllegalArgumentException when the element counts differ
  default Dataset reshape(Role role, String name, Shape to) {
    int index = Columns.require(this, role, name);
    Column from = columns().get(index);
    if (from.shape().size() != to.size()) {
      throw new IllegalArgumentException(from + " has " + from.shape().size() + " numbers per sample, the shape " + to
          + " has " + to.size());
    }
    List<Column> columns = new ArrayList<>(columns());
    columns.set(index, from.withShape(to));
    return new RenamedDataset(this, List.copyOf(columns));
  }

  /// A dataset in two parts.
  ///
  /// @param train what to fit
  /// @param validation what to measure
  record Split(Dataset train, Dataset validation) {}
}
