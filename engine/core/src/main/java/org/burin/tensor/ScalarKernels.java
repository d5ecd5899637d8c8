package org.burin.tensor;

/// The kernels in plain Java, in loops that HotSpot turns into SIMD code where it can.
///
/// They are the reference for every other implementation, and what runs where the Vector API is missing.
final class ScalarKernels implements Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int gemmScratch(GemmSpec spec) {
    return KernelScratch.gemm(spec);
  }

  @Override
  public void gemm(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    ScalarGemm.gemm(
        spec, a, aOffset, b, bOffset, c, cOffset, bias, biasOffset, rowFrom, rowTo, colFrom, colTo, scratch,
        scratchOffset);
  }

  @Override
  public int convScratch(ConvSpec spec) {
    return KernelScratch.conv(spec);
  }

  @Override
  public void conv2d(
      ConvSpec spec, float[] x, int xOffset, float[] w, int wOffset, float[] y, int yOffset, boolean hasBias,
      float[] bias, int biasOffset, boolean relu, int from, int to, float[] scratch, int scratchOffset) {
    ScalarConv.forward(spec, x, xOffset, w, wOffset, y, yOffset, from, to);
    int perImage = spec.outHeight() * spec.outWidth();
    int first = yOffset + from * perImage * spec.filters();
    ScalarGemm.epilogue(
        y, first, spec.filters(), (to - from) * perImage, spec.filters(), hasBias, bias, biasOffset, relu);
  }

  @Override
  public void conv2dTranspose(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset, int from, int to,
      float[] scratch, int scratchOffset) {
    ScalarConv.transpose(spec, y, yOffset, w, wOffset, x, xOffset, from, to, scratch, scratchOffset);
  }

  @Override
  public void conv2dKernel(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int rowFrom, int rowTo,
      float[] scratch, int scratchOffset) {
    ScalarConv.kernelGradient(spec, x, xOffset, y, yOffset, w, wOffset, rowFrom, rowTo, 0);
  }

  @Override
  public void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n) {
    ScalarElementwise.unary(fn, x, xOffset, y, yOffset, n);
  }

  @Override
  public void binary(BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    ScalarElementwise.binary(fn, a, aOffset, b, bOffset, c, cOffset, n);
  }

  @Override
  public void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    ScalarElementwise.binaryScalar(fn, a, aOffset, s, c, cOffset, n);
  }

  @Override
  public void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    ScalarElementwise.scalarBinary(fn, s, b, bOffset, c, cOffset, n);
  }

  @Override
  public void select(
      float[] condition, int conditionOffset, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = condition[conditionOffset + i] != 0f ? a[aOffset + i] : b[bOffset + i];
    }
  }

  @Override
  public void reluMask(float[] x, int xOffset, float[] g, int gOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] > 0f ? g[gOffset + i] : 0f;
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
    ScalarRows.reduceRows(fn, rows, columns, x, xOffset, y, yOffset, colFrom, colTo);
  }

  @Override
  public void reduceColumns(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    ScalarRows.reduceColumns(fn, columns, x, xOffset, y, yOffset, rowFrom, rowTo);
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      int yi = yOffset + i * columns;
      float m = ScalarRows.max(x, xOffset + i * columns, columns);
      ScalarElementwise.binaryScalar(BinaryFn.SUB, x, xOffset + i * columns, m, y, yi, columns);
      ScalarElementwise.unary(UnaryFn.EXP, y, yi, y, yi, columns);
      float s = ScalarRows.sum(y, yi, columns);
      ScalarElementwise.binaryScalar(BinaryFn.DIV, y, yi, s, y, yi, columns);
    }
  }

  @Override
  public void logSoftmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    for (int i = rowFrom; i < rowTo; i++) {
      int xi = xOffset + i * columns;
      int yi = yOffset + i * columns;
      float m = ScalarRows.max(x, xi, columns);
      ScalarElementwise.binaryScalar(BinaryFn.SUB, x, xi, m, y, yi, columns);
      ScalarElementwise.unary(UnaryFn.EXP, y, yi, y, yi, columns);
      float logSum = FloatMath.log(ScalarRows.sum(y, yi, columns));
      for (int j = 0; j < columns; j++) {
        y[yi + j] = (x[xi + j] - m) - logSum;
      }
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    ScalarRows.transpose(rows, columns, x, xOffset, y, yOffset, rowFrom, rowTo);
  }
}
