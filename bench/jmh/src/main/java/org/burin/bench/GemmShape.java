package org.burin.bench;

import java.util.List;

/// The shape of a matrix product `C [m,n] = A [m,k] · B [k,n]`.
///
/// @param m rows of C
/// @param n columns of C
/// @param k length of each inner product
public record GemmShape(int m, int n, int k) {
  /// Squares from what fits the first cache to what fits none, then the products of the networks measured here: dense
  /// layers, convolutions as products, a single sample, and matrices of 5 and 8 columns, which fill no vector.
  public static final List<GemmShape> ALL = List.of(
      new GemmShape(64, 64, 64),
      new GemmShape(128, 128, 128),
      new GemmShape(256, 256, 256),
      new GemmShape(512, 512, 512),
      new GemmShape(1024, 1024, 1024),
      new GemmShape(512, 64, 16),
      new GemmShape(512, 16, 128),
      new GemmShape(512, 32, 64),
      new GemmShape(512, 32, 32),
      new GemmShape(512, 5, 32),
      new GemmShape(1024, 64, 16),
      new GemmShape(1, 64, 16),
      new GemmShape(64, 8, 9),
      new GemmShape(32768, 8, 9),
      new GemmShape(16384, 32, 18),
      new GemmShape(16384, 32, 288),
      new GemmShape(4096, 64, 288),
      new GemmShape(256, 256, 1024),
      new GemmShape(64, 64, 128));

  /// Reads `MxNxK`.
  ///
  /// @throws IllegalArgumentException when the text has another form
  public static GemmShape parse(String text) {
    String[] parts = text.split("x", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("expected a shape MxNxK such as 512x64x16, found '" + text + "'");
    }
    return new GemmShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /// Floating-point operations of one product: a multiplication and an addition per step of each inner product.
  public double operations() {
    return 2.0 * m * n * k;
  }

  /// `MxNxK`.
  @Override
  public String toString() {
    return m + "x" + n + "x" + k;
  }
}
