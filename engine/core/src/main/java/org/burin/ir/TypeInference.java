package org.burin.ir;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.burin.tensor.Window;

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
      case MatMul o -> matMul(o);
      case Conv2d o -> conv2d(o);
      case Conv2dTranspose o -> conv2dTranspose(o);
      case Conv2dKernel o -> conv2dKernel(o);
      case MaxPool2d(var x, var kh, var kw, var window) -> pool(x.shape(), kh, kw, window);
      case MaxPool2dScatter(var x, var y, var kh, var kw, var window) -> {
        same("output gradient", pool(x.shape(), kh, kw, window), y.shape());
        yield x.shape();
      }
      case MaxPool2dGather(var x, var v, var kh, var kw, var window) -> {
        same("image to gather from", x.shape(), v.shape());
        yield pool(x.shape(), kh, kw, window);
      }
      case AveragePool2d(var x, var kh, var kw, var window) -> pool(x.shape(), kh, kw, window);
      case AveragePool2dAdjoint(var y, var kh, var kw, var window, var height, var width) -> {
        Shape x = image("output gradient", y.shape()).with(1, height).with(2, width);
        same("output gradient", pool(x, kh, kw, window), y.shape());
        yield x;
      }
      case Upsample2d(var x, var fh, var fw) -> {
        Shape s = image("image", x.shape());
        require(fh >= 1 && fw >= 1, "up-sampling factors must be at least 1, found " + fh + "x" + fw);
        yield s.with(1, s.dim(1) * fh).with(2, s.dim(2) * fw);
      }
      case Reduce o -> reduce(o);
      case ArgMax(var x, var axis) -> without(x.shape(), axis(x.shape(), axis));
      case Softmax(var x) -> lastAxis(x.shape());
      case LogSoftmax(var x) -> lastAxis(x.shape());
      case Gather(var x, var indices, var axis) -> {
        Shape s = x.shape();
        yield spliced(s, axis(s, axis), indices.shape());
      }
      case ScatterAdd o -> scatterAdd(o);
      case Concat(var values, var axis) -> concat(values, axis);
      case Slice o -> slice(o);
      case Pad o -> pad(o);
      case Reshape(var x, var to) -> reshape(x.shape(), to);
      case Transpose(var x, var permutation) -> transpose(x.shape(), permutation);
      case Broadcast(var x, var to) -> {
        require(x.shape().broadcastsTo(to), "shape " + x.shape() + " does not broadcast to " + to);
        yield to;
      }
    };
  }

  private static Shape matMul(MatMul o) {
    Shape a = o.a().shape();
    Shape b = o.b().shape();
    require(a.rank() >= 2 && b.rank() >= 2, "matrix product needs at least 2 axes, found " + a + " and " + b);
    int m = a.dim(o.transA() ? -1 : -2);
    int ka = a.dim(o.transA() ? -2 : -1);
    int kb = b.dim(o.transB() ? -1 : -2);
    int n = b.dim(o.transB() ? -2 : -1);
    require(ka == kb, "matrix product of " + a + (o.transA() ? "^T" : "") + " and " + b + (o.transB() ? "^T" : "")
        + ": inner extents " + Shape.extent(ka) + " and " + Shape.extent(kb) + " differ");
    Shape batch = Shape.broadcast(leading(a), leading(b));
    int[] dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    dims[batch.rank()] = m;
    dims[batch.rank() + 1] = n;
    return Shape.of(dims);
  }

  private static Shape leading(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  private static Shape conv2d(Conv2d o) {
    Shape x = image("image", o.x().shape());
    Shape w = kernel(o.w().shape(), o.groups());
    require(x.dim(3) == w.dim(2) * o.groups(), "convolution of " + x + " with kernel " + w + " in " + o.groups()
        + " group(s): the kernel expects " + w.dim(2) * o.groups() + " channels, the image has " + x.dim(3));
    return windowed(x, w.dim(0), w.dim(1), o.window()).with(3, w.dim(3));
  }

  private static Shape conv2dTranspose(Conv2dTranspose o) {
    Shape y = image("image", o.y().shape());
    Shape w = kernel(o.w().shape(), o.groups());
    require(y.dim(3) == w.dim(3), "transposed convolution of " + y + " with kernel " + w
        + ": the kernel's last extent must be the image's channels");
    Shape x = y.with(1, o.height()).with(2, o.width()).with(3, w.dim(2) * o.groups());
    same("transposed convolution's image", windowed(x, w.dim(0), w.dim(1), o.window()).with(3, w.dim(3)), y);
    return x;
  }

  private static Shape conv2dKernel(Conv2dKernel o) {
    Shape x = image("image", o.x().shape());
    Shape y = image("output gradient", o.y().shape());
    require(o.groups() >= 1 && x.dim(3) % o.groups() == 0 && y.dim(3) % o.groups() == 0,
        "groups " + o.groups() + " must divide the channels " + x.dim(3) + " and the filters " + y.dim(3));
    same("output gradient", windowed(x, o.kernelH(), o.kernelW(), o.window()).with(3, y.dim(3)), y);
    return Shape.of(o.kernelH(), o.kernelW(), x.dim(3) / o.groups(), y.dim(3));
  }

  private static Shape kernel(Shape w, int groups) {
    require(w.rank() == 4, "a convolution kernel is [height,width,channels/groups,filters], found " + w);
    require(groups >= 1 && w.dim(3) % groups == 0, "groups " + groups + " must divide the filters " + w.dim(3));
    return w;
  }

  private static Shape pool(Shape x, int kernelH, int kernelW, Window window) {
    require(window.dilationH() == 1 && window.dilationW() == 1, "pooling windows are not dilated");
    require(window.top() < kernelH && window.bottom() < kernelH && window.left() < kernelW
        && window.right() < kernelW, "pooling padding must be smaller than the window " + kernelH + "x" + kernelW);
    return windowed(image("image", x), kernelH, kernelW, window);
  }

  private static Shape windowed(Shape x, int kernelH, int kernelW, Window window) {
    int height = window.outHeight(x.dim(1), kernelH);
    int width = window.outWidth(x.dim(2), kernelW);
    require(kernelH >= 1 && kernelW >= 1 && height >= 1 && width >= 1, "a window of " + kernelH + "x" + kernelW
        + " with " + window + " does not fit into the image " + x);
    return x.with(1, height).with(2, width);
  }

  private static Shape reduce(Reduce o) {
    Shape x = o.x().shape();
    int last = -1;
    for (int axis : o.axes()) {
      require(axis > last && axis < x.rank(), "axes " + o.axes() + " must ascend and exist in " + x);
      last = axis;
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!o.axes().contains(i)) {
        dims.add(x.dim(i));
      } else {
        require(x.dim(i) != 0 || o.fn() == ReduceFn.SUM, o.fn() + " over an empty axis of " + x);
        if (o.keepDims()) {
          dims.add(1);
        }
      }
    }
    return shape(dims);
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

  private static Shape concat(List<Value> values, int axis) {
    require(!values.isEmpty(), "concatenation of nothing");
    Shape first = values.getFirst().shape();
    int at = axis(first, axis);
    int extent = 0;
    for (Value v : values) {
      require(v.shape().rank() == first.rank() && v.shape().dim(at) != Shape.BATCH
          && v.shape().with(at, 1).equals(first.with(at, 1)),
          "shapes " + first + " and " + v.shape() + " cannot be joined along axis " + at);
      extent += v.shape().dim(at);
    }
    return first.with(at, extent);
  }

  private static Shape slice(Slice o) {
    Shape x = o.x().shape();
    int rank = x.rank();
    require(o.starts().size() == rank && o.sizes().size() == rank && o.steps().size() == rank,
        "slice of " + x + " needs " + rank + " starts, sizes and steps");
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int start = o.starts().get(i);
      int size = o.sizes().get(i);
      int step = o.steps().get(i);
      boolean whole = start == 0 && step == 1 && size == x.dim(i);
      boolean inside = x.dim(i) >= 0 && start >= 0 && size >= 1 && step >= 1
          && start + (long) (size - 1) * step < x.dim(i);
      require(whole || inside, "slice from " + start + " of " + size + " in steps of " + step
          + " leaves axis " + i + " of " + x);
      dims[i] = size;
    }
    return Shape.of(dims);
  }

  private static Shape pad(Pad o) {
    Shape x = o.x().shape();
    int rank = x.rank();
    require(o.low().size() == rank && o.high().size() == rank && o.interior().size() == rank,
        "padding of " + x + " needs " + rank + " low, high and interior counts");
    int[] dims = x.dims();
    for (int i = 0; i < rank; i++) {
      int low = o.low().get(i);
      int high = o.high().get(i);
      int interior = o.interior().get(i);
      require(low >= 0 && high >= 0 && interior >= 0, "padding counts must not be negative");
      if (low + high + interior > 0) {
        require(dims[i] != Shape.BATCH, "the batch axis of " + x + " cannot be padded");
        dims[i] = low + dims[i] + Math.max(0, dims[i] - 1) * interior + high;
      }
    }
    return Shape.of(dims);
  }

  private static Shape reshape(Shape from, Shape to) {
    boolean same = from.isBound() == to.isBound() && from.bind(1).size() == to.bind(1).size();
    require(same, "shape " + from + " cannot be reshaped to " + to + ": the element counts differ");
    return to;
  }

  private static Shape transpose(Shape x, List<Integer> permutation) {
    boolean[] seen = new boolean[x.rank()];
    boolean ok = permutation.size() == x.rank();
    for (int i = 0; ok && i < permutation.size(); i++) {
      int p = permutation.get(i);
      ok = p >= 0 && p < x.rank() && !seen[p];
      if (ok) {
        seen[p] = true;
      }
    }
    require(ok, permutation + " is not an order of the axes of " + x);
    return shape(permutation.stream().map(x::dim).toList());
  }

  private static Shape image(String what, Shape s) {
    require(s.rank() == 4, what + " must be [batch,height,width,channels], found " + s);
    return s;
  }

  /// Operations hold axes counted from the first, so that equal ones are equal; builders normalise.
  private static int axis(Shape s, int axis) {
    require(axis >= 0, "axis " + axis + " of " + s + " must be counted from the first one");
    return s.axis(axis);
  }

  private static Shape lastAxis(Shape s) {
    require(s.rank() >= 1 && s.dim(-1) > 0, "softmax needs a last axis that is not empty, found " + s);
    return s;
  }

  private static Shape bound(Shape s, String what) {
    require(s.isBound(), "a " + what + " has no batch axis, found " + s);
    return s;
  }

  private static Shape without(Shape s, int axis) {
    return spliced(s, axis, Shape.SCALAR);
  }

  private static Shape spliced(Shape s, int axis, Shape replacement) {
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < s.rank(); i++) {
      if (i == axis) {
        for (int d : replacement.dims()) {
          dims.add(d);
        }
      } else {
        dims.add(s.dim(i));
      }
    }
    return shape(dims);
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
