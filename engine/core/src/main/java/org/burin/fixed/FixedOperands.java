package org.burin.fixed;

import java.util.List;
import java.util.function.UnaryOperator;
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

/// The values that operations read.
public final class FixedOperands {
  private FixedOperands() {}

  /// The operands in the order of the operation's components.
  public static List<FixedValue> of(FixedOp op) {
    return switch (op) {
      case Input _, Constant _ -> List.of();
      case Quantize o -> List.of(o.x());
      case Divide o -> List.of(o.x());
      case Lookup o -> List.of(o.x());
      case Add o -> List.of(o.a(), o.b());
      case Subtract o -> List.of(o.a(), o.b());
      case Multiply o -> List.of(o.a(), o.b());
      case Negate o -> List.of(o.x());
      case Absolute o -> List.of(o.x());
      case Shift o -> List.of(o.x());
      case Maximum o -> List.of(o.a(), o.b());
      case Minimum o -> List.of(o.a(), o.b());
      case Compare o -> List.of(o.a(), o.b());
      case Select o -> List.of(o.condition(), o.a(), o.b());
      case MatMul o -> List.of(o.a(), o.b());
      case Conv2d o -> List.of(o.x(), o.w());
      case Conv2dTranspose o -> List.of(o.y(), o.w());
      case MaxPool2d o -> List.of(o.x());
      case SumPool2d o -> List.of(o.x());
      case Upsample2d o -> List.of(o.x());
      case Sum o -> List.of(o.x());
      case Max o -> List.of(o.x());
      case ArgMax o -> List.of(o.x());
      case Gather o -> List.of(o.x(), o.indices());
      case Concat o -> o.values();
      case Slice o -> List.of(o.x());
      case Pad o -> List.of(o.x());
      case Reshape o -> List.of(o.x());
      case Transpose o -> List.of(o.x());
      case Broadcast o -> List.of(o.x());
    };
  }

  /// The same operation on other operands.
  public static FixedOp map(FixedOp op, UnaryOperator<FixedValue> f) {
    return switch (op) {
      case Input o -> o;
      case Constant o -> o;
      case Quantize(var x, var types) -> new Quantize(f.apply(x), types);
      case Divide(var x, var divisor, var types) -> new Divide(f.apply(x), divisor, types);
      case Lookup(var x, var which, var tables) -> new Lookup(f.apply(x), which, tables);
      case Add(var a, var b) -> new Add(f.apply(a), f.apply(b));
      case Subtract(var a, var b) -> new Subtract(f.apply(a), f.apply(b));
      case Multiply(var a, var b) -> new Multiply(f.apply(a), f.apply(b));
      case Negate(var x) -> new Negate(f.apply(x));
      case Absolute(var x) -> new Absolute(f.apply(x));
      case Shift(var x, var bits) -> new Shift(f.apply(x), bits);
      case Maximum(var a, var b) -> new Maximum(f.apply(a), f.apply(b));
      case Minimum(var a, var b) -> new Minimum(f.apply(a), f.apply(b));
      case Compare(var comparison, var a, var b) -> new Compare(comparison, f.apply(a), f.apply(b));
      case Select(var c, var a, var b) -> new Select(f.apply(c), f.apply(a), f.apply(b));
      case MatMul(var a, var b, var ta, var tb) -> new MatMul(f.apply(a), f.apply(b), ta, tb);
      case Conv2d(var x, var w, var window, var groups) -> new Conv2d(f.apply(x), f.apply(w), window, groups);
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          new Conv2dTranspose(f.apply(y), f.apply(w), window, groups, height, width);
      case MaxPool2d(var x, var kh, var kw, var window) -> new MaxPool2d(f.apply(x), kh, kw, window);
      case SumPool2d(var x, var kh, var kw, var window) -> new SumPool2d(f.apply(x), kh, kw, window);
      case Upsample2d(var x, var fh, var fw) -> new Upsample2d(f.apply(x), fh, fw);
      case Sum(var x, var axes, var keep) -> new Sum(f.apply(x), axes, keep);
      case Max(var x, var axes, var keep) -> new Max(f.apply(x), axes, keep);
      case ArgMax(var x, var axis) -> new ArgMax(f.apply(x), axis);
      case Gather(var x, var indices, var axis) -> new Gather(f.apply(x), f.apply(indices), axis);
      case Concat(var values, var axis) -> new Concat(values.stream().map(f).toList(), axis);
      case Slice(var x, var starts, var sizes, var steps) -> new Slice(f.apply(x), starts, sizes, steps);
      case Pad(var x, var low, var high, var interior, var value) ->
          new Pad(f.apply(x), low, high, interior, value);
      case Reshape(var x, var shape) -> new Reshape(f.apply(x), shape);
      case Transpose(var x, var permutation) -> new Transpose(f.apply(x), permutation);
      case Broadcast(var x, var shape) -> new Broadcast(f.apply(x), shape);
    };
  }
}
