package org.burin.bench;

import org.burin.tensor.GemmSpec;
import org.burin.tensor.Kernels;

/// One matrix product of random numbers by the engine's kernels.
public final class GemmTask implements Runnable {
  private final Kernels kernels = Kernels.best();
  private final GemmSpec spec;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] scratch;

  /// A product of this shape.
  public GemmTask(GemmShape shape) {
    spec = GemmSpec.of(shape.m(), shape.n(), shape.k(), false, false);
    a = Numbers.uniform(shape.m() * shape.k(), 1, -1, 1);
    b = Numbers.uniform(shape.k() * shape.n(), 2, -1, 1);
    c = new float[shape.m() * shape.n()];
    scratch = new float[kernels.gemmScratch(spec)];
  }

  /// The left matrix `[m,k]`.
  public float[] a() {
    return a;
  }

  /// The right matrix `[k,n]`.
  public float[] b() {
    return b;
  }

  /// The product `[m,n]`, after a run.
  public float[] c() {
    return c;
  }

  /// Computes the product.
  @Override
  public void run() {
    kernels.gemm(spec, a, 0, b, 0, c, 0, c, 0, 0, spec.m(), 0, spec.n(), scratch, 0);
  }
}
