package org.burin.fixed;

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
import org.burin.tensor.Shape;
import org.burin.tensor.ShapeRules;

/// The shape rule of every operation.
final class FixedShapes {
  private FixedShapes() {}

  /// The shape of the operation's result.
  ///
  /// @throws IllegalArgumentException when the operands do not fit or the result has no elements
  static Shape of(FixedOp op) {
    Shape shape = switch (op) {
      case Input(_, var s, var types) -> {
        perSample("types", types.grid(), s);
        yield s;
      }
      case Constant(var value) -> value.shape();
      case Quantize(var x, var types) -> {
        perSample("types", types.grid(), x.shape());
        yield x.shape();
      }
      case Divide(var x, var divisor, var types) -> {
        perSample("divisors", divisor.shape(), x.shape());
        perSample("types", types.grid(), x.shape());
        yield x.shape();
      }
      case Lookup(var x, var which, _) -> {
        perSample("numbers of tables", which.shape(), x.shape());
        yield x.shape();
      }
      case Add(var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Subtract(var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Multiply(var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Negate(var x) -> x.shape();
      case Absolute(var x) -> x.shape();
      case Shift(var x, _) -> x.shape();
      case Maximum(var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Minimum(var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Compare(_, var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Select(var c, var a, var b) -> Shape.broadcast(c.shape(), Shape.broadcast(a.shape(), b.shape()));
      case MatMul(var a, var b, var ta, var tb) -> ShapeRules.matMul(a.shape(), b.shape(), ta, tb);
      case Conv2d(var x, var w, var window, var groups) -> ShapeRules.conv2d(x.shape(), w.shape(), window, groups);
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          ShapeRules.conv2dTranspose(y.shape(), w.shape(), window, groups, height, width);
      case MaxPool2d(var x, var kh, var kw, var window) -> ShapeRules.pool(x.shape(), kh, kw, window);
      case SumPool2d(var x, var kh, var kw, var window) -> ShapeRules.pool(x.shape(), kh, kw, window);
      case Upsample2d(var x, var fh, var fw) -> ShapeRules.upsample2d(x.shape(), fh, fw);
      case Sum(var x, var axes, var keep) -> ShapeRules.reduce(x.shape(), axes, keep);
      case Max(var x, var axes, var keep) -> ShapeRules.reduce(x.shape(), axes, keep);
      case ArgMax(var x, var axis) -> ShapeRules.argMax(x.shape(), axis);
      case Gather(var x, var indices, var axis) -> ShapeRules.gather(x.shape(), indices.shape(), axis);
      case Concat(var values, var axis) -> ShapeRules.concat(values.stream().map(FixedValue::shape).toList(), axis);
      case Slice(var x, var starts, var sizes, var steps) -> ShapeRules.slice(x.shape(), starts, sizes, steps);
      case Pad(var x, var low, var high, var interior, _) -> ShapeRules.pad(x.shape(), low, high, interior);
      case Reshape(var x, var to) -> ShapeRules.reshape(x.shape(), to);
      case Transpose(var x, var permutation) -> ShapeRules.transpose(x.shape(), permutation);
      case Broadcast(var x, var to) -> ShapeRules.broadcast(x.shape(), to);
    };
    if (shape.bind(1).size() == 0) {
      throw new IllegalArgumentException("a value of shape " + shape + " has no elements");
    }
    return shape;
  }

  /// Checks what is given position by position: it must be the same for all samples.
  private static void perSample(String what, Shape grid, Shape shape) {
    if (!grid.isBound() || !grid.broadcastsTo(shape.bind(1))) {
      throw new IllegalArgumentException(what + " of shape " + grid + " do not broadcast to one sample of " + shape);
    }
  }
}
