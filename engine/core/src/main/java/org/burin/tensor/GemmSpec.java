package org.burin.tensor;

/// The shape of one matrix product `C = op(A) · op(B)`, row-major.
///
/// @param m rows of C
/// @param n columns of C
/// @param k length of each inner product
/// @param transA whether A is stored as `[k,m]` rather than `[m,k]`
/// @param transB whether B is stored as `[n,k]` rather than `[k,n]`
/// @param lda distance between stored rows of A
/// @param ldb distance between stored rows of B
/// @param ldc distance between rows of C
/// @param accumulate whether the products are added to what C holds, rather than to 0
/// @param bias whether a row of n numbers is added to every row of C after the products
/// @param relu whether [UnaryFn#RELU] is applied last
public record GemmSpec(
    int m,
    int n,
    int k,
    boolean transA,
    boolean transB,
    int lda,
    int ldb,
    int ldc,
    boolean accumulate,
    boolean bias,
    boolean relu) {
  /// A product of dense matrices without bias, activation or accumulation.
  public static GemmSpec of(int m, int n, int k, boolean transA, boolean transB) {
    return new GemmSpec(m, n, k, transA, transB, transA ? m : k, transB ? k : n, n, false, false, false);
  }

  /// The same product followed by a bias row and perhaps a ReLU.
  public GemmSpec withEpilogue(boolean addBias, boolean applyRelu) {
    return new GemmSpec(m, n, k, transA, transB, lda, ldb, ldc, accumulate, addBias, applyRelu);
  }
}
