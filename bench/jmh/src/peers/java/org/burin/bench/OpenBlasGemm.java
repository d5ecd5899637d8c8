package org.burin.bench;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/// The matrix product of a [GemmTask] by OpenBLAS, on the same numbers in native memory.
final class OpenBlasGemm implements Runnable {
  private final GemmShape shape;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  OpenBlasGemm(GemmShape shape, GemmTask burin) {
    this.shape = shape;
    a = new FloatPointer(burin.a());
    b = new FloatPointer(burin.b());
    c = new FloatPointer((long) shape.m() * shape.n());
  }

  @Override
  public void run() {
    openblas.cblas_sgemm(openblas.CblasRowMajor, openblas.CblasNoTrans, openblas.CblasNoTrans,
        shape.m(), shape.n(), shape.k(), 1f, a, shape.k(), b, shape.n(), 0f, c, shape.n());
  }

  /// Compares the products of both.
  ///
  /// @throws IllegalStateException when they differ by more than the order of k additions of numbers below 1 explains
  void check(GemmTask burin) {
    burin.run();
    run();
    float[] product = new float[burin.c().length];
    c.get(product);
    for (int i = 0; i < product.length; i++) {
      if (!(Math.abs(product[i] - burin.c()[i]) <= shape.k() * Math.ulp(1f))) {
        throw new IllegalStateException("product " + shape + " element " + i + ": Burin has " + burin.c()[i]
            + ", OpenBLAS has " + product[i]);
      }
    }
  }
}
