package org.burin.tensor;

/// The kernels on the Vector API, with the same bits as [ScalarKernels].
///
/// Only this class and those whose names begin with `Vector` touch the module `jdk.incubator.vector`.
final class VectorKernels implements Kernels {
  private static final ScalarKernels SCALAR = new ScalarKernels();

  @Override
  public String name() {
    return "vector-" + VectorWide.SPECIES.vectorBitSize();
  }

  @Override
  public int gemmScratch(GemmSpec spec) {
    return KernelScratch.gemm(spec);
  }

  @Override
  public void gemm(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    VectorGemm.gemm(
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
    if (isDepthwise(spec)) {
      SCALAR.conv2d(
          spec, x, xOffset, w, wOffset, y, yOffset, hasBias, bias, biasOffset, relu, from, to, scratch, scratchOffset);
    } else {
      VectorConv.forward(
          spec, x, xOffset, w, wOffset, y, yOffset, hasBias, bias, biasOffset, relu, from, to, scratch, scratchOffset);
    }
  }

  /// With one channel and one filter per group there is no product of matrices, and plain loops over channels do best.
  private static boolean isDepthwise(ConvSpec spec) {
    return spec.groups() > 1 && spec.groups() == spec.channels() && spec.groups() == spec.filters();
  }

  @Override
  public void conv2dTranspose(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset, int from, int to,
      float[] scratch, int scratchOffset) {
    if (isDepthwise(spec)) {
      SCALAR.conv2dTranspose(spec, y, yOffset, w, wOffset, x, xOffset, from, to, scratch, scratchOffset);
    } else {
      VectorConv.transpose(spec, y, yOffset, w, wOffset, x, xOffset, from, to, scratch, scratchOffset);
    }
  }

  @Override
  public void conv2dKernel(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int rowFrom, int rowTo,
      float[] scratch, int scratchOffset) {
    if (isDepthwise(spec)) {
      SCALAR.conv2dKernel(spec, x, xOffset, y, yOffset, w, wOffset, rowFrom, rowTo, scratch, scratchOffset);
    } else {
      VectorConv.kernelGradient(
          spec, x, xOffset, y, yOffset, w, wOffset, rowFrom, rowTo, scratch, scratchOffset);
    }
  }

  @Override
  public void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n) {
    VectorElementwise.unary(fn, x, xOffset, y, yOffset, n);
  }

  @Override
  public void binary(BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n) {
    VectorElementwise.binary(fn, a, aOffset, b, bOffset, c, cOffset, n);
  }

  @Override
  public void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n) {
    VectorElementwise.binaryScalar(fn, a, aOffset, s, c, cOffset, n);
  }

  @Override
  public void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    VectorElementwise.scalarBinary(fn, s, b, bOffset, c, cOffset, n);
  }

  @Override
  public void select(
      float[] condition, int conditionOffset, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset,
      int n) {
    VectorElementwise.select(condition, conditionOffset, a, aOffset, b, bOffset, y, yOffset, n);
  }

  @Override
  public void reluMask(float[] x, int xOffset, float[] g, int gOffset, float[] y, int yOffset, int n) {
    VectorElementwise.reluMask(x, xOffset, g, gOffset, y, yOffset, n);
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
    VectorRows.reduceRows(fn, rows, columns, x, xOffset, y, yOffset, colFrom, colTo);
  }

  @Override
  public void reduceColumns(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    VectorRows.reduceColumns(fn, columns, x, xOffset, y, yOffset, rowFrom, rowTo);
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    int blocks = VectorRows.inBlocks(columns, rowFrom, rowTo);
    int done = rowFrom * columns;
    if (blocks > 0) {
      VectorRows.softmaxBlocks(blocks, columns, x, xOffset + done, y, yOffset + done);
    }
    for (int i = rowFrom + blocks; i < rowTo; i++) {
      int yi = yOffset + i * columns;
      float m = ScalarRows.max(x, xOffset + i * columns, columns);
      VectorElementwise.binaryScalar(BinaryFn.SUB, x, xOffset + i * columns, m, y, yi, columns);
      VectorElementwise.unary(UnaryFn.EXP, y, yi, y, yi, columns);
      float s = ScalarRows.sum(y, yi, columns);
      VectorElementwise.binaryScalar(BinaryFn.DIV, y, yi, s, y, yi, columns);
    }
  }

  @Override
  public void logSoftmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    int blocks = VectorRows.inBlocks(columns, rowFrom, rowTo);
    int done = rowFrom * columns;
    if (blocks > 0) {
      VectorRows.logSoftmaxBlocks(blocks, columns, x, xOffset + done, y, yOffset + done);
    }
    for (int i = rowFrom + blocks; i < rowTo; i++) {
      int xi = xOffset + i * columns;
      int yi = yOffset + i * columns;
      float m = ScalarRows.max(x, xi, columns);
      VectorElementwise.binaryScalar(BinaryFn.SUB, x, xi, m, y, yi, columns);
      VectorElementwise.unary(UnaryFn.EXP, y, yi, y, yi, columns);
      float logSum = FloatMath.log(ScalarRows.sum(y, yi, columns));
      VectorElementwise.binaryScalar(BinaryFn.SUB, x, xi, m, y, yi, columns);
      VectorElementwise.binaryScalar(BinaryFn.SUB, y, yi, logSum, y, yi, columns);
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo) {
    ScalarRows.transpose(rows, columns, x, xOffset, y, yOffset, rowFrom, rowTo);
  }
}
