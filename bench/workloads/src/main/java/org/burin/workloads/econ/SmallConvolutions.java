package org.burin.workloads.econ;

import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Op.Constant;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;

/// Turns convolutions of small images with known kernels into matrix products, which are the same function. A window of 5x5
/// over an image of 4x4 lies outside of it for a third of its taps, so that the product has fewer multiplications, and is
/// several times faster.
final class SmallConvolutions {
  /// The largest number of elements of a matrix.
  private static final int LARGEST = 1 << 20;

  private SmallConvolutions() {}

  /// The graph with products for convolutions. Results differ by roundings.
  static Graph asProducts(Graph graph) {
    return graph.rewrite(SmallConvolutions::rewrite);
  }

  private static Value rewrite(GraphBuilder b, Op op) {
    if (!(op instanceof Conv2d(var x, var w, var window, var groups)) || groups != 1
        || !(w.op() instanceof Constant(var kernel))) {
      return b.add(op);
    }
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int outHeight = window.outHeight(height, kernel.shape().dim(0));
    int outWidth = window.outWidth(width, kernel.shape().dim(1));
    int in = height * width * x.shape().dim(3);
    int out = outHeight * outWidth * kernel.shape().dim(3);
    if ((long) in * out > LARGEST) {
      return b.add(op);
    }
    Value matrix = b.constant(matrix(kernel, window, height, width));
    int n = x.shape().dim(0);
    Value product = b.matMul(b.reshape(x, Shape.of(n, in)), matrix);
    return b.reshape(product, Shape.of(n, outHeight, outWidth, kernel.shape().dim(3)));
  }

  /// The matrix `[height*width*channels, outHeight*outWidth*filters]` of a convolution.
  private static Tensor matrix(Tensor kernel, Window window, int height, int width) {
    Shape k = kernel.shape();
    int outHeight = window.outHeight(height, k.dim(0));
    int outWidth = window.outWidth(width, k.dim(1));
    int channels = k.dim(2);
    int filters = k.dim(3);
    int columns = outHeight * outWidth * filters;
    Tensor matrix = Tensor.zeros(Shape.of(height * width * channels, columns));
    for (int i = 0; i < outHeight * outWidth * k.dim(0) * k.dim(1); i++) {
      int tap = i % (k.dim(0) * k.dim(1));
      int pixel = i / (k.dim(0) * k.dim(1));
      int row = pixel / outWidth * window.strideH() - window.top() + tap / k.dim(1) * window.dilationH();
      int column = pixel % outWidth * window.strideW() - window.left() + tap % k.dim(1) * window.dilationW();
      if (row >= 0 && row < height && column >= 0 && column < width) {
        for (int c = 0; c < channels; c++) {
          System.arraycopy(kernel.data(), (tap * channels + c) * filters, matrix.data(),
              ((row * width + column) * channels + c) * columns + pixel * filters, filters);
        }
      }
    }
    return matrix;
  }
}
