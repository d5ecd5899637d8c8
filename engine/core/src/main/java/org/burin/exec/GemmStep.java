package org.burin.exec;

import java.util.List;
import org.burin.tensor.GemmSpec;
import org.burin.tensor.Kernels;

/// Matrix products `c[i] = a[i] · b[i]`, one for each entry of the leading axes, with bias and ReLU where absorbed.
final class GemmStep extends Step {
  private static final int ROW_GRAIN = 16;
  private static final int COLUMN_GRAIN = 32;

  private final GemmSpec spec;
  private final Buffer a;
  private final Buffer b;
  private final Buffer c;
  private final Buffer bias;
  private final int[] aStart;
  private final int[] bStart;

  /// @param aStart where the matrix for each product starts in a; as many as products
  /// @param bStart where the matrix for each product starts in b
  /// @param bias a row of `spec.n()` numbers, or any buffer if the spec has no bias
  GemmStep(String name, GemmSpec spec, Buffer a, int[] aStart, Buffer b, int[] bStart, Buffer bias, Buffer c) {
    super(name, spec.bias() ? List.of(a, b, bias) : List.of(a, b), List.of(c),
        (long) aStart.length * spec.m() * spec.n() * spec.k());
    this.spec = spec;
    this.a = a;
    this.b = b;
    this.c = c;
    this.bias = bias;
    this.aStart = aStart.clone();
    this.bStart = bStart.clone();
  }

  @Override
  int scratch(Kernels kernels) {
    return kernels.gemmScratch(spec);
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    int products = aStart.length;
    if (products >= workers && products > 1) {
      for (int i = from(products, 1, worker, workers); i < from(products, 1, worker + 1, workers); i++) {
        part(k, i, 0, spec.m(), 0, spec.n(), scratch);
      }
      return;
    }
    boolean byRows = spec.m() >= spec.n()
        || (spec.m() >= workers * ROW_GRAIN && spec.n() < workers * COLUMN_GRAIN);
    for (int i = 0; i < products; i++) {
      if (byRows) {
        part(k, i, from(spec.m(), ROW_GRAIN, worker, workers), from(spec.m(), ROW_GRAIN, worker + 1, workers),
            0, spec.n(), scratch);
      } else {
        part(k, i, 0, spec.m(), from(spec.n(), COLUMN_GRAIN, worker, workers),
            from(spec.n(), COLUMN_GRAIN, worker + 1, workers), scratch);
      }
    }
  }

  private void part(Kernels k, int i, int rowFrom, int rowTo, int colFrom, int colTo, float[] scratch) {
    if (rowFrom < rowTo && colFrom < colTo) {
      k.gemm(spec, a.array(), a.offset() + aStart[i], b.array(), b.offset() + bStart[i], c.array(),
          c.offset() + i * spec.m() * spec.n(), bias.array(), bias.offset(), rowFrom, rowTo, colFrom, colTo, scratch, 0);
    }
  }
}
