package org.burin.exec;

import java.util.List;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Kernels;
import org.burin.tensor.UnaryFn;

/// A chain of element-wise operations over one shape, run tile by tile: all operations on a few thousand elements, which stay in
/// the first-level cache, then the next tile.
final class FusedStep extends Step {
  /// Elements in a tile, unless a repeated row is longer.
  static final int TILE = 2048;

  /// The longest row that is repeated inside a tile; a longer one is broadcast beforehand.
  static final int LONGEST_ROW = 16 * TILE;

  /// How the elements of an operand from outside line up with the elements of the chain's shape.
  enum Pattern {
    /// one to one
    FULL,
    /// one number for all
    SCALAR,
    /// a row that repeats every `period` elements
    ROW,
    /// one number for each run of `period` elements
    COLUMN
  }

  /// An operand from outside.
  record Source(Buffer buffer, Pattern pattern, int period) {}

  /// One operation. Operands are numbered: first the sources, then the results of the instructions in order.
  sealed interface Instruction {
    record Unary(UnaryFn fn, int x) implements Instruction {}

    record Binary(BinaryFn fn, int a, int b) implements Instruction {}

    record Select(int condition, int a, int b) implements Instruction {}

    /// `x > 0 ? g : 0`
    record ReluMask(int x, int g) implements Instruction {}

    record Quantize(FixedType type, int x) implements Instruction {}

    record QuantizeBits(boolean signed, Rounding rounding, Overflow overflow, int x, int integer, int fraction)
        implements Instruction {}
  }

  /// Where the result of an instruction goes: into a buffer if it is needed outside of the chain.
  ///
  /// @param direct whether the buffer may be written before the whole tile is done (it is not also read)
  record Result(Buffer buffer, boolean direct) {}

  private final int size;
  private final int tile;
  private final List<Source> sources;
  private final Instruction[] code;
  private final int[] slot;
  private final Buffer[] target;
  private final boolean[] direct;
  private final int slots;
  private Frame[] frames = {};

  /// @param size number of elements of the chain's shape
  /// @param results for each instruction its buffer, or one of size 0 if it is not needed outside
  FusedStep(
      String name, int size, List<Source> sources, List<Instruction> code, List<Result> results) {
    super(
        name,
        sources.stream().map(Source::buffer).toList(),
        results.stream().map(Result::buffer).filter(b -> b.size > 0).toList(),
        (long) size * code.size());
    this.size = size;
    this.sources = List.copyOf(sources);
    this.code = code.toArray(new Instruction[0]);
    int longest = sources.stream().filter(s -> s.pattern() == Pattern.ROW).mapToInt(Source::period).max().orElse(1);
    this.tile = Math.max(1, Math.min(size, longest >= TILE ? longest : TILE / longest * longest));
    target = results.stream().map(Result::buffer).toArray(Buffer[]::new);
    direct = new boolean[target.length];
    boolean[] kept = new boolean[target.length];
    for (int i = 0; i < target.length; i++) {
      direct[i] = target[i].size > 0 && results.get(i).direct();
      kept[i] = target[i].size > 0 && !direct[i];
    }
    SlotPlan plan = SlotPlan.of(this.sources, this.code, direct, kept);
    slot = plan.slots();
    slots = plan.count();
  }

  @Override
  void prepare(int workers) {
    frames = new Frame[workers];
    for (int i = 0; i < workers; i++) {
      frames[i] = new Frame(sources.size() + code.length);
    }
  }

  @Override
  int scratch(Kernels kernels) {
    return Math.multiplyExact(slots, tile);
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    int tiles = (size + tile - 1) / tile;
    int from = from(tiles, 1, worker, workers);
    int to = from(tiles, 1, worker + 1, workers);
    if (from == to) {
      return;
    }
    Frame f = frames[worker];
    for (int s = 0; s < sources.size(); s++) {
      open(f, s, scratch);
    }
    for (int t = from; t < to; t++) {
      runTile(k, f, t * tile, Math.min(tile, size - t * tile), scratch);
    }
  }

  /// Sets up what does not change from tile to tile.
  private void open(Frame f, int s, float[] scratch) {
    Source source = sources.get(s);
    float[] array = source.buffer().array();
    int offset = source.buffer().offset();
    f.scalar[s] = source.pattern() == Pattern.SCALAR ? array[offset] : 0f;
    if (slot[s] < 0) {
      f.array[s] = array;
      f.offset[s] = offset;
      return;
    }
    f.array[s] = scratch;
    f.offset[s] = slot[s] * tile;
    if (source.pattern() == Pattern.SCALAR) {
      for (int i = 0; i < tile; i++) {
        scratch[f.offset[s] + i] = array[offset];
      }
    } else if (source.pattern() == Pattern.ROW) {
      for (int i = 0; i < tile; i += source.period()) {
        System.arraycopy(array, offset, scratch, f.offset[s] + i, Math.min(source.period(), tile - i));
      }
    }
  }

  private void runTile(Kernels k, Frame f, int start, int n, float[] scratch) {
    for (int s = 0; s < sources.size(); s++) {
      Source source = sources.get(s);
      if (source.pattern() == Pattern.FULL) {
        f.offset[s] = source.buffer().offset() + start;
      } else if (source.pattern() == Pattern.COLUMN) {
        repeat(source, start, n, scratch, slot[s] * tile);
      }
    }
    for (int i = 0; i < code.length; i++) {
      int r = sources.size() + i;
      f.array[r] = direct[i] ? target[i].array() : scratch;
      f.offset[r] = direct[i] ? target[i].offset() + start : slot[r] * tile;
      execute(k, code[i], f, r, n);
    }
    for (int i = 0; i < code.length; i++) {
      if (target[i].size > 0 && !direct[i]) {
        System.arraycopy(scratch, slot[sources.size() + i] * tile, target[i].array(), target[i].offset() + start, n);
      }
    }
  }

  private static void repeat(Source source, int start, int n, float[] to, int at) {
    float[] from = source.buffer().array();
    int period = source.period();
    int row = start / period;
    int end = (row + 1) * period - start;
    float value = from[source.buffer().offset() + row];
    for (int i = 0; i < n; i++) {
      if (i == end) {
        row++;
        end += period;
        value = from[source.buffer().offset() + row];
      }
      to[at + i] = value;
    }
  }

  private void execute(Kernels k, Instruction instruction, Frame f, int r, int n) {
    switch (instruction) {
      case Instruction.Unary(var fn, var x) ->
          k.unary(fn, f.array[x], f.offset[x], f.array[r], f.offset[r], n);
      case Instruction.Binary(var fn, var a, var b) -> binary(k, fn, f, a, b, r, n);
      case Instruction.Select(var c, var a, var b) ->
          k.select(f.array[c], f.offset[c], f.array[a], f.offset[a], f.array[b], f.offset[b], f.array[r], f.offset[r], n);
      case Instruction.ReluMask(var x, var g) ->
          k.reluMask(f.array[x], f.offset[x], f.array[g], f.offset[g], f.array[r], f.offset[r], n);
      case Instruction.Quantize(var type, var x) ->
          FixedMath.quantize(f.array[x], f.offset[x], f.array[r], f.offset[r], n, type);
      case Instruction.QuantizeBits(var signed, var rounding, var overflow, var x, var integer, var fraction) ->
          FixedMath.quantizeEach(f.array[x], f.offset[x], f.array[integer], f.offset[integer], f.array[fraction],
              f.offset[fraction], f.array[r], f.offset[r], n, signed, rounding, overflow);
    }
  }

  private void binary(Kernels k, BinaryFn fn, Frame f, int a, int b, int r, int n) {
    if (isScalar(b)) {
      k.binaryScalar(fn, f.array[a], f.offset[a], f.scalar[b], f.array[r], f.offset[r], n);
    } else if (isScalar(a)) {
      k.scalarBinary(fn, f.scalar[a], f.array[b], f.offset[b], f.array[r], f.offset[r], n);
    } else {
      k.binary(fn, f.array[a], f.offset[a], f.array[b], f.offset[b], f.array[r], f.offset[r], n);
    }
  }

  private boolean isScalar(int operand) {
    return operand < sources.size() && sources.get(operand).pattern() == Pattern.SCALAR && slot[operand] < 0;
  }

  /// What a worker knows of its operands while it runs.
  private static final class Frame {
    final float[][] array;
    final int[] offset;
    final float[] scalar;

    Frame(int operands) {
      array = new float[operands][];
      offset = new int[operands];
      scalar = new float[operands];
    }
  }
}
