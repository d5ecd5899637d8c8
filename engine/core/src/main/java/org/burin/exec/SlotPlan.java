package org.burin.exec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.burin.exec.FusedStep.Instruction;
import org.burin.exec.FusedStep.Pattern;
import org.burin.exec.FusedStep.Source;

/// Which operands of a [FusedStep] need a tile of scratch space, and which of them can share one.
final class SlotPlan {
  private final int[] slots;
  private final int count;

  private SlotPlan(int[] slots, int count) {
    this.slots = slots;
    this.count = count;
  }

  /// The slot of each operand, or -1 if it is read or written in place.
  int[] slots() {
    return slots.clone();
  }

  /// The number of slots.
  int count() {
    return count;
  }

  /// @param direct for each instruction whether its result is written straight into a buffer
  /// @param kept for each instruction whether its result is copied out at the end of the tile
  static SlotPlan of(List<Source> sources, Instruction[] code, boolean[] direct, boolean[] kept) {
    int operands = sources.size() + code.length;
    int[] lastUse = new int[operands];
    Arrays.fill(lastUse, -1);
    boolean[] filled = new boolean[operands];
    for (int i = 0; i < code.length; i++) {
      for (int x : operands(code[i])) {
        lastUse[x] = i;
      }
      markFilled(sources, code[i], filled);
    }
    int[] slots = new int[operands];
    Arrays.fill(slots, -1);
    int count = 0;
    for (int s = 0; s < sources.size(); s++) {
      if (filled[s]) {
        slots[s] = count++; // stays filled from tile to tile
      }
    }
    Deque<Integer> free = new ArrayDeque<>();
    for (int i = 0; i < code.length; i++) {
      for (int x : operands(code[i])) {
        boolean dies = x >= sources.size() && slots[x] >= 0 && lastUse[x] == i && !kept[x - sources.size()];
        if (dies && !free.contains(slots[x])) {
          free.push(slots[x]); // a result may take the place of an operand
        }
      }
      if (!direct[i]) {
        Integer reused = free.poll();
        slots[sources.size() + i] = reused == null ? count++ : reused;
      }
    }
    return new SlotPlan(slots, count);
  }

  /// Marks the sources that cannot be read where they lie.
  private static void markFilled(List<Source> sources, Instruction instruction, boolean[] filled) {
    boolean otherIsVector = instruction instanceof Instruction.Binary(_, var a, var b)
        && !(isScalar(sources, a) && isScalar(sources, b));
    for (int x : operands(instruction)) {
      if (x < sources.size()) {
        Pattern pattern = sources.get(x).pattern();
        filled[x] |= pattern == Pattern.ROW || pattern == Pattern.COLUMN
            || (pattern == Pattern.SCALAR && !otherIsVector);
      }
    }
  }

  private static boolean isScalar(List<Source> sources, int operand) {
    return operand < sources.size() && sources.get(operand).pattern() == Pattern.SCALAR;
  }

  static int[] operands(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Unary(_, var x) -> new int[] {x};
      case Instruction.Binary(_, var a, var b) -> new int[] {a, b};
      case Instruction.Select(var c, var a, var b) -> new int[] {c, a, b};
      case Instruction.ReluMask(var x, var g) -> new int[] {x, g};
      case Instruction.Quantize(_, var x) -> new int[] {x};
      case Instruction.QuantizeBits(_, _, _, var x, var integer, var fraction) -> new int[] {x, integer, fraction};
    };
  }
}
