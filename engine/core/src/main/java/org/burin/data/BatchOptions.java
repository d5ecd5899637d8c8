package org.burin.data;

import java.util.OptionalLong;

/// How [Dataset#batches] cuts a dataset into mini-batches.
///
/// @param batchSize the number of samples of a batch
/// @param dropLast whether a last batch smaller than the others is left out
/// @param seed the seed of the shuffling, or empty for the order of the dataset
/// @param window the number of samples that a shuffled file holds in memory at a time; see [Batches]
public record BatchOptions(int batchSize, boolean dropLast, OptionalLong seed, int window) {
  /// The window when none is asked for, in samples.
  public static final int DEFAULT_WINDOW = 65_536;

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException when the batch size or the window is less than 1
  public BatchOptions {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize + " must be at least 1");
    }
    if (window < 1) {
      throw new IllegalArgumentException("shuffle window " + window + " must be at least 1");
    }
  }

  /// Batches of this size in the order of the dataset, the last one smaller if need be.
  public static BatchOptions of(int batchSize) {
    return new BatchOptions(batchSize, false, OptionalLong.empty(), DEFAULT_WINDOW);
  }

  /// The same, but shuffled anew in every epoch.
  public BatchOptions shuffle(long newSeed) {
    return new BatchOptions(batchSize, dropLast, OptionalLong.of(newSeed), window);
  }

  /// The same, but without a last batch that is smaller than the others.
  public BatchOptions dropLastBatch() {
    return new BatchOptions(batchSize, true, seed, window);
  }

  /// The same, but holding this many samples of a shuffled file in memory at a time.
  public BatchOptions shuffleWindow(int samples) {
    return new BatchOptions(batchSize, dropLast, seed, samples);
  }
}
