package org.burin.fixed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.burin.fixed.FixedOp.Broadcast;
import org.burin.fixed.FixedOp.Concat;
import org.burin.fixed.FixedOp.Constant;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedOp.Pad;
import org.burin.fixed.FixedOp.Reshape;
import org.burin.fixed.FixedOp.Slice;
import org.burin.fixed.FixedOp.Transpose;
import org.burin.fixed.FixedOp.Upsample2d;
import org.burin.tensor.Shape;

/// Where the elements of operations come from that move elements and compute nothing: what a wire is to hardware.
public final class Moves {
  private Moves() {}

  /// For every element of one sample of the result the element that it is, row-major. Elements of the operands are
  /// numbered one operand after another; the number after the last is the value that a [Pad] puts in. Empty for operations
  /// that compute, and for a [Gather] whose indices are not constant.
  public static Optional<int[]> sources(FixedValue v) {
    Shape shape = v.shape().bind(1);
    FixedOp op = v.op();
    List<FixedTensor> x = numbered(op);
    Optional<FixedTensor> moved = switch (op) {
      case Upsample2d o -> Optional.of(ExactMoves.upsample2d(x.getFirst(), o.factorH(), o.factorW(), shape));
      case Gather o when o.indices().op() instanceof Constant(var indices) ->
          Optional.of(ExactMoves.gather(x.getFirst(), indices, o, shape));
      case Concat o -> Optional.of(ExactMoves.concat(x, o.axis(), shape));
      case Slice o -> Optional.of(ExactMoves.slice(x.getFirst(), o, shape));
      case Pad(var p, var low, var high, var interior, _) -> Optional.of(ExactMoves.pad(x.getFirst(),
          new Pad(p, low, high, interior, FixedTensor.of(Shape.SCALAR, 0, x.getFirst().size())), shape));
      case Reshape _ -> Optional.of(x.getFirst());
      case Transpose o -> Optional.of(ExactMoves.transpose(x.getFirst(), o.permutation(), shape));
      case Broadcast _ -> Optional.of(ExactMoves.broadcast(x.getFirst(), shape));
      default -> Optional.empty();
    };
    return moved.map(t -> Arrays.stream(t.raw()).mapToInt(Math::toIntExact).toArray());
  }

  /// Tensors whose elements are their own numbers.
  private static List<FixedTensor> numbered(FixedOp op) {
    List<FixedTensor> tensors = new ArrayList<>();
    int next = 0;
    for (FixedValue operand : FixedOperands.of(op)) {
      Shape shape = operand.shape().bind(1);
      long[] raw = new long[shape.size()];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = next++;
      }
      tensors.add(FixedTensor.of(shape, 0, raw));
    }
    return tensors;
  }
}
