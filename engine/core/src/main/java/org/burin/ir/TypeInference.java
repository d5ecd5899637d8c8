package org.burin.ir;

import java.util.ArrayList;
import java.util.List;
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
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.ShapeRules;

/// The shape rule of every operation.
public final class TypeInference {
  private TypeInference() {}

  /// The type of the operation's result.
  ///
  /// @throws IllegalArgumentException when the operands do not fit; the text names the operation and the shapes, not the
  ///     place ([GraphBuilder] adds that)
  public static TensorType of(Op op) {
    return new TensorType(shape(op));
  }

  private static Shape shape(Op op) {
    return switch (op) {
      case Input(_, var shape) -> shape;
      case Parameter(_, var shape) -> bound(shape, "parameter");
      case Constant(var value) -> value.shape();
      case RandomUniform(var key, _, var shape) -> {
        require(key.shape().equals(Shape.of(4)), "random needs a key of shape [4], found " + key.shape());
        yield shape;
      }
      case Unary(_, var x) -> x.shape();
      case Binary(_, var a, var b) -> Shape.broadcast(a.shape(), b.shape());
      case Select(var c, var a, var b) ->
          Shape.broadcast(c.shape(), Shape.broadcast(a.shape(), b.shape()));
      case Quantize(var x, _) -> x.shape();
      case QuantizeBits o -> {
        for (Value bits : List.of(o.integer(), o.fraction())) {
          require(bits.shape().broadcastsTo(o.x().shape()),
              "bits of shape " + bits.shape() + " do not broadcast to numbers of shape " + o.x().shape());
        }
        yield o.x().shape();
      }
      case StopGradient(var x) -> x.shape();
      case StraightThrough(var value, var surrogate) -> {
        same("surrogate", value.shape(), surrogate.shape());
        yield value.shape();
      }
      case MatMul(var a, var b, var ta, var tb) -> ShapeRules.matMul(a.shape(), b.shape(), ta, tb);
      case Conv2d(var x, var w, var window, var groups) ->
          ShapeRules.conv2d(x.shape(), w.shape(), window, groups);
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          ShapeRules.conv2dTranspose(y.shape(), w.shape(), window, groups, height, width);
      case Conv2dKernel o -> conv2dKernel(o);
      case MaxPool2d(var x, var kh, var kw, var window) -> ShapeRules.pool(x.shape(), kh, kw, window);
      case MaxPool2dScatter(var x, var y, var kh, var kw, var window) -> {
        same("output gradient", ShapeRules.pool(x.shape(), kh, kw, window), y.shape());
        yield x.shape();
      }
      case MaxPool2dGather(var x, var v, var kh, var kw, var window) -> {
        same("image to gather from", x.shape(), v.shape());
        yield ShapeRules.pool(x.shape(), kh, kw, window);
      }
      case AveragePool2d(var x, var kh, var kw, var window) -> ShapeRules.pool(x.shape(), kh, kw, window);
      case AveragePool2dAdjoint(var y, var kh, var kw, var window, var height, var width) -> {
        Shape x = ShapeRules.image("output gradient", y.shape()).with(1, height).with(2, width);
        same("output gradient", ShapeRules.pool(x, kh, kw, window), y.shape());
        yield x;
      }
      case Upsample2d(var x, var fh, var fw) -> ShapeRules.upsample2d(x.shape(), fh, fw);
      case Reduce o -> reduce(o);
      case ArgMax(var x, var axis) -> ShapeRules.argMax(x.shape(), axis);
      case Softmax(var x) -> lastAxis(x.shape());
      case LogSoftmax(var x) -> lastAxis(x.shape());
      case Gather(var x, var indices, var axis) -> ShapeRules.gather(x.shape(), indices.shape(), axis);
      case ScatterAdd o -> scatterAdd(o);
      case Concat(var values, var axis) -> ShapeRules.concat(values.stream().map(Value::shape).toList(), axis);
      case Slice(var x, var starts, var sizes, var steps) -> ShapeRules.slice(x.shape(), starts, sizes, steps);
      case Pad(var x, var low, var high, var interior, _) -> ShapeRules.pad(x.shape(), low, high, interior);
      case Reshape(var x, var to) -> ShapeRules.reshape(x.shape(), to);
      case Transpose(var x, var permutation) -> ShapeRules.transpose(x.shape(), permutation);
      case Broadcast(var x, var to) -> ShapeRules.broadcast(x.shape(), to);
    };
  }

  private static Shape conv2dKernel(Conv2dKernel o) {
    Shape x = ShapeRules.image("image", o.x().shape());
    Shape y = ShapeRules.image("output gradient", o.y().shape());
    require(o.groups() >= 1 && x.dim(3) % o.groups() == 0 && y.dim(3) % o.groups() == 0,
        "groups " + o.groups() + " must divide the channels " + x.dim(3) + " and the filters " + y.dim(3));
    same("output gradient", ShapeRules.windowed(x, o.kernelH(), o.kernelW(), o.window()).with(3, y.dim(3)), y);
    return Shape.of(o.kernelH(), o.kernelW(), x.dim(3) / o.groups(), y.dim(3));
  }

  private static Shape reduce(Reduce o) {
    Shape x = o.x().shape();
    Shape out = ShapeRules.reduce(x, o.axes(), o.keepDims());
    for (int axis : o.axes()) {
      require(x.dim(axis) != 0 || o.fn() == ReduceFn.SUM, o.fn() + " over an empty axis of " + x);
    }
    return out;
  }

  private static Shape scatterAdd(ScatterAdd o) {
    Shape updates = o.updates().shape();
    Shape indices = o.indices().shape();
    int axis = o.axis();
    require(axis >= 0 && axis + indices.rank() <= updates.rank(),
        "indices " + indices + " at axis " + axis + " do not fit updates " + updates);
    for (int i = 0; i < indices.rank(); i++) {
      require(updates.dim(axis + i) == indices.dim(i),
          "indices " + indices + " at axis " + axis + " do not match updates " + updates);
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      dims.add(updates.dim(i));
    }
    dims.add(o.extent());
    for (int i = axis + indices.rank(); i < updates.rank(); i++) {
      dims.add(updates.dim(i));
    }
    return shape(dims);
  }

  private static Shape lastAxis(Shape s) {
    require(s.rank() >= 1 && s.dim(-1) > 0, "softmax needs a last axis that is not empty, found " + s);
    return s;
  }

  private static Shape bound(Shape s, String what) {
    require(s.isBound(), "a " + what + " has no batch axis, found " + s);
    return s;
  }

  private static Shape shape(List<Integer> dims) {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void same(String what, Shape expected, Shape found) {
    require(expected.equals(found), "the " + what + " must be " + expected + ", found " + found);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
