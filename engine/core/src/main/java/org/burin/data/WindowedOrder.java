package org.burin.data;

/// Blocks of samples in a random order, shuffled within a window that holds some of them in memory.
final class WindowedOrder implements SampleOrder {
  private final Dataset.Reader reader;
  private final long seed;
  private final long size;
  private final int blockSize;
  private final int blocksPerWindow;
  private final int[] blocks;
  private final int[] slots;
  private final float[][] held;
  private final Dataset.Reader heldReader;
  private long epoch = -1;
  private int window = -1;
  private int windowSize;
  private int position;

  WindowedOrder(Dataset data, Dataset.Reader reader, int windowSamples, long seed) {
    this.reader = reader;
    this.seed = seed;
    this.size = data.size();
    this.blockSize = data.blockSize();
    this.blocks = new int[Math.toIntExact((size - 1) / blockSize + 1)];
    this.blocksPerWindow = size <= windowSamples ? blocks.length : Math.max(1, windowSamples / blockSize);
    this.slots = new int[Math.toIntExact(Math.min(size, (long) blocksPerWindow * blockSize))];
    int[] sizes = Columns.sizes(data.columns());
    this.held = new float[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      if ((long) slots.length * sizes[c] > Integer.MAX_VALUE - 8) {
        throw new DataException("a shuffle window of " + slots.length + " samples of " + data.columns().get(c)
            + " does not fit into one array; choose a smaller window");
      }
      held[c] = new float[slots.length * sizes[c]];
    }
    this.heldReader = new ArrayReader(held, sizes);
  }

  @Override
  public void seek(long toEpoch, long toPosition) {
    if (toEpoch != epoch) {
      epoch = toEpoch;
      orderBlocks();
      window = fits() ? window : -1;
      if (window == 0) {
        orderSlots();
      }
    }
    long start = 0;
    int w = 0;
    while (start + sizeOf(w) < Math.min(toPosition, size)) {
      start += sizeOf(w++);
    }
    if (toPosition < size) {
      enter(w);
    }
    position = (int) (toPosition - start);
  }

  @Override
  public void next(int count, float[][] into) {
    for (int done = 0; done < count; ) {
      if (position == windowSize) {
        enter(window + 1);
        position = 0;
      }
      int n = Math.min(count - done, windowSize - position);
      heldReader.gather(slots, position, n, into, done);
      position += n;
      done += n;
    }
  }

  private boolean fits() {
    return blocksPerWindow == blocks.length;
  }

  private void orderBlocks() {
    if (fits()) {
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = b;
      }
    } else {
      Permutation.fill(blocks, blocks.length, seed, epoch, 0);
    }
  }

  /// A dataset that fits into the window is shuffled like one in memory, whose samples have the key part 0.
  private void orderSlots() {
    Permutation.fill(slots, windowSize, seed, epoch, fits() ? 0 : window + 1L);
  }

  private void enter(int w) {
    if (w == window) {
      return;
    }
    window = -1; // until it is filled: reading may fail
    int filled = 0;
    for (int b = w * blocksPerWindow; b < Math.min((w + 1) * blocksPerWindow, blocks.length); b++) {
      int count = samplesOf(blocks[b]);
      reader.read((long) blocks[b] * blockSize, count, held, filled);
      filled += count;
    }
    windowSize = filled;
    window = w;
    orderSlots();
  }

  private long sizeOf(int w) {
    long samples = 0;
    for (int b = w * blocksPerWindow; b < Math.min((w + 1) * blocksPerWindow, blocks.length); b++) {
      samples += samplesOf(blocks[b]);
    }
    return samples;
  }

  private int samplesOf(int block) {
    return (int) Math.min(blockSize, size - (long) block * blockSize);
  }
}
