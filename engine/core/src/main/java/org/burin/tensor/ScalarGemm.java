package org.burin.tensor;

import java.util.Arrays;

/// Matrix products in plain Java: rows of B, scaled, are added to a row of C.
///
/// The innermost loop runs over columns of C, so that the compiler can vectorise it without changing the order of additions
/// within an element.
final class ScalarGemm {
  private ScalarGemm() {}

  static void gemm(
      GemmSpec spec, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] bias,
      int biasOffset, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch, int scratchOffset) {
    int rows = rowTo - rowFrom;
    int rowStep = spec.transA() ? 1 : spec.lda();
    int kStep = spec.transA() ? spec.lda() : 1;
    for (int j = colFrom; j < colTo; j += KernelScratch.BLOCK_N) {
      int columns = Math.min(colTo - j, KernelScratch.BLOCK_N);
      int cBlock = cOffset + rowFrom * spec.ldc() + j;
      if (!spec.accumulate()) {
        clear(c, cBlock, spec.ldc(), rows, columns);
      }
      for (int p = 0; p < spec.k(); p += KernelScratch.BLOCK_K) {
        int depth = Math.min(spec.k() - p, KernelScratch.BLOCK_K);
        int aBlock = aOffset + rowFrom * rowStep + p * kStep;
        if (spec.transB()) {
          transposeB(b, bOffset + j * spec.ldb() + p, spec.ldb(), depth, columns, scratch, scratchOffset);
          block(a, aBlock, rowStep, kStep, scratch, scratchOffset, columns, c, cBlock, spec.ldc(), rows, columns, depth);
        } else {
          int bBlock = bOffset + p * spec.ldb() + j;
          block(a, aBlock, rowStep, kStep, b, bBlock, spec.ldb(), c, cBlock, spec.ldc(), rows, columns, depth);
        }
      }
      epilogue(c, cBlock, spec.ldc(), rows, columns, spec.bias(), bias, biasOffset + j, spec.relu());
    }
  }

  private static void clear(float[] c, int cOffset, int ldc, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(c, cOffset + i * ldc, cOffset + i * ldc + columns, 0f);
    }
  }

  private static void transposeB(
      float[] b, int bOffset, int ldb, int depth, int columns, float[] packed, int packedOffset) {
    for (int j = 0; j < columns; j++) {
      for (int p = 0; p < depth; p++) {
        packed[packedOffset + p * columns + j] = b[bOffset + j * ldb + p];
      }
    }
  }

  private static void block(
      float[] a, int aOffset, int rowStep, int kStep, float[] b, int bOffset, int ldb, float[] c, int cOffset, int ldc,
      int rows, int columns, int depth) {
    for (int i = 0; i < rows; i++) {
      int ci = cOffset + i * ldc;
      int ai = aOffset + i * rowStep;
      int p = 0;
      for (; p + 4 <= depth; p += 4) {
        axpy4(
            a[ai + p * kStep], a[ai + (p + 1) * kStep], a[ai + (p + 2) * kStep], a[ai + (p + 3) * kStep],
            b, bOffset + p * ldb, ldb, c, ci, columns);
      }
      for (; p < depth; p++) {
        axpy(a[ai + p * kStep], b, bOffset + p * ldb, c, ci, columns);
      }
    }
  }

  /// `c[j] = fma(s, b[j], c[j])`.
  static void axpy(float s, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int j = 0; j < n; j++) {
      c[cOffset + j] = Math.fma(s, b[bOffset + j], c[cOffset + j]);
    }
  }

  /// Four steps of [#axpy] with rows of b at distance ldb, in order.
  static void axpy4(
      float s0, float s1, float s2, float s3, float[] b, int bOffset, int ldb, float[] c, int cOffset, int n) {
    int b1 = bOffset + ldb;
    int b2 = b1 + ldb;
    int b3 = b2 + ldb;
    for (int j = 0; j < n; j++) {
      float t = Math.fma(s0, b[bOffset + j], c[cOffset + j]);
      t = Math.fma(s1, b[b1 + j], t);
      t = Math.fma(s2, b[b2 + j], t);
      c[cOffset + j] = Math.fma(s3, b[b3 + j], t);
    }
  }

  /// Adds the bias to each row of c and applies RELU, where asked for.
  static void epilogue(
      float[] c, int cOffset, int ldc, int rows, int columns, boolean hasBias, float[] bias, int biasOffset,
      boolean relu) {
    for (int i = 0; i < rows; i++) {
      int ci = cOffset + i * ldc;
      if (hasBias) {
        ScalarElementwise.binary(BinaryFn.ADD, c, ci, bias, biasOffset, c, ci, columns);
      }
      if (relu) {
        ScalarElementwise.unary(UnaryFn.RELU, c, ci, c, ci, columns);
      }
    }
  }
}
