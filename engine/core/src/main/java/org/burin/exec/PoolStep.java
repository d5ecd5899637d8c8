package org.burin.exec;

import java.util.Arrays;
import java.util.List;
import org.burin.tensor.Kernels;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling over images `[N,H,W,C]`, its adjoints, and up-sampling; image by image.
final class PoolStep extends Step {
  /// What happens with each window.
  enum Kind {
    /// y = largest element of the window in x
    MAX,
    /// adds y to where the largest element of the window in x is
    MAX_SCATTER,
    /// takes v from where the largest element of the window in x is
    MAX_GATHER,
    /// y = mean over the part of the window inside the image
    AVERAGE,
    /// adds y divided by that part's size to every element of it
    AVERAGE_ADJOINT
  }

  private final Kind kind;
  private final int batch;
  private final int height;
  private final int width;
  private final int channels;
  private final int kernelH;
  private final int kernelW;
  private final Window window;
  private final Buffer x;
  private final Buffer v;
  private final Buffer y;

  /// @param image shape of the larger side `[N,H,W,C]`
  /// @param x the image that decides on maxima; for AVERAGE the image, for AVERAGE_ADJOINT the output gradient
  /// @param v what is scattered or gathered; else the same as x
  /// @param y the result
  PoolStep(
      String name, Kind kind, Shape image, int kernelH, int kernelW, Window window, Buffer x, Buffer v, Buffer y) {
    super(name, List.of(x, v), List.of(y), (long) image.size() * 2);
    this.kind = kind;
    batch = image.dim(0);
    height = image.dim(1);
    width = image.dim(2);
    channels = image.dim(3);
    this.kernelH = kernelH;
    this.kernelW = kernelW;
    this.window = window;
    this.x = x;
    this.v = v;
    this.y = y;
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    int outH = window.outHeight(height, kernelH);
    int outW = window.outWidth(width, kernelW);
    boolean toImage = kind == Kind.MAX_SCATTER || kind == Kind.AVERAGE_ADJOINT;
    int image = height * width * channels;
    for (int n = from(batch, 1, worker, workers); n < from(batch, 1, worker + 1, workers); n++) {
      if (toImage) {
        Arrays.fill(y.array(), y.offset() + n * image, y.offset() + (n + 1) * image, 0f);
      }
      for (int oh = 0; oh < outH; oh++) {
        int h0 = oh * window.strideH() - window.top();
        int hFrom = Math.max(0, h0);
        int hTo = Math.min(height, h0 + kernelH);
        for (int ow = 0; ow < outW; ow++) {
          int w0 = ow * window.strideW() - window.left();
          pool(n * image, ((n * outH + oh) * outW + ow) * channels, hFrom, hTo, Math.max(0, w0),
              Math.min(width, w0 + kernelW));
        }
      }
    }
  }

  /// One window: rows `[hFrom,hTo)`, columns `[wFrom,wTo)` of the image at `image`, output pixel at `out`.
  private void pool(int image, int out, int hFrom, int hTo, int wFrom, int wTo) {
    switch (kind) {
      case MAX -> max(image, out, hFrom, hTo, wFrom, wTo);
      case MAX_SCATTER, MAX_GATHER -> atMaximum(image, out, hFrom, hTo, wFrom, wTo);
      case AVERAGE -> average(image, out, hFrom, hTo, wFrom, wTo);
      case AVERAGE_ADJOINT -> spread(image, out, hFrom, hTo, wFrom, wTo);
    }
  }

  private void max(int image, int out, int hFrom, int hTo, int wFrom, int wTo) {
    float[] from = x.array();
    float[] to = y.array();
    int t = y.offset() + out;
    System.arraycopy(from, x.offset() + image + (hFrom * width + wFrom) * channels, to, t, channels);
    for (int h = hFrom; h < hTo; h++) {
      for (int w = wFrom; w < wTo; w++) {
        int s = x.offset() + image + (h * width + w) * channels;
        for (int c = 0; c < channels; c++) {
          float a = to[t + c];
          float b = from[s + c];
          to[t + c] = b > a ? b : a;
        }
      }
    }
  }

  private void atMaximum(int image, int out, int hFrom, int hTo, int wFrom, int wTo) {
    float[] from = x.array();
    int base = x.offset() + image;
    for (int c = 0; c < channels; c++) {
      int best = (hFrom * width + wFrom) * channels + c;
      for (int h = hFrom; h < hTo; h++) {
        for (int w = wFrom; w < wTo; w++) {
          int at = (h * width + w) * channels + c;
          if (from[base + at] > from[base + best]) {
            best = at;
          }
        }
      }
      if (kind == Kind.MAX_SCATTER) {
        y.array()[y.offset() + image + best] += v.array()[v.offset() + out + c];
      } else {
        y.array()[y.offset() + out + c] = v.array()[v.offset() + image + best];
      }
    }
  }

  private void average(int image, int out, int hFrom, int hTo, int wFrom, int wTo) {
    float[] from = x.array();
    float[] to = y.array();
    int t = y.offset() + out;
    Arrays.fill(to, t, t + channels, 0f);
    for (int h = hFrom; h < hTo; h++) {
      for (int w = wFrom; w < wTo; w++) {
        int s = x.offset() + image + (h * width + w) * channels;
        for (int c = 0; c < channels; c++) {
          to[t + c] += from[s + c];
        }
      }
    }
    float count = (hTo - hFrom) * (wTo - wFrom);
    for (int c = 0; c < channels; c++) {
      to[t + c] /= count;
    }
  }

  private void spread(int image, int out, int hFrom, int hTo, int wFrom, int wTo) {
    float[] from = x.array();
    float[] to = y.array();
    float count = (hTo - hFrom) * (wTo - wFrom);
    for (int h = hFrom; h < hTo; h++) {
      for (int w = wFrom; w < wTo; w++) {
        int t = y.offset() + image + (h * width + w) * channels;
        for (int c = 0; c < channels; c++) {
          to[t + c] += from[x.offset() + out + c] / count;
        }
      }
    }
  }
}
