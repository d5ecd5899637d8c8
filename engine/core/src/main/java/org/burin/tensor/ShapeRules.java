package org.burin.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The shapes that operations on tensors give, whatever the numbers are.
///
/// Every rule throws an [IllegalArgumentException] when the operands do not fit; the text names the shapes, not the
/// place.
public final class ShapeRules {
  private ShapeRules() {}

  /// The product of the matrices of the last two axes, transposed if asked; leading axes broadcast.
  public static Shape matMul(Shape a, Shape b, boolean transA, boolean transB) {
    require(a.rank() >= 2 && b.rank() >= 2, "matrix product needs at least 2 axes, found " + a + " and " + b);
    int m = a.dim(transA ? -1 : -2);
    int ka = a.dim(transA ? -2 : -1);
    int kb = b.dim(transB ? -1 : -2);
    int n = b.dim(transB ? -2 : -1);
    require(ka == kb, "matrix product of " + a + (transA ? "^T" : "") + " and " + b + (transB ? "^T" : "")
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

  /// Images `[N,H,W,C]` convolved with kernels `[kernelH,kernelW,channels/groups,filters]`.
  public static Shape conv2d(Shape image, Shape kernel, Window window, int groups) {
    Shape x = image("image", image);
    Shape w = kernel(kernel, groups);
    require(x.dim(3) == w.dim(2) * groups, "convolution of " + x + " with kernel " + w + " in " + groups
        + " group(s): the kernel expects " + w.dim(2) * groups + " channels, the image has " + x.dim(3));
    return windowed(x, w.dim(0), w.dim(1), window).with(3, w.dim(3));
  }

  /// The adjoint of [#conv2d] in its image, which has this height and width.
  public static Shape conv2dTranspose(Shape image, Shape kernel, Window window, int groups, int height, int width) {
    Shape y = image("image", image);
    Shape w = kernel(kernel, groups);
    require(y.dim(3) == w.dim(3), "transposed convolution of " + y + " with kernel " + w
        + ": the kernel's last extent must be the image's channels");
    Shape x = y.with(1, height).with(2, width).with(3, w.dim(2) * groups);
    Shape back = windowed(x, w.dim(0), w.dim(1), window).with(3, w.dim(3));
    require(back.equals(y), "the transposed convolution's image must be " + back + ", found " + y);
    return x;
  }

  private static Shape kernel(Shape w, int groups) {
    require(w.rank() == 4, "a convolution kernel is [height,width,channels/groups,filters], found " + w);
    require(groups >= 1 && w.dim(3) % groups == 0, "groups " + groups + " must divide the filters " + w.dim(3));
    return w;
  }

  /// Images reduced window by window. Every window overlaps the image.
  public static Shape pool(Shape x, int kernelH, int kernelW, Window window) {
    require(window.dilationH() == 1 && window.dilationW() == 1, "pooling windows are not dilated");
    require(window.top() < kernelH && window.bottom() < kernelH && window.left() < kernelW
        && window.right() < kernelW, "pooling padding must be smaller than the window " + kernelH + "x" + kernelW);
    return windowed(image("image", x), kernelH, kernelW, window);
  }

  /// Images with one position for every window.
  public static Shape windowed(Shape x, int kernelH, int kernelW, Window window) {
    int height = window.outHeight(x.dim(1), kernelH);
    int width = window.outWidth(x.dim(2), kernelW);
    require(kernelH >= 1 && kernelW >= 1 && height >= 1 && width >= 1, "a window of " + kernelH + "x" + kernelW
        + " with " + window + " does not fit into the image " + x);
    return x.with(1, height).with(2, width);
  }

  /// Images with every pixel repeated.
  public static Shape upsample2d(Shape x, int factorH, int factorW) {
    Shape s = image("image", x);
    require(factorH >= 1 && factorW >= 1, "up-sampling factors must be at least 1, found " + factorH + "x" + factorW);
    return s.with(1, s.dim(1) * factorH).with(2, s.dim(2) * factorW);
  }

  /// `x` folded over axes, which disappear or become 1.
  public static Shape reduce(Shape x, List<Integer> axes, boolean keepDims) {
    int last = -1;
    for (int axis : axes) {
      require(axis > last && axis < x.rank(), "axes " + axes + " must ascend and exist in " + x);
      last = axis;
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        dims.add(x.dim(i));
      } else if (keepDims) {
        dims.add(1);
      }
    }
    return shape(dims);
  }

  /// `x` without an axis.
  public static Shape argMax(Shape x, int axis) {
    return spliced(x, axis(x, axis), Shape.SCALAR);
  }

  /// `x` with an axis replaced by the axes of the indices.
  public static Shape gather(Shape x, Shape indices, int axis) {
    return spliced(x, axis(x, axis), indices);
  }

  /// Values joined along an axis.
  public static Shape concat(List<Shape> shapes, int axis) {
    require(!shapes.isEmpty(), "concatenation of nothing");
    Shape first = shapes.getFirst();
    int at = axis(first, axis);
    int extent = 0;
    for (Shape s : shapes) {
      require(s.rank() == first.rank() && s.dim(at) != Shape.BATCH && s.with(at, 1).equals(first.with(at, 1)),
          "shapes " + first + " and " + s + " cannot be joined along axis " + at);
      extent += s.dim(at);
    }
    return first.with(at, extent);
  }

  /// A strided block of `x`.
  public static Shape slice(Shape x, List<Integer> starts, List<Integer> sizes, List<Integer> steps) {
    int rank = x.rank();
    require(starts.size() == rank && sizes.size() == rank && steps.size() == rank,
        "slice of " + x + " needs " + rank + " starts, sizes and steps");
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int start = starts.get(i);
      int size = sizes.get(i);
      int step = steps.get(i);
      boolean whole = start == 0 && step == 1 && size == x.dim(i);
      boolean inside = x.dim(i) >= 0 && start >= 0 && size >= 1 && step >= 1
          && start + (long) (size - 1) * step < x.dim(i);
      require(whole || inside, "slice from " + start + " of " + size + " in steps of " + step
          + " leaves axis " + i + " of " + x);
      dims[i] = size;
    }
    return Shape.of(dims);
  }

  /// `x` surrounded and spread.
  public static Shape pad(Shape x, List<Integer> lows, List<Integer> highs, List<Integer> interiors) {
    int rank = x.rank();
    require(lows.size() == rank && highs.size() == rank && interiors.size() == rank,
        "padding of " + x + " needs " + rank + " low, high and interior counts");
    int[] dims = x.dims();
    for (int i = 0; i < rank; i++) {
      int low = lows.get(i);
      int high = highs.get(i);
      int interior = interiors.get(i);
      require(low >= 0 && high >= 0 && interior >= 0, "padding counts must not be negative");
      if (low + high + interior > 0) {
        require(dims[i] != Shape.BATCH, "the batch axis of " + x + " cannot be padded");
        dims[i] = low + dims[i] + Math.max(0, dims[i] - 1) * interior + high;
      }
    }
    return Shape.of(dims);
  }

  /// `to`, if it has as many elements as `from`.
  public static Shape reshape(Shape from, Shape to) {
    boolean same = from.isBound() == to.isBound() && from.bind(1).size() == to.bind(1).size();
    require(same, "shape " + from + " cannot be reshaped to " + to + ": the element counts differ");
    return to;
  }

  /// The axes of `x` in another order.
  public static Shape transpose(Shape x, List<Integer> permutation) {
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

  /// `to`, if `x` broadcasts to it.
  public static Shape broadcast(Shape x, Shape to) {
    require(x.broadcastsTo(to), "shape " + x + " does not broadcast to " + to);
    return to;
  }

  /// `s`, if it is that of images `[N,H,W,C]`.
  ///
  /// @param what what it should be, for the error text
  public static Shape image(String what, Shape s) {
    require(s.rank() == 4, what + " must be [batch,height,width,channels], found " + s);
    return s;
  }

  /// Operations hold axes counted from the first, so that equal ones are equal; builders normalise.
  private static int axis(Shape s, int axis) {
    require(axis >= 0, "axis " + axis + " of " + s + " must be counted from the first one");
    return s.axis(axis);
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

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
