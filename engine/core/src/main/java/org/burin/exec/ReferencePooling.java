package org.burin.exec;

import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling, window by window.
final class ReferencePooling {
  private ReferencePooling() {}

  /// The rows and columns of an image that a window covers, padding left out.
  private record Cover(int top, int bottom, int left, int right) {
    static Cover of(Shape image, int[] at, int kernelH, int kernelW, Window window) {
      int h = at[1] * window.strideH() - window.top();
      int w = at[2] * window.strideW() - window.left();
      return new Cover(
          Math.max(h, 0), Math.min(h + kernelH, image.dim(1)), Math.max(w, 0), Math.min(w + kernelW, image.dim(2)));
    }

    int count() {
      return (bottom - top) * (right - left);
    }
  }

  /// The index in `x` of the first largest element of the window at output index `at`.
  private static int[] largest(DoubleTensor x, int[] at, int kernelH, int kernelW, Window window) {
    Cover cover = Cover.of(x.shape(), at, kernelH, kernelW, window);
    int[] best = {at[0], cover.top, cover.left, at[3]};
    for (int h = cover.top; h < cover.bottom; h++) {
      for (int w = cover.left; w < cover.right; w++) {
        if (x.get(at[0], h, w, at[3]) > x.get(best)) {
          best[1] = h;
          best[2] = w;
        }
      }
    }
    return best;
  }

  static DoubleTensor gather(DoubleTensor x, DoubleTensor from, int kernelH, int kernelW, Window window, Shape shape) {
    return DoubleTensor.generate(shape, at -> from.get(largest(x, at, kernelH, kernelW, window)));
  }

  static DoubleTensor scatter(DoubleTensor x, DoubleTensor y, int kernelH, int kernelW, Window window) {
    DoubleTensor out = DoubleTensor.of(x.shape(), new double[x.size()]);
    int[] at = new int[4];
    for (int i = 0; i < y.size(); i++) {
      out.add(y.get(at), largest(x, at, kernelH, kernelW, window));
      DoubleTensor.advance(at, y.shape());
    }
    return out;
  }

  static DoubleTensor average(DoubleTensor x, int kernelH, int kernelW, Window window, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      Cover cover = Cover.of(x.shape(), at, kernelH, kernelW, window);
      double sum = 0;
      for (int h = cover.top; h < cover.bottom; h++) {
        for (int w = cover.left; w < cover.right; w++) {
          sum += x.get(at[0], h, w, at[3]);
        }
      }
      return sum / cover.count();
    });
  }

  static DoubleTensor averageAdjoint(DoubleTensor y, int kernelH, int kernelW, Window window, Shape shape) {
    DoubleTensor x = DoubleTensor.of(shape, new double[shape.size()]);
    int[] at = new int[4];
    for (int i = 0; i < y.size(); i++) {
      Cover cover = Cover.of(shape, at, kernelH, kernelW, window);
      for (int h = cover.top; h < cover.bottom; h++) {
        for (int w = cover.left; w < cover.right; w++) {
          x.add(y.get(at) / cover.count(), at[0], h, w, at[3]);
        }
      }
      DoubleTensor.advance(at, y.shape());
    }
    return x;
  }
}
