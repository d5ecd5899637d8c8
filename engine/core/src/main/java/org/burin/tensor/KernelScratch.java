package org.burin.tensor;

/// How much scratch space the kernels need, and the block sizes that this follows from.
///
/// One answer for all implementations, so that one may take the place of another in the middle of a training run.
final class KernelScratch {
  /// Length of the part of an inner product that is finished before the next one starts.
  static final int BLOCK_K = 384;

  /// Rows of op(A) that are worked on before the next panel of columns.
  static final int BLOCK_M = 192;

  /// Columns of op(B) that are packed at a time.
  static final int BLOCK_N = 1024;

  /// Packed columns are padded to a multiple of this: twice the widest vector.
  static final int PAD_N = 32;

  /// Floats of the buffer for a tile at the right edge of a matrix: eight rows of sixteen columns.
  static final int EDGE = 128;

  private KernelScratch() {}

  /// Floats that [Kernels#gemm] needs: one packed block of op(B).
  static int gemm(GemmSpec spec) {
    return EDGE + Math.min(spec.k(), BLOCK_K) * padded(Math.min(spec.n(), BLOCK_N));
  }

  /// Floats that the convolutions need: the kernel in another order, with padding for each group.
  static int conv(ConvSpec spec) {
    int channels = spec.channels() / spec.groups();
    int filters = spec.filters() / spec.groups();
    int forward = channels * padded(filters);
    int transposed = Math.max(filters * padded(channels), channels * spec.filters());
    return EDGE + spec.kernelH() * spec.kernelW() * Math.max(forward, transposed);
  }

  private static int padded(int columns) {
    return (columns + PAD_N - 1) / PAD_N * PAD_N;
  }
}
