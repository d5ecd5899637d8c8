package org.burin.codegen.netlist;

import java.util.Arrays;

/// How often each pair of digits occurs in the rows of a matrix: an open-addressing table from pairs to counts, and a
/// heap of those that occur twice or more.
///
/// A pair is `e0 + e1 * 2^distance`, or `e0 - e1 * 2^distance`, of two expressions; [#key] packs it.
final class PairCounts {
  private static final int DISTANCE_BITS = 8;
  private static final int EXPRESSION_BITS = 24;
  private static final int NOWHERE = -1;

  private final Weight weight;
  private int used;

  // ---- the table, slot by slot ------------------------------------------------------------------------------------

  private long[] keys;
  private int[] counts;
  private float[] weights;
  /// Where a pair is in the heap, or [#NOWHERE].
  private int[] places;
  /// When it came there.
  private int[] times;

  // ---- the heap ---------------------------------------------------------------------------------------------------

  private int[] heap = new int[64];
  private int size;
  private int time;

  /// What an adder that a pair saves is worth.
  @FunctionalInterface
  interface Weight {
    float of(int e0, int e1, int distance, boolean subtract);
  }

  PairCounts(int expected, Weight weight) {
    this.weight = weight;
    allocate(Math.max(64, Integer.highestOneBit(expected) * 4));
  }

  private void allocate(int length) {
    keys = new long[length];
    counts = new int[length];
    weights = new float[length];
    times = new int[length];
    places = new int[length];
    Arrays.fill(places, NOWHERE);
  }

  static long key(int e0, int e1, int distance, boolean subtract) {
    return ((((long) e0 << EXPRESSION_BITS | e1) << DISTANCE_BITS | (distance + 128)) << 1 | (subtract ? 1 : 0)) + 1;
  }

  static int first(long key) {
    return (int) ((key - 1) >>> (EXPRESSION_BITS + DISTANCE_BITS + 1));
  }

  static int second(long key) {
    return (int) ((key - 1) >>> (DISTANCE_BITS + 1)) & ((1 << EXPRESSION_BITS) - 1);
  }

  static int distance(long key) {
    return ((int) ((key - 1) >>> 1) & 255) - 128;
  }

  static boolean subtract(long key) {
    return ((key - 1) & 1) != 0;
  }

  void add(long key, int change) {
    int slot = slot(key);
    counts[slot] += change;
    if (places[slot] != NOWHERE) {
      if (counts[slot] < 2) {
        removeFromHeap(slot);
      } else if (change > 0) {
        up(places[slot]);
      } else {
        down(places[slot]);
      }
    } else if (counts[slot] >= 2 && weights[slot] > 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      times[slot] = time++;
      place(slot, size++);
      up(size - 1);
    }
  }

  /// Never offers a pair again: its occurrences overlap.
  void ban(long key) {
    int slot = slot(key);
    weights[slot] = 0;
    removeFromHeap(slot);
  }

  /// The pair that saves most, the one that became frequent last among equals; 0 when none occurs twice.
  long best() {
    return size == 0 ? 0 : keys[heap[0]];
  }

  // ---- the heap ---------------------------------------------------------------------------------------------------

  private void place(int slot, int at) {
    heap[at] = slot;
    places[slot] = at;
  }

  private boolean isBefore(int slot, int other) {
    float worth = (counts[slot] - 1) * weights[slot];
    float otherWorth = (counts[other] - 1) * weights[other];
    return worth > otherWorth || (worth == otherWorth && times[slot] > times[other]);
  }

  private void up(int at) {
    int slot = heap[at];
    for (int above = (at - 1) / 2; at > 0 && isBefore(slot, heap[above]); above = (at - 1) / 2) {
      place(heap[above], at);
      at = above;
    }
    place(slot, at);
  }

  private void down(int at) {
    int slot = heap[at];
    for (int below = 2 * at + 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && isBefore(heap[below + 1], heap[below])) {
        below++;
      }
      if (!isBefore(heap[below], slot)) {
        break;
      }
      place(heap[below], at);
      at = below;
    }
    place(slot, at);
  }

  private void removeFromHeap(int slot) {
    int at = places[slot];
    if (at == NOWHERE) {
      return;
    }
    places[slot] = NOWHERE;
    int last = heap[--size];
    if (last != slot) {
      place(last, at);
      up(at);
      down(places[last]);
    }
  }

  // ---- the table --------------------------------------------------------------------------------------------------

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = hash(key) & mask;
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        return insert(key, slot);
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int insert(long key, int slot) {
    if (2 * ++used > keys.length) {
      grow();
      return insert(key, free(key));
    }
    keys[slot] = key;
    weights[slot] = weight.of(first(key), second(key), distance(key), subtract(key));
    return slot;
  }

  private int free(long key) {
    int slot = hash(key) & (keys.length - 1);
    while (keys[slot] != 0) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  /// Moves to a larger table all that still occurs or is banned.
  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    float[] oldWeights = weights;
    int[] oldPlaces = places;
    int[] oldTimes = times;
    allocate(2 * oldKeys.length);
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0 && (oldCounts[i] > 0 || oldWeights[i] == 0)) {
        int slot = free(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
        weights[slot] = oldWeights[i];
        times[slot] = oldTimes[i];
        if (oldPlaces[i] != NOWHERE) {
          place(slot, oldPlaces[i]);
        }
        used++;
      }
    }
  }

  private static int hash(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32) ^ (int) (h >>> 15);
  }
}
