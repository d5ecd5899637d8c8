package org.burin.grad;

import java.util.ArrayList;
import java.util.List;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Builds the terms of gradients without the operations that a term does not need.
///
/// Gradients begin as constants and as repetitions of a few numbers. So element-wise operations are done before a
/// broadcast rather than after it, numbers known here are computed here, and products with 1 vanish.
final class Algebra {
  private final GraphBuilder b;

  Algebra(GraphBuilder b) {
    this.b = b;
  }

  Value number(double value) {
    return b.constant((float) value);
  }

  Value add(Value x, Value y) {
    return y.op() instanceof Op.Unary(var fn, var negated) && fn == UnaryFn.NEG
        ? binary(BinaryFn.SUB, x, negated)
        : binary(BinaryFn.ADD, x, y);
  }

  Value sub(Value x, Value y) {
    return binary(BinaryFn.SUB, x, y);
  }

  Value mul(Value x, Value y) {
    return binary(BinaryFn.MUL, x, y);
  }

  Value div(Value x, Value y) {
    return binary(BinaryFn.DIV, x, y);
  }

  Value scale(Value x, double factor) {
    return mul(x, number(factor));
  }

  Value neg(Value x) {
    return unary(UnaryFn.NEG, x);
  }

  Value unary(UnaryFn fn, Value x) {
    Value from = source(x);
    if (isNumber(from)) {
      return broadcast(number(fn.apply(numberOf(from))), x.shape());
    }
    if (fn == UnaryFn.NEG && from.op() instanceof Op.Unary(var inner, var y) && inner == UnaryFn.NEG) {
      return broadcast(y, x.shape());
    }
    return broadcast(b.unary(fn, from), x.shape());
  }

  Value binary(BinaryFn fn, Value x, Value y) {
    Shape shape = Shape.broadcast(x.shape(), y.shape());
    Value fromX = source(x);
    Value fromY = source(y);
    if (isNumber(fromX) && isNumber(fromY)) {
      return broadcast(number(fn.apply(numberOf(fromX), numberOf(fromY))), shape);
    }
    if (isOne(fromY) && (fn == BinaryFn.MUL || fn == BinaryFn.DIV || fn == BinaryFn.POW)) {
      return broadcast(fromX, shape);
    }
    if (isOne(fromX) && fn == BinaryFn.MUL) {
      return broadcast(fromY, shape);
    }
    return broadcast(b.binary(fn, fromX, fromY), shape);
  }

  Value select(Value condition, Value x, Value y) {
    Shape shape = Shape.broadcast(condition.shape(), Shape.broadcast(x.shape(), y.shape()));
    return broadcast(b.select(source(condition), source(x), source(y)), shape);
  }

  /// `x` where the comparison holds, else 0.
  Value where(Value condition, Value x) {
    return select(condition, x, number(0));
  }

  /// 0 where the comparison holds, else `x`.
  Value whereNot(Value condition, Value x) {
    return select(condition, number(0), x);
  }

  Value broadcast(Value x, Shape shape) {
    return b.broadcast(source(x), shape);
  }

  Value reshape(Value x, Shape shape) {
    Value from = source(x);
    return from.shape().rank() == 0 ? broadcast(from, shape) : b.reshape(x, shape);
  }

  Value transpose(Value x, int... permutation) {
    Value from = source(x);
    if (from.shape().rank() > 0) {
      return b.transpose(x, permutation);
    }
    int[] dims = new int[permutation.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.shape().dim(permutation[i]);
    }
    return broadcast(from, Shape.of(dims));
  }

  /// The sum of `x` over what a broadcast from `shape` to `x.shape()` repeated.
  Value sumTo(Value x, Shape shape) {
    if (!(x.op() instanceof Op.Broadcast(var from, var wide))) {
      return b.sumTo(x, shape);
    }
    // Along an axis that x repeats itself, the sum is a product with the count.
    int lead = wide.rank() - shape.rank();
    int missing = wide.rank() - from.shape().rank();
    double count = 1;
    List<Integer> folded = new ArrayList<>();
    int[] kept = shape.dims();
    for (int i = 0; i < wide.rank(); i++) {
      boolean repeated = i < missing || (from.shape().dim(i - missing) == 1 && wide.dim(i) != 1);
      boolean sums = i < lead || (shape.dim(i - lead) == 1 && wide.dim(i) != 1);
      if (sums && repeated) {
        count *= wide.dim(i);
      } else if (sums) {
        folded.add(i - missing);
      }
      if (i >= lead && repeated) {
        kept[i - lead] = 1;
      }
    }
    Value sum = folded.isEmpty() ? from : b.sum(from, folded.stream().mapToInt(Integer::intValue).toArray());
    Value scaled = scale(sum, count);
    return broadcast(scaled.shape().rank() == 0 ? scaled : b.reshape(scaled, Shape.of(kept)), shape);
  }

  private static Value source(Value v) {
    return v.op() instanceof Op.Broadcast(var from, _) ? from : v;
  }

  private static boolean isNumber(Value v) {
    return v.op() instanceof Op.Constant && v.shape().rank() == 0;
  }

  private static boolean isOne(Value v) {
    return isNumber(v) && numberOf(v) == 1;
  }

  private static float numberOf(Value v) {
    return v.op() instanceof Op.Constant(var t) ? t.item() : Float.NaN;
  }
}
