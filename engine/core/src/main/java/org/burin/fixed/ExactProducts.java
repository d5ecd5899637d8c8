package org.burin.fixed;

import java.util.Arrays;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Matrix products and convolutions, sum by sum. Sums are taken modulo 2^64, which is exact because all results are
/// known to have at most 64 bits.
final class ExactProducts {
  private ExactProducts() {}

  /// `y[..., i, j] = sum over p of op(a)[..., i, p] * op(b)[..., p, j]`.
  static FixedTensor matMul(FixedTensor a, FixedTensor b, MatMul op, Shape shape) {
    int rows = shape.dim(-2);
    int columns = shape.dim(-1);
    int inner = a.shape().dim(op.transA() ? -2 : -1);
    int widthA = a.shape().dim(-1);
    int widthB = b.shape().dim(-1);
    int rowA = op.transA() ? 1 : widthA;
    int stepA = op.transA() ? widthA : 1;
    int columnB = op.transB() ? widthB : 1;
    int stepB = op.transB() ? 1 : widthB;
    Shape matrices = leading(shape);
    int[] inA = Walk.sources(leading(a.shape()), matrices);
    int[] inB = Walk.sources(leading(b.shape()), matrices);
    long[] y = new long[shape.size()];
    for (int m = 0; m < matrices.size(); m++) {
      int firstA = inA[m] * inner * rows;
      int firstB = inB[m] * inner * columns;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          long sum = 0;
          for (int p = 0; p < inner; p++) {
            sum += a.raw()[firstA + i * rowA + p * stepA] * b.raw()[firstB + j * columnB + p * stepB];
          }
          y[(m * rows + i) * columns + j] = sum;
        }
      }
    }
    return FixedTensor.of(shape, a.fraction() + b.fraction(), y);
  }

  private static Shape leading(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  /// `y[n,oh,ow,f] = sum over kh, kw, c of x[n, oh*strideH - top + kh*dilationH, ow*strideW - left + kw*dilationW,
  /// group(f)*channels + c] * w[kh,kw,c,f]`, elements outside of the image left out.
  static FixedTensor conv2d(FixedTensor x, FixedTensor w, Conv2d op, Shape shape) {
    long[] y = new long[shape.size()];
    forEachTap(x.shape(), w.shape(), shape, op.window(), op.groups(), (inX, inW, inY) ->
        y[inY] += x.raw()[inX] * w.raw()[inW]);
    return FixedTensor.of(shape, x.fraction() + w.fraction(), y);
  }

  /// Every product of the convolution that this is the adjoint of, with image and result changing places.
  static FixedTensor conv2dTranspose(FixedTensor y, FixedTensor w, Conv2dTranspose op, Shape shape) {
    long[] x = new long[shape.size()];
    forEachTap(shape, w.shape(), y.shape(), op.window(), op.groups(), (inX, inW, inY) ->
        x[inX] += y.raw()[inY] * w.raw()[inW]);
    return FixedTensor.of(shape, y.fraction() + w.fraction(), x);
  }

  /// One product of a convolution of `x` with `w` to `y`.
  @FunctionalInterface
  private interface Tap {
    void at(int inX, int inW, int inY);
  }

  private static void forEachTap(Shape x, Shape w, Shape y, Window window, int groups, Tap tap) {
    int channels = w.dim(2);
    int filters = w.dim(3);
    int perGroup = filters / groups;
    for (int n = 0; n < y.dim(0); n++) {
      for (int oh = 0; oh < y.dim(1); oh++) {
        for (int ow = 0; ow < y.dim(2); ow++) {
          int inY = ((n * y.dim(1) + oh) * y.dim(2) + ow) * filters;
          for (int kh = 0; kh < w.dim(0); kh++) {
            int h = oh * window.strideH() - window.top() + kh * window.dilationH();
            for (int kw = 0; kw < w.dim(1); kw++) {
              int v = ow * window.strideW() - window.left() + kw * window.dilationW();
              if (h < 0 || h >= x.dim(1) || v < 0 || v >= x.dim(2)) {
                continue;
              }
              int inX = ((n * x.dim(1) + h) * x.dim(2) + v) * x.dim(3);
              for (int c = 0; c < channels; c++) {
                int inW = ((kh * w.dim(1) + kw) * channels + c) * filters;
                for (int f = 0; f < filters; f++) {
                  tap.at(inX + f / perGroup * channels + c, inW + f, inY + f);
                }
              }
            }
          }
        }
      }
    }
  }
}
