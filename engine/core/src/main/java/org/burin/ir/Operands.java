package org.burin.ir;

import java.util.List;
import java.util.function.UnaryOperator;
import org.burin.ir.Op.ArgMax;
import org.burin.ir.Op.AveragePool2d;
import org.burin.ir.Op.AveragePool2dAdjoint;
import org.burin.ir.Op.Binary;
import org.burin.ir.Op.Broadcast;
import org.burin.ir.Op.Concat;
import org.burin.ir.Op.Constant;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Op.Conv2dKernel;
import org.burin.ir.Op.Conv2dTranspose;
import org.burin.ir.Op.Gather;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.LogSoftmax;
import org.burin.ir.Op.MatMul;
import org.burin.ir.Op.MaxPool2d;
import org.burin.ir.Op.MaxPool2dGather;
import org.burin.ir.Op.MaxPool2dScatter;
import org.burin.ir.Op.Pad;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Op.Quantize;
import org.burin.ir.Op.QuantizeBits;
import org.burin.ir.Op.RandomUniform;
import org.burin.ir.Op.Reduce;
import org.burin.ir.Op.Reshape;
import org.burin.ir.Op.ScatterAdd;
import org.burin.ir.Op.Select;
import org.burin.ir.Op.Slice;
import org.burin.ir.Op.Softmax;
import org.burin.ir.Op.StopGradient;
import org.burin.ir.Op.StraightThrough;
import org.burin.ir.Op.Transpose;
import org.burin.ir.Op.Unary;
import org.burin.ir.Op.Upsample2d;

/// The values that operations read.
public final class Operands {
  private Operands() {}

  /// The operands in the order of the operation's components.
  public static List<Value> of(Op op) {
    return switch (op) {
      case Input _, Parameter _, Constant _ -> List.of();
      case RandomUniform o -> List.of(o.key());
      case Unary o -> List.of(o.x());
      case Binary o -> List.of(o.a(), o.b());
      case Select o -> List.of(o.condition(), o.a(), o.b());
      case Quantize o -> List.of(o.x());
      case QuantizeBits o -> List.of(o.x(), o.integer(), o.fraction());
      case StopGradient o -> List.of(o.x());
      case StraightThrough o -> List.of(o.value(), o.surrogate());
      case MatMul o -> List.of(o.a(), o.b());
      case Conv2d o -> List.of(o.x(), o.w());
      case Conv2dTranspose o -> List.of(o.y(), o.w());
      case Conv2dKernel o -> List.of(o.x(), o.y());
      case MaxPool2d o -> List.of(o.x());
      case MaxPool2dScatter o -> List.of(o.x(), o.y());
      case MaxPool2dGather o -> List.of(o.x(), o.v());
      case AveragePool2d o -> List.of(o.x());
      case AveragePool2dAdjoint o -> List.of(o.y());
      case Upsample2d o -> List.of(o.x());
      case Reduce o -> List.of(o.x());
      case ArgMax o -> List.of(o.x());
      case Softmax o -> List.of(o.x());
      case LogSoftmax o -> List.of(o.x());
      case Gather o -> List.of(o.x(), o.indices());
      case ScatterAdd o -> List.of(o.updates(), o.indices());
      case Concat o -> o.values();
      case Slice o -> List.of(o.x());
      case Pad o -> List.of(o.x());
      case Reshape o -> List.of(o.x());
      case Transpose o -> List.of(o.x());
      case Broadcast o -> List.of(o.x());
    };
  }

  /// The same operation on other operands.
  public static Op map(Op op, UnaryOperator<Value> f) {
    return switch (op) {
      case Input o -> o;
      case Parameter o -> o;
      case Constant o -> o;
      case RandomUniform(var key, var stream, var shape) -> new RandomUniform(f.apply(key), stream, shape);
      case Unary(var fn, var x) -> new Unary(fn, f.apply(x));
      case Binary(var fn, var a, var b) -> new Binary(fn, f.apply(a), f.apply(b));
      case Select(var c, var a, var b) -> new Select(f.apply(c), f.apply(a), f.apply(b));
      case Quantize(var x, var type) -> new Quantize(f.apply(x), type);
      case QuantizeBits(var x, var integer, var fraction, var signed, var rounding, var overflow) ->
          new QuantizeBits(f.apply(x), f.apply(integer), f.apply(fraction), signed, rounding, overflow);
      case StopGradient(var x) -> new StopGradient(f.apply(x));
      case StraightThrough(var value, var surrogate) -> new StraightThrough(f.apply(value), f.apply(surrogate));
      case MatMul(var a, var b, var ta, var tb) -> new MatMul(f.apply(a), f.apply(b), ta, tb);
      case Conv2d(var x, var w, var window, var groups) -> new Conv2d(f.apply(x), f.apply(w), window, groups);
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          new Conv2dTranspose(f.apply(y), f.apply(w), window, groups, height, width);
      case Conv2dKernel(var x, var y, var window, var groups, var kh, var kw) ->
          new Conv2dKernel(f.apply(x), f.apply(y), window, groups, kh, kw);
      case MaxPool2d(var x, var kh, var kw, var window) -> new MaxPool2d(f.apply(x), kh, kw, window);
      case MaxPool2dScatter(var x, var y, var kh, var kw, var window) ->
          new MaxPool2dScatter(f.apply(x), f.apply(y), kh, kw, window);
      case MaxPool2dGather(var x, var v, var kh, var kw, var window) ->
          new MaxPool2dGather(f.apply(x), f.apply(v), kh, kw, window);
      case AveragePool2d(var x, var kh, var kw, var window) -> new AveragePool2d(f.apply(x), kh, kw, window);
      case AveragePool2dAdjoint(var y, var kh, var kw, var window, var height, var width) ->
          new AveragePool2dAdjoint(f.apply(y), kh, kw, window, height, width);
      case Upsample2d(var x, var fh, var fw) -> new Upsample2d(f.apply(x), fh, fw);
      case Reduce(var fn, var x, var axes, var keep) -> new Reduce(fn, f.apply(x), axes, keep);
      case ArgMax(var x, var axis) -> new ArgMax(f.apply(x), axis);
      case Softmax(var x) -> new Softmax(f.apply(x));
      case LogSoftmax(var x) -> new LogSoftmax(f.apply(x));
      case Gather(var x, var indices, var axis) -> new Gather(f.apply(x), f.apply(indices), axis);
      case ScatterAdd(var updates, var indices, var axis, var extent) ->
          new ScatterAdd(f.apply(updates), f.apply(indices), axis, extent);
      case Concat(var values, var axis) -> new Concat(values.stream().map(f).toList(), axis);
      case Slice(var x, var starts, var sizes, var steps) -> new Slice(f.apply(x), starts, sizes, steps);
      case Pad(var x, var low, var high, var interior, var value) ->
          new Pad(f.apply(x), low, high, interior, value);
      case Reshape(var x, var shape) -> new Reshape(f.apply(x), shape);
      case Transpose(var x, var permutation) -> new Transpose(f.apply(x), permutation);
      case Broadcast(var x, var shape) -> new Broadcast(f.apply(x), shape);
    };
  }

  /// The same operation with every shape attribute's open batch size replaced by `n`.
  static Op bind(Op op, int n) {
    return switch (op) {
      case Input(var name, var shape) -> new Input(name, shape.bind(n));
      case RandomUniform(var key, var stream, var shape) -> new RandomUniform(key, stream, shape.bind(n));
      case Reshape(var x, var shape) -> new Reshape(x, shape.bind(n));
      case Broadcast(var x, var shape) -> new Broadcast(x, shape.bind(n));
      case Slice(var x, var starts, var sizes, var steps) ->
          new Slice(x, starts, sizes.stream().map(s -> s < 0 ? (Integer) n : s).toList(), steps);
      case Parameter _, Constant _, Unary _, Binary _, Select _, Quantize _, QuantizeBits _, StopGradient _,
          StraightThrough _, MatMul _, Conv2d _, Conv2dTranspose _, Conv2dKernel _, MaxPool2d _, MaxPool2dScatter _, MaxPool2dGather _,
          AveragePool2d _, AveragePool2dAdjoint _, Upsample2d _, Reduce _, ArgMax _, Softmax _, LogSoftmax _,
          Gather _, ScatterAdd _, Concat _, Pad _, Transpose _ -> op;
    };
  }
}
