package org.burin.tensor;

/// The numeric kernels. All arrays are row-major `float[]` with an offset; nothing is allocated.
///
/// Every method defines each output element as a fixed sequence of IEEE float operations, given in its comment.
/// Implementations may tile, pack and vectorise as they like, but every element must come out with the same bits; so results
/// do not depend on the machine, the vector width or the number of threads. In convolutions padding counts as zeros, and an
/// implementation may multiply by them or leave them out: with finite numbers that can only change the sign of a zero.
///
/// Output ranges (`rowFrom`, `rowTo`, ...) let threads share one operation: a call writes just that part of the output.
/// Inputs and outputs do not overlap unless a comment allows it. Indices are not checked beyond what Java checks.
public interface Kernels {
  /// The fastest kernels that work on this JVM; the same bits as any others.
  static Kernels best() {
    return KernelGuard.shared().current();
  }

  /// A short name for logs, such as `scalar` or `vector-512`.
  String name();

  // ---- matrix products and convolutions ------------------------------------------------------------------------

  /// Floats of scratch space that [#gemm] needs for this shape (per thread).
  int gemmScratch(GemmSpec spec);

  /// Rows `[rowFrom,rowTo)` and columns `[colFrom,colTo)` of `C = op(A)·op(B)`.
  ///
  /// Each element is `s = fma(a[i,p], b[p,j], s)` for p = 0, 1, ..., k-1, starting from 0 (or from C where the spec
  /// accumulates); then `s + bias[j]` and RELU where the spec asks for them.
  ///
  /// @param bias read only when the spec has a bias; otherwise any array
  /// @param scratch at least [#gemmScratch] floats from `scratchOffset`, used by this call alone
  void gemm(
      GemmSpec spec,
      float[] a, int aOffset,
      float[] b, int bOffset,
      float[] c, int cOffset,
      float[] bias, int biasOffset,
      int rowFrom, int rowTo,
      int colFrom, int colTo,
      float[] scratch, int scratchOffset);

  /// Floats of scratch space that the three convolution methods need for this shape (per thread).
  int convScratch(ConvSpec spec);

  /// Images `[from,to)` of the convolution `y = x * w`.
  ///
  /// Each element is a chain `s = fma(x[b, oh*sh - top + kh*dh, ow*sw - left + kw*dw, ci], w[kh,kw,ci,f], s)` from 0
  /// over (kh, kw, ci) in ascending lexicographic order; then `s + bias[f]` if `bias` is
  /// given by `hasBias`, then RELU if `relu`.
  void conv2d(
      ConvSpec spec,
      float[] x, int xOffset,
      float[] w, int wOffset,
      float[] y, int yOffset,
      boolean hasBias, float[] bias, int biasOffset, boolean relu,
      int from, int to,
      float[] scratch, int scratchOffset);

  /// Images `[from,to)` of the transposed convolution, which maps `y [batch,outHeight,outWidth,filters]` back to
  /// `x [batch,height,width,channels]`; it is also the gradient of [#conv2d] with respect to its image.
  ///
  /// Each element is a chain `s = fma(y[b,oh,ow,f], w[kh,kw,ci,f], s)` from 0 over the taps (kh, kw) that reach it and all
  /// filters f of its group, in ascending lexicographic order of (kh, kw, f).
  void conv2dTranspose(
      ConvSpec spec,
      float[] y, int yOffset,
      float[] w, int wOffset,
      float[] x, int xOffset,
      int from, int to,
      float[] scratch, int scratchOffset);

  /// The gradient of [#conv2d] with respect to its kernel, `w [kernelH,kernelW,channels/groups,filters]`, for rows
  /// `[rowFrom,rowTo)` of w seen as a matrix of `kernelH*kernelW*channels/groups` rows.
  ///
  /// Each element is a chain `s = fma(x[b, ..., ci], y[b,oh,ow,f], s)` from 0 over (b, oh, ow) in ascending lexicographic
  /// order.
  void conv2dKernel(
      ConvSpec spec,
      float[] x, int xOffset,
      float[] y, int yOffset,
      float[] w, int wOffset,
      int rowFrom, int rowTo,
      float[] scratch, int scratchOffset);

  // ---- element-wise ----------------------------------------------------------------------------------------------

  /// `y[i] = fn(x[i])` for i in `[0,n)`; y may be x.
  void unary(UnaryFn fn, float[] x, int xOffset, float[] y, int yOffset, int n);

  /// `c[i] = fn(a[i], b[i])` for i in `[0,n)`; c may be a or b.
  void binary(BinaryFn fn, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int n);

  /// `c[i] = fn(a[i], s)` for i in `[0,n)`; c may be a.
  void binaryScalar(BinaryFn fn, float[] a, int aOffset, float s, float[] c, int cOffset, int n);

  /// `c[i] = fn(s, b[i])` for i in `[0,n)`; c may be b.
  void scalarBinary(BinaryFn fn, float s, float[] b, int bOffset, float[] c, int cOffset, int n);

  /// `y[i] = condition[i] != 0 ? a[i] : b[i]` for i in `[0,n)`; y may be any of the inputs.
  void select(
      float[] condition, int conditionOffset,
      float[] a, int aOffset,
      float[] b, int bOffset,
      float[] y, int yOffset, int n);

  /// `y[i] = x[i] > 0 ? g[i] : 0` for i in `[0,n)`: the gradient of RELU; y may be x or g.
  void reluMask(float[] x, int xOffset, float[] g, int gOffset, float[] y, int yOffset, int n);

  /// `y[i] = fma(a[i], b[i], c[i])`; y may be any of the inputs.
  void multiplyAdd(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, float[] y, int yOffset, int n);

  // ---- reductions along one axis of a block [outer, axis, inner] ---------------------------------------------------

  /// Folds the rows of `x [rows,columns]`: `y[j] = fold(x[0,j], x[1,j], ...)` for columns `[colFrom,colTo)`.
  ///
  /// SUM and MEAN start from 0 and add in ascending order of rows (MEAN then divides by `rows`); MAX starts from negative
  /// infinity.
  void reduceRows(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int colFrom, int colTo);

  /// Folds each row of `x [rows,columns]` to one number, for rows `[rowFrom,rowTo)`.
  ///
  /// Rows of at most sixteen numbers are folded from left to right, SUM and MEAN from 0, MAX from negative infinity.
  /// Longer ones in sixteen partial results, the l-th over elements l, l+16, l+32, ... in ascending order; then eight
  /// `fold(s[l], s[l+8])`, four `fold(s[l], s[l+4])`, two, one. MEAN divides the SUM by `columns`; MAX folds with
  /// [BinaryFn#MAX].
  void reduceColumns(
      ReduceFn fn, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo);

  /// Softmax of each row of `x [rows,columns]` for rows `[rowFrom,rowTo)`; y may not be x.
  ///
  /// `m` = MAX of the row, `e[j] = exp(x[j] - m)`, `s` = SUM of e (both by [#reduceColumns]), `y[j] = e[j] / s`.
  void softmax(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo);

  /// Logarithm of the softmax of each row: `y[j] = (x[j] - m) - log(s)` with m and s as in [#softmax]; y may not be x.
  void logSoftmax(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo);

  /// `y[j,i] = x[i,j]`: transposes `x [rows,columns]` for rows `[rowFrom,rowTo)` of x.
  void transpose(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, int rowFrom, int rowTo);
}
