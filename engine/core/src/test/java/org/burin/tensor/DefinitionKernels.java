package org.burin.tensor;

import java.util.Arrays;

/// The definitions in [Kernels], word for word and one element at a time: what every implementation is compared with.
final class DefinitionKernels implements Kernels {
  @Override
  public String name() {
    return "definition";
  }

  @Override
  public int gemmScratch(GemmSpec spec) {
    return 0;
  }

  @Override
  public void gemm(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    for (int i = rowFrom; i < rowTo; i++) {
      for (int j = colFrom; j < colTo; j++) {
        int ij = cOffset + i * spec.ldc() + j;
        float s = spec.accumulate() ? c[ij] : 0f;
        for (int p = 0; p < spec.k(); p++) {
          float aip = a[aOffset + (spec.transA() ? p * spec.lda() + i : i * spec.lda() + p)];
          float bpj = b[bOffset + (spec.transB() ? j * spec.ldb() + p : p * spec.ldb() + j)];
          s = Math.fma(aip, bpj, s);
        }
        c[ij] = finish(s, spec.bias(), bias, biasOffset + j, spec.relu());
      }
    }
  }

  private static float finish(float s, boolean hasBias, float[] bias, int biasIndex, boolean relu) {
    float t = hasBias ? s + bias[biasIndex] : s;
    return relu ? UnaryFn.RELU.apply(t) : t;
  }

  @Override
  public int convScratch(ConvSpec spec) {
    return 0;
  }

  @Override
  public void conv2d(
      ConvSpec spec, float[] x, int xOffset, float[] w, int wOffset, float[] y, int yOffset, boolean hasBias,
      float[] bias, int biasOffset, boolean relu, int from, int to, float[] scratch, int scratchOffset) {
    int filters = spec.filters();
    int perGroup = spec.channels() / spec.groups();
    for (int image = from; image < to; image++) {
      for (int oh = 0; oh < spec.outHeight(); oh++) {
        for (int ow = 0; ow < spec.outWidth(); ow++) {
          for (int f = 0; f < filters; f++) {
            float s = 0f;
            for (int row = 0; row < spec.kernelH() * spec.kernelW() * perGroup; row++) {
              int xi = xIndex(spec, image, oh, ow, row, f);
              s = xi < 0 ? s : Math.fma(x[xOffset + xi], w[wOffset + row * filters + f], s);
            }
            int yi = ((image * spec.outHeight() + oh) * spec.outWidth() + ow) * filters + f;
            y[yOffset + yi] = finish(s, hasBias, bias, biasOffset + f, relu);
          }
        }
      }
    }
  }

  /// Where the image element lies that meets element (row, f) of the kernel at output (oh, ow), or -1 on padding.
  private static int xIndex(ConvSpec spec, int image, int oh, int ow, int row, int f) {
    int perGroup = spec.channels() / spec.groups();
    Window window = spec.window();
    int tap = row / perGroup;
    int channel = f / (spec.filters() / spec.groups()) * perGroup + row % perGroup;
    int ih = oh * window.strideH() - window.top() + tap / spec.kernelW() * window.dilationH();
    int iw = ow * window.strideW() - window.left() + tap % spec.kernelW() * window.dilationW();
    boolean inside = ih >= 0 && ih < spec.height() && iw >= 0 && iw < spec.width();
    return inside ? ((image * spec.height() + ih) * spec.width() + iw) * spec.channels() + channel : -1;
  }

  @Override
  public void conv2dTranspose(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset, int from, int to,
      float[] scratch, int scratchOffset) {
    int filters = spec.filters();
    int perGroup = spec.channels() / spec.groups();
    int imageSize = spec.height() * spec.width() * spec.channels();
    Arrays.fill(x, xOffset + from * imageSize, xOffset + to * imageSize, 0f);
    for (int image = from; image < to; image++) {
      // Each x sees at most one output position per tap, so going through taps outside keeps the order (kh, kw, f).
      for (int tap = 0; tap < spec.kernelH() * spec.kernelW(); tap++) {
        for (int oh = 0; oh < spec.outHeight(); oh++) {
          for (int ow = 0; ow < spec.outWidth(); ow++) {
            int yi = ((image * spec.outHeight() + oh) * spec.outWidth() + ow) * filters;
            for (int f = 0; f < filters; f++) {
              for (int row = tap * perGroup; row < (tap + 1) * perGroup; row++) {
                int xi = xIndex(spec, image, oh, ow, row, f);
                if (xi >= 0) {
                  x[xOffset + xi] = Math.fma(y[yOffset + yi + f], w[wOffset + row * filters + f], x[xOffset + xi]);
                }
              }
            }
          }
        }
      }
    }
  }

  @Override
  public void conv2dKernel(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int rowFrom, int rowTo,
      float[] scratch, int scratchOffset) {
    int filters = spec.filters();
    int outputs = spec.outHeight() * spec.outWidth();
    for (int row = rowFrom; row < rowTo; row++) {
      for (int f = 0; f < filters; f++) {
        float s = 0f;
        for (int o = 0; o < spec.batch() * outputs; o++) {
          int at = o % outputs;
          int xi = xIndex(spec, o / outputs, at / spec.outWidth(), at % spec.outWidth(), row, f);
          s = xi < 0 ? s : Math.fma(x[xOffset + xi], y[yOffset + o * filters + f], s);
        }
        w[wOffset + row * filters + f] = s;
      }
    }
  }

  @Override
  public void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = fn.apply(x[xOffset + i]);
    }
  }

  @Override
  public void binary(BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i++) {
      c[cOffset + i] = fn.apply(a[aOffset + i], b[bOffset + i]);
    }
  }

  @Override
  public void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i++) {
      c[cOffset + i] = fn.apply(a[aOffset + i], s);
    }
  }

  @Override
  public void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int i = 0; i < n; i++) {
      c[cOffset + i] = fn.apply(s, b[bOffset + i]);
    }
  }

  @Override
  public void select(
      float[] condition, int conditionOffset, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = condition[conditionOffset + i] != 0 ? a[aOffset + i] : b[bOffset + i];
    }
  }

  @Override
  public void reluMask(float[] x, int xOffset, float[] g, int gOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] > 0 ? g[gOffset + i] : 0;
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(a[aOffset + i], b[bOffset + i], c[cOffset + i]);
    }
  }

  @Override
  public void reduceRows(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int colFrom, int colTo) {
    for (int j = colFrom; j < colTo; j++) {
      float s = fn == ReduceFn.MAX ? Float.NEGATIVE_INFINITY : 0f;
      for (int i = 0; i < rows; i++) {
        s = fold(fn, s, x[xOffset + i * columns + j]);
      }
      y[yOffset + j] = fn == ReduceFn.MEAN ? s / rows : s;
    }
  }

  private static float fold(ReduceFn fn, float a, float b) {
    return fn == ReduceFn.MAX ? BinaryFn.MAX.apply(a, b) : a + b;
  }

  @Override
  public void reduceColumns(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      y[yOffset + i] = foldRow(fn, x, xOffset + i * columns, columns);
    }
  }

  private static float foldRow(ReduceFn fn, float[] x, int offset, int n) {
    if (n <= 16) {
      float s = fn == ReduceFn.MAX ? Float.NEGATIVE_INFINITY : 0f;
      for (int j = 0; j < n; j++) {
        s = fold(fn, s, x[offset + j]);
      }
      return fn == ReduceFn.MEAN ? s / n : s;
    }
    float[] partial = new float[16];
    Arrays.fill(partial, fn == ReduceFn.MAX ? Float.NEGATIVE_INFINITY : 0f);
    for (int j = 0; j < n; j++) {
      partial[j % 16] = fold(fn, partial[j % 16], x[offset + j]);
    }
    for (int half = 8; half >= 1; half /= 2) {
      for (int l = 0; l < half; l++) {
        partial[l] = fold(fn, partial[l], partial[l + half]);
      }
    }
    return fn == ReduceFn.MEAN ? partial[0] / n : partial[0];
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      float m = foldRow(ReduceFn.MAX, x, xOffset + i * columns, columns);
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        y[yOffset + j] = FloatMath.exp(x[xOffset + j] - m);
      }
      float s = foldRow(ReduceFn.SUM, y, yOffset + i * columns, columns);
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        y[yOffset + j] = y[yOffset + j] / s;
      }
    }
  }

  @Override
  public void logSoftmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      float m = foldRow(ReduceFn.MAX, x, xOffset + i * columns, columns);
      float[] e = new float[columns];
      for (int j = 0; j < columns; j++) {
        e[j] = FloatMath.exp(x[xOffset + i * columns + j] - m);
      }
      float s = foldRow(ReduceFn.SUM, e, 0, columns);
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        y[yOffset + j] = (x[xOffset + j] - m) - FloatMath.log(s);
      }
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      for (int j = 0; j < columns; j++) {
        y[yOffset + j * rows + i] = x[xOffset + i * columns + j];
      }
    }
  }
}
