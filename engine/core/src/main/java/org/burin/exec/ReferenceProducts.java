package org.burin.exec;

import java.util.Arrays;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Matrix products and convolutions, element by element.
final class ReferenceProducts {
  private ReferenceProducts() {}

  /// `y[..., i, j] = sum over p of op(a)[..., i, p] * op(b)[..., p, j]`, leading axes broadcast.
  static DoubleTensor matMul(DoubleTensor a, DoubleTensor b, boolean transA, boolean transB, Shape shape) {
    int rank = shape.rank();
    int inner = a.shape().dim(transA ? -2 : -1);
    return DoubleTensor.generate(shape, at -> {
      int[] inA = at.clone();
      int[] inB = at.clone();
      double sum = 0;
      for (int p = 0; p < inner; p++) {
        inA[rank - 2] = transA ? p : at[rank - 2];
        inA[rank - 1] = transA ? at[rank - 2] : p;
        inB[rank - 2] = transB ? at[rank - 1] : p;
        inB[rank - 1] = transB ? p : at[rank - 1];
        sum += a.broadcastGet(inA) * b.broadcastGet(inB);
      }
      return sum;
    });
  }

  /// One product of a convolution: kernel element (kh, kw, c, f) takes image element (h, w, channel) to output element
  /// (oh, ow, f) of image n, where c is the channel's number within its group.
  @FunctionalInterface
  private interface Tap {
    void at(int n, int oh, int ow, int f, int h, int w, int channel, int kh, int kw, int c);
  }

  /// Visits every product of the convolution of images `x` with kernels `w` to `y`, padding left out.
  private static void forEachTap(Shape x, Shape w, Shape y, Window window, int groups, Tap tap) {
    int[] at = new int[4];
    int[] k = new int[3];
    Shape taps = Shape.of(w.dim(0), w.dim(1), w.dim(2));
    int channels = w.dim(2);
    int filters = w.dim(3) / groups;
    for (int i = 0; i < y.size(); i++) {
      Arrays.fill(k, 0);
      for (int j = 0; j < taps.size(); j++) {
        int h = at[1] * window.strideH() - window.top() + k[0] * window.dilationH();
        int v = at[2] * window.strideW() - window.left() + k[1] * window.dilationW();
        if (h >= 0 && h < x.dim(1) && v >= 0 && v < x.dim(2)) {
          int channel = at[3] / filters * channels + k[2];
          tap.at(at[0], at[1], at[2], at[3], h, v, channel, k[0], k[1], k[2]);
        }
        DoubleTensor.advance(k, taps);
      }
      DoubleTensor.advance(at, y);
    }
  }

  static DoubleTensor conv2d(DoubleTensor x, DoubleTensor w, Window window, int groups, Shape shape) {
    DoubleTensor y = DoubleTensor.of(shape, new double[shape.size()]);
    forEachTap(x.shape(), w.shape(), shape, window, groups, (n, oh, ow, f, h, v, channel, kh, kw, c) ->
        y.add(x.get(n, h, v, channel) * w.get(kh, kw, c, f), n, oh, ow, f));
    return y;
  }

  static DoubleTensor conv2dTranspose(DoubleTensor y, DoubleTensor w, Window window, int groups, Shape shape) {
    DoubleTensor x = DoubleTensor.of(shape, new double[shape.size()]);
    forEachTap(shape, w.shape(), y.shape(), window, groups, (n, oh, ow, f, h, v, channel, kh, kw, c) ->
        x.add(y.get(n, oh, ow, f) * w.get(kh, kw, c, f), n, h, v, channel));
    return x;
  }

  static DoubleTensor conv2dKernel(DoubleTensor x, DoubleTensor y, Window window, int groups, Shape shape) {
    DoubleTensor w = DoubleTensor.of(shape, new double[shape.size()]);
    forEachTap(x.shape(), shape, y.shape(), window, groups, (n, oh, ow, f, h, v, channel, kh, kw, c) ->
        w.add(x.get(n, h, v, channel) * y.get(n, oh, ow, f), kh, kw, c, f));
    return w;
  }
}
