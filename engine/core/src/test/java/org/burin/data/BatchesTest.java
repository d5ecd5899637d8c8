package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  @Test
  void withoutASeedTheOrderIsThatOfTheDataset() {
    Batches batches = TestData.numbered(10).batches(BatchOptions.of(4));
    assertThat(batches.batchesPerEpoch()).isEqualTo(3);
    assertThat(TestData.positions(batches)).isEqualTo(TEN);
  }

  @Test
  void theLastBatchIsSmallerOrDropped() {
    assertThat(counts(BatchOptions.of(4))).containsExactly(4, 4, 2);
    assertThat(counts(BatchOptions.of(4).dropLastBatch())).containsExactly(4, 4);
    assertThat(counts(BatchOptions.of(5))).containsExactly(5, 5);
    assertThat(counts(BatchOptions.of(50))).containsExactly(10);
  }

  @Test
  void aSeedGivesOneOrderForEver() {
    assertThat(epoch(TestData.numbered(10), BatchOptions.of(4).shuffle(1), 0))
        .containsExactly(7, 3, 2, 6, 4, 5, 0, 1, 9, 8);
    assertThat(epoch(TestData.numbered(10), BatchOptions.of(4).shuffle(1), 1))
        .containsExactly(4, 5, 1, 0, 3, 6, 7, 2, 9, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void everySampleComesOnceAnEpoch(int blockSize) {
    Dataset data = TestData.blocked(TestData.numbered(1000), blockSize);
    BatchOptions options = BatchOptions.of(32).shuffle(3).shuffleWindow(100);
    List<Integer> first = epoch(data, options, 0);
    List<Integer> second = epoch(data, options, 1);
    assertThat(first).doesNotHaveDuplicates().hasSize(1000).isNotEqualTo(second);
    assertThat(second).doesNotHaveDuplicates().hasSize(1000);
  }

  @Test
  void aFileThatFitsIntoTheWindowIsShuffledLikeMemory() {
    Dataset data = TestData.numbered(1000);
    BatchOptions options = BatchOptions.of(32).shuffle(3).shuffleWindow(1000);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(epoch(TestData.blocked(data, 7), options, epoch)).isEqualTo(epoch(data, options, epoch));
    }
  }

  @Test
  void aWindowHoldsWholeBlocksAndMixesThem() {
    List<Integer> order =
        epoch(TestData.blocked(TestData.numbered(100), 10), BatchOptions.of(8).shuffle(5).shuffleWindow(35), 0);
    for (int w = 0; w < 3; w++) {
      List<Integer> window = order.subList(30 * w, 30 * w + 30);
      assertThat(window.stream().map(i -> i / 10).distinct()).hasSize(3);
      assertThat(window.subList(0, 10).stream().map(i -> i / 10).distinct()).hasSizeGreaterThan(1);
    }
  }

  /// The short last block of 1003 samples may come first, last or between.
  @ParameterizedTest
  @CsvSource({"1, 100", "7, 100", "64, 100", "64, 1003", "10, 1", "2000, 1"})
  void seekingToABatchGivesWhatReadingThroughGives(int blockSize, int window) {
    Dataset data = TestData.blocked(TestData.numbered(1003), blockSize);
    BatchOptions options = BatchOptions.of(32).shuffle(11).shuffleWindow(window);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> whole = epoch(data, options, epoch);
      for (int batch = 0; batch <= 32; batch++) {
        Batches resumed = data.batches(options);
        resumed.seek(epoch, batch);
        assertThat(resumed.epoch()).isEqualTo(epoch);
        assertThat(resumed.batch()).isEqualTo(batch);
        assertThat(TestData.positions(resumed)).isEqualTo(whole.subList(Math.min(32 * batch, 1003), 1003));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "7, 1003", "10, 100"})
  void oneObjectServesEpochAfterEpoch(int blockSize, int window) {
    Dataset data = TestData.blocked(TestData.numbered(1003), blockSize);
    BatchOptions options = BatchOptions.of(100).shuffle(2).shuffleWindow(window);
    Batches batches = data.batches(options);
    for (int epoch = 0; epoch < 4; epoch++) {
      batches.seek(epoch, 0);
      assertThat(TestData.positions(batches)).isEqualTo(epoch(data, options, epoch));
      assertThat(batches.next(batches.newBuffers())).isZero();
    }
    batches.seek(1, 3);
    batches.seek(0, 0);
    assertThat(TestData.positions(batches)).isEqualTo(epoch(data, options, 0));
  }

  @Test
  void readingABatchInMemoryAllocatesNothing() {
    Dataset data = TestData.numbered(5000).split(0.2).validation();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Batches batches = data.batches(BatchOptions.of(64).shuffle(1));
    float[][] into = batches.newBuffers();
    long least = Long.MAX_VALUE;
    for (int epoch = 0; epoch < 20; epoch++) { // the JVM itself allocates now and then, but not in every epoch
      long before = threads.getCurrentThreadAllocatedBytes();
      long between = threads.getCurrentThreadAllocatedBytes();
      run(batches, into, epoch);
      long after = threads.getCurrentThreadAllocatedBytes();
      least = Math.min(least, (after - between) - (between - before));
    }
    assertThat(least).isZero();
  }

  @Test
  void buffersAreChecked() {
    Batches batches = TestData.numbered(10).batches(BatchOptions.of(4));
    assertThatThrownBy(() -> batches.next(new float[1][8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 arrays for the 2 columns [input x [2], target y []]; expected one each");
    assertThatThrownBy(() -> batches.next(new float[][] {new float[7], new float[4]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the array for input x [2] has 7 places; a batch of 4 needs 8");
    assertThatThrownBy(() -> batches.seek(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no batch 4 of epoch 0: an epoch has 3");
  }

  @Test
  void noBatchIsAnError() {
    assertThatThrownBy(() -> TestData.numbered(0).batches(BatchOptions.of(4)))
        .isInstanceOf(DataException.class)
        .hasMessage("the dataset with [input x [2], target y []] has no samples; there is nothing to read");
    assertThatThrownBy(() -> TestData.numbered(3).batches(BatchOptions.of(4).dropLastBatch()))
        .isInstanceOf(DataException.class)
        .hasMessage("the dataset has 3 samples, fewer than the batch size 4, and the last, smaller batch is to be"
            + " dropped; choose a smaller batch size");
    assertThatThrownBy(() -> BatchOptions.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size 0 must be at least 1");
  }

  private static void run(Batches batches, float[][] into, long epoch) {
    batches.seek(epoch, 0);
    while (batches.next(into) > 0) {
      into[0][0] += 1;
    }
  }

  private static List<Integer> epoch(Dataset data, BatchOptions options, long epoch) {
    Batches batches = data.batches(options);
    batches.seek(epoch, 0);
    return TestData.positions(batches);
  }

  private static List<Integer> counts(BatchOptions options) {
    Batches batches = TestData.numbered(10).batches(options);
    float[][] into = batches.newBuffers();
    List<Integer> counts = new ArrayList<>();
    for (int n = batches.next(into); n > 0; n = batches.next(into)) {
      counts.add(n);
    }
    return counts;
  }
}
