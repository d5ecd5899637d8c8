package org.burin.exec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Places the temporary buffers of a schedule into one array, so that those that are never needed at the same time share space.
///
/// Greedy best fit in schedule order: a buffer takes the smallest free gap that holds it when its first step comes, and is
/// given back after its last.
final class MemoryPlanner {
  private static final int ALIGN = 16;

  private record Block(int offset, int size) {}

  private final List<Block> free = new ArrayList<>();
  private int top;

  private MemoryPlanner() {}

  /// Places every unplaced buffer of the steps; returns the number of floats used.
  static int place(List<Step> steps) {
    IdentityHashMap<Buffer, Integer> last = new IdentityHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Buffer b : steps.get(i).reads()) {
        last.put(b, i);
      }
      for (Buffer b : steps.get(i).writes()) {
        last.put(b, i);
      }
    }
    MemoryPlanner planner = new MemoryPlanner();
    IdentityHashMap<Buffer, Block> blocks = new IdentityHashMap<>();
    List<Buffer> order = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      for (Buffer b : step.writes()) {
        if (!b.isPlaced() && !blocks.containsKey(b)) {
          blocks.put(b, planner.take(b.size));
          order.add(b);
        }
      }
      for (List<Buffer> touched : List.of(step.reads(), step.writes())) {
        for (Buffer b : touched) {
          Block block = blocks.get(b);
          if (block != null && last.getOrDefault(b, -1) == i) {
            last.put(b, -1);
            planner.give(block);
          }
        }
      }
    }
    float[] arena = new float[planner.top];
    for (Buffer b : order) {
      Block block = blocks.get(b);
      if (block != null) {
        b.place(arena, block.offset());
      }
    }
    return planner.top;
  }

  private Block take(int size) {
    int wanted = (size + ALIGN - 1) / ALIGN * ALIGN;
    int best = -1;
    for (int i = 0; i < free.size(); i++) {
      if (free.get(i).size() >= wanted && (best < 0 || free.get(i).size() < free.get(best).size())) {
        best = i;
      }
    }
    if (best < 0) {
      Block block = new Block(top, wanted);
      top = Math.addExact(top, wanted);
      return block;
    }
    Block found = free.remove(best);
    if (found.size() > wanted) {
      free.add(best, new Block(found.offset() + wanted, found.size() - wanted));
    }
    return new Block(found.offset(), wanted);
  }

  private void give(Block block) {
    int i = 0;
    while (i < free.size() && free.get(i).offset() < block.offset()) {
      i++;
    }
    free.add(i, block);
    merge(i);
    if (i > 0) {
      merge(i - 1);
    }
  }

  private void merge(int i) {
    if (i + 1 < free.size()) {
      Block a = free.get(i);
      Block b = free.get(i + 1);
      if (a.offset() + a.size() == b.offset()) {
        free.set(i, new Block(a.offset(), a.size() + b.size()));
        free.remove(i + 1);
      }
    }
  }
}
