package org.burin.exec;

import java.util.Optional;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Rewrites a graph into an equal one that needs fewer kernels; no number changes.
///
/// - `x > 0` becomes `relu(x) > 0` where that exists, so that x itself need not be kept;
/// - a matrix product takes over the transposition of its operands;
/// - element-wise operations read the operand of a broadcast;
/// - a value takes the place of a straight-through estimate of it, and the surrogate is not computed;
/// - a product with 1 disappears; equal operations become one.
final class Simplify {
  private Simplify() {}

  static Graph run(Graph graph) {
    return graph.rewrite(Simplify::rewrite).prune();
  }

  private static Value rewrite(GraphBuilder b, Op op) {
    return switch (op) {
      case Op.Binary(var fn, var x, var y) -> binary(b, fn, x, y);
      case Op.Select(var c, var x, var y) when keepsShape(op) -> select(b, op, c, x, y);
      case Op.MatMul(var x, var y, var tx, var ty) -> {
        boolean foldX = swapsLastTwo(x);
        boolean foldY = swapsLastTwo(y);
        yield b.matMul(foldX ? source(x) : x, foldY ? source(y) : y, tx ^ foldX, ty ^ foldY);
      }
      case Op.StraightThrough(var value, _) -> value;
      default -> b.add(op);
    };
  }

  private static Value binary(GraphBuilder b, BinaryFn fn, Value x, Value y) {
    Shape shape = Shape.broadcast(x.shape(), y.shape());
    if (fn == BinaryFn.MUL && isScalar(y, 1f) && x.shape().equals(shape)) {
      return x;
    }
    if (fn == BinaryFn.MUL && isScalar(x, 1f) && y.shape().equals(shape)) {
      return y;
    }
    if (fn == BinaryFn.GT && isScalar(y, 0f)) {
      Optional<Value> relu = b.find(new Op.Unary(UnaryFn.RELU, x));
      if (relu.isPresent()) {
        return b.binary(fn, relu.get(), y);
      }
    }
    Value sx = source(x);
    if (isBroadcast(x) && Shape.broadcast(sx.shape(), y.shape()).equals(shape)) {
      return binary(b, fn, sx, y);
    }
    Value sy = source(y);
    if (isBroadcast(y) && Shape.broadcast(x.shape(), sy.shape()).equals(shape)) {
      return binary(b, fn, x, sy);
    }
    return b.binary(fn, x, y);
  }

  private static Value select(GraphBuilder b, Op op, Value c, Value x, Value y) {
    Shape shape = new GraphBuilder("shape").add(op).shape();
    Op narrow = new Op.Select(c, isBroadcast(x) ? source(x) : x, isBroadcast(y) ? source(y) : y);
    Shape narrowed = new GraphBuilder("shape").add(narrow).shape();
    return b.add(narrowed.equals(shape) ? narrow : op);
  }

  private static boolean keepsShape(Op op) {
    return op instanceof Op.Select(_, var x, var y) && (isBroadcast(x) || isBroadcast(y));
  }

  /// Whether the value is a constant of one element with this value (0 means +0).
  static boolean isScalar(Value v, float value) {
    return v.op() instanceof Op.Constant(var t) && t.size() == 1
        && Float.floatToRawIntBits(t.data()[0]) == Float.floatToRawIntBits(value);
  }

  private static boolean isBroadcast(Value v) {
    return v.op() instanceof Op.Broadcast;
  }

  private static boolean swapsLastTwo(Value v) {
    if (!(v.op() instanceof Op.Transpose(_, var p))) {
      return false;
    }
    int rank = p.size();
    for (int i = 0; i < rank - 2; i++) {
      if (p.get(i) != i) {
        return false;
      }
    }
    return rank >= 2 && p.get(rank - 2) == rank - 1 && p.get(rank - 1) == rank - 2;
  }

  private static Value source(Value v) {
    return switch (v.op()) {
      case Op.Broadcast(var x, _) -> x;
      case Op.Transpose(var x, _) -> x;
      default -> v;
    };
  }
}
