package org.burin.pass;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The operations that choose among their operand's numbers: they can come before a quantizer or after it.
final class Moves {
  private Moves() {}

  /// The operands that are moved; empty when the operation is none of these.
  static List<Value> operands(Op op) {
    return switch (op) {
      case Op.Upsample2d o -> List.of(o.x());
      case Op.Gather o -> List.of(o.x());
      case Op.Concat o -> o.values();
      case Op.Slice o -> List.of(o.x());
      case Op.Pad o -> List.of(o.x());
      case Op.Reshape o -> List.of(o.x());
      case Op.Transpose o -> List.of(o.x());
      case Op.Broadcast o -> List.of(o.x());
      case Op.MaxPool2d o -> List.of(o.x());
      case Op.Reduce o when o.fn() == ReduceFn.MAX -> List.of(o.x());
      default -> List.of();
    };
  }

  /// Whether quantizing the operands with the same type gives the same as quantizing the result.
  static boolean commutesWith(Op op, Overflow overflow) {
    boolean chooses = op instanceof Op.MaxPool2d || op instanceof Op.Reduce;
    // The largest number stays the largest under functions that never fall, as rounding and saturation are.
    return !chooses || overflow == Overflow.SAT || overflow == Overflow.SAT_SYM;
  }

  /// The operation in fixed point; null when it is none of these.
  ///
  /// @param twin gives the twins of operands
  /// @param fill what becomes of numbers that the operation itself brings in
  static @Nullable FixedOp fixed(Op op, Function<Value, FixedValue> twin, DoubleUnaryOperator fill) {
    return switch (op) {
      case Op.Upsample2d(var x, var fh, var fw) -> new FixedOp.Upsample2d(twin.apply(x), fh, fw);
      case Op.Concat(var values, var axis) -> new FixedOp.Concat(values.stream().map(twin).toList(), axis);
      case Op.Slice(var x, var starts, var sizes, var steps) ->
          new FixedOp.Slice(twin.apply(x), starts, sizes, steps);
      case Op.Pad(var x, var low, var high, var interior, var value) ->
          new FixedOp.Pad(twin.apply(x), low, high, interior,
              Dyadic.fixed(Tensor.scalar((float) fill.applyAsDouble(value))));
      case Op.Reshape(var x, var shape) -> new FixedOp.Reshape(twin.apply(x), shape);
      case Op.Transpose(var x, var permutation) -> new FixedOp.Transpose(twin.apply(x), permutation);
      case Op.Broadcast(var x, var shape) -> new FixedOp.Broadcast(twin.apply(x), shape);
      case Op.MaxPool2d(var x, var kh, var kw, var window) -> new FixedOp.MaxPool2d(twin.apply(x), kh, kw, window);
      case Op.Reduce(var fn, var x, var axes, var keep) when fn == ReduceFn.MAX ->
          new FixedOp.Max(twin.apply(x), axes, keep);
      default -> null;
    };
  }
}
