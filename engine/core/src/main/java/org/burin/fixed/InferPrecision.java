package org.burin.fixed;

import java.util.StringJoiner;
import java.util.function.BiConsumer;
import org.burin.fixed.FixedOp.Absolute;
import org.burin.fixed.FixedOp.Add;
import org.burin.fixed.FixedOp.ArgMax;
import org.burin.fixed.FixedOp.Broadcast;
import org.burin.fixed.FixedOp.Compare;
import org.burin.fixed.FixedOp.Concat;
import org.burin.fixed.FixedOp.Constant;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.Divide;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedOp.Input;
import org.burin.fixed.FixedOp.Lookup;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.FixedOp.Max;
import org.burin.fixed.FixedOp.MaxPool2d;
import org.burin.fixed.FixedOp.Maximum;
import org.burin.fixed.FixedOp.Minimum;
import org.burin.fixed.FixedOp.Multiply;
import org.burin.fixed.FixedOp.Negate;
import org.burin.fixed.FixedOp.Pad;
import org.burin.fixed.FixedOp.Quantize;
import org.burin.fixed.FixedOp.Reshape;
import org.burin.fixed.FixedOp.Select;
import org.burin.fixed.FixedOp.Shift;
import org.burin.fixed.FixedOp.Slice;
import org.burin.fixed.FixedOp.Subtract;
import org.burin.fixed.FixedOp.Sum;
import org.burin.fixed.FixedOp.SumPool2d;
import org.burin.fixed.FixedOp.Transpose;
import org.burin.fixed.FixedOp.Upsample2d;
import org.burin.fixed.Interval.TooWide;
import org.burin.tensor.Shape;

/// What every operation's result can be, from what its operands can be: interval arithmetic with the actual constants.
///
/// The bounds hold for all inputs. They are attained where the operands are independent, as in a layer with constant
/// weights; one value used twice in a product, difference, comparison or choice is recognised, other dependence is not.
/// Elements are told apart as long as a sample has at most 16,384; of a larger one only the positions of the last axis
/// are.
public final class InferPrecision {
  private InferPrecision() {}

  /// What the operation's result can be.
  ///
  /// @throws FixedException when a number needs more than 64 bits, or an operand does not suit the operation; the text
  ///     does not say where ([FixedGraphBuilder] adds that)
  /// @throws IllegalArgumentException when the shapes do not fit
  public static Precision of(FixedOp op) {
    return of(op, FixedShapes.of(op));
  }

  static Precision of(FixedOp op, Shape shape) {
    try {
      return infer(op, shape);
    } catch (TooWide e) {
      StringJoiner operands = new StringJoiner(", ");
      FixedOperands.of(op).forEach(v -> operands.add(v + " of " + v.precision().type()));
      throw new FixedException("a result needs " + (e.bits > 128 ? "more than 128" : e.bits)
          + " bits, a raw integer has 64" + (operands.length() == 0 ? "" : "; operands are " + operands)
          + "; quantize to fewer bits first", e);
    }
  }

  private static Precision infer(FixedOp op, Shape shape) {
    return switch (op) {
      case Input o -> RoundingBounds.input(o);
      case Constant o -> constant(o);
      case Quantize o -> RoundingBounds.quantize(o, shape);
      case Divide o -> RoundingBounds.divide(o, shape);
      case Lookup o -> RoundingBounds.lookup(o, shape);
      case Add o -> add(o, shape);
      case Subtract o -> subtract(o, shape);
      case Multiply o -> multiply(o, shape);
      case Negate o -> negate(o, shape);
      case Absolute o -> absolute(o, shape);
      case Shift o -> shift(o, shape);
      case Maximum(var a, var b) -> extremum(a.precision(), b.precision(), shape, Interval::maximum);
      case Minimum(var a, var b) -> extremum(a.precision(), b.precision(), shape, Interval::minimum);
      case Compare o -> SelectBounds.compare(o, shape);
      case Select o -> SelectBounds.select(o, shape);
      case MatMul o -> ProductBounds.matMul(o, shape);
      case Conv2d o -> ProductBounds.conv2d(o, shape);
      case Conv2dTranspose o -> ProductBounds.conv2dTranspose(o, shape);
      case MaxPool2d o -> ProductBounds.maxPool2d(o, shape);
      case SumPool2d o -> ProductBounds.sumPool2d(o, shape);
      case Upsample2d o -> MoveBounds.upsample2d(o, shape);
      case Sum o -> FoldBounds.sum(o, shape);
      case Max o -> FoldBounds.max(o, shape);
      case ArgMax o -> FoldBounds.argMax(o, shape);
      case Gather o -> MoveBounds.gather(o, shape);
      case Concat o -> MoveBounds.concat(o, shape);
      case Slice o -> MoveBounds.slice(o, shape);
      case Pad o -> MoveBounds.pad(o, shape);
      case Reshape o -> MoveBounds.reshape(o, shape);
      case Transpose o -> MoveBounds.transpose(o, shape);
      case Broadcast o -> MoveBounds.broadcast(o, shape);
    };
  }

  private static Precision constant(Constant op) {
    long[] raw = op.value().raw();
    int[] strides = Walk.strides(op.value().shape(), op.value().shape().rank());
    return Bounds.over(op.value().shape(), op.value().fraction(), op.value().shape(), (index, out) -> {
      long r = raw[Walk.offset(index, strides)];
      out.set(r, r, Interval.step(r));
    });
  }

  // ---- one operand ----------------------------------------------------------------------------------------------

  private static Precision negate(Negate op, Shape shape) {
    Precision x = op.x().precision();
    int[] at = Walk.strides(x.grid(), shape.rank());
    return Bounds.over(shape, x.fraction(), x.grid(), (index, out) -> out.subtract(x, Walk.offset(index, at), 0));
  }

  private static Precision absolute(Absolute op, Shape shape) {
    Precision x = op.x().precision();
    int[] at = Walk.strides(x.grid(), shape.rank());
    return Bounds.over(shape, x.fraction(), x.grid(), (index, out) -> {
      int i = Walk.offset(index, at);
      if (x.low(i) >= 0) {
        out.set(x, i);
        return;
      }
      out.subtract(x, i, 0);
      if (x.high(i) > 0) {
        out.set(0, Math.max(x.high(i), out.high()), x.step(i));
      }
    });
  }

  private static Precision shift(Shift op, Shape shape) {
    Precision x = op.x().precision();
    int[] at = Walk.strides(x.grid(), shape.rank());
    int fraction = Math.subtractExact(x.fraction(), op.bits());
    return Bounds.over(shape, fraction, x.grid(), (index, out) -> out.set(x, Walk.offset(index, at)));
  }

  // ---- two operands ---------------------------------------------------------------------------------------------

  /// The rule of an operation at one position of each operand.
  @FunctionalInterface
  private interface PairRule {
    void at(int i, int j, Interval out);
  }

  private static Precision pairs(Precision a, Precision b, int fraction, Shape shape, PairRule rule) {
    int[] atA = Walk.strides(a.grid(), shape.rank());
    int[] atB = Walk.strides(b.grid(), shape.rank());
    return Bounds.over(shape, fraction, Shape.broadcast(a.grid(), b.grid()), (index, out) ->
        rule.at(Walk.offset(index, atA), Walk.offset(index, atB), out));
  }

  private static Precision add(Add op, Shape shape) {
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    int fraction = Math.max(a.fraction(), b.fraction());
    if (op.a().equals(op.b())) {
      return pairs(a, a, fraction, shape, (i, _, out) -> out.add(a, i, 1));
    }
    return pairs(a, b, fraction, shape, (i, j, out) -> {
      out.add(a, i, (long) fraction - a.fraction());
      out.add(b, j, (long) fraction - b.fraction());
    });
  }

  private static Precision subtract(Subtract op, Shape shape) {
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    int fraction = Math.max(a.fraction(), b.fraction());
    if (op.a().equals(op.b())) {
      return Bounds.over(shape, fraction, Shape.SCALAR, (_, out) -> out.clear());
    }
    boolean notNegative = isAtLeast(op.a(), op.b());
    boolean notPositive = isAtLeast(op.b(), op.a());
    return pairs(a, b, fraction, shape, (i, j, out) -> {
      out.add(a, i, (long) fraction - a.fraction());
      out.subtract(b, j, (long) fraction - b.fraction());
      if (notNegative) {
        out.set(Math.max(0, out.low()), Math.max(0, out.high()), out.step());
      } else if (notPositive) {
        out.set(Math.min(0, out.low()), Math.min(0, out.high()), out.step());
      }
    });
  }

  /// Whether no element of `a` can be below that of `b`, one being the largest or smallest of numbers among which the
  /// other is: as the distances from the largest number in a softmax.
  private static boolean isAtLeast(FixedValue a, FixedValue b) {
    return switch (a.op()) {
      case Max(var x, _, var keep) when keep && x.equals(b) -> true;
      case Maximum(var p, var q) when p.equals(b) || q.equals(b) -> true;
      default -> b.op() instanceof Minimum(var p, var q) && (p.equals(a) || q.equals(a));
    };
  }

  private static Precision multiply(Multiply op, Shape shape) {
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    int fraction = Math.addExact(a.fraction(), b.fraction());
    return op.a().equals(op.b())
        ? pairs(a, a, fraction, shape, (i, _, out) -> out.addSquare(a, i))
        : pairs(a, b, fraction, shape, (i, j, out) -> out.addProduct(a, i, b, j));
  }

  private static Precision extremum(
      Precision a, Precision b, Shape shape, BiConsumer<Interval, Interval> choice) {
    int fraction = Math.max(a.fraction(), b.fraction());
    Interval other = new Interval();
    return pairs(a, b, fraction, shape, (i, j, out) -> {
      out.add(a, i, (long) fraction - a.fraction());
      other.clear();
      other.add(b, j, (long) fraction - b.fraction());
      choice.accept(out, other);
    });
  }
}
