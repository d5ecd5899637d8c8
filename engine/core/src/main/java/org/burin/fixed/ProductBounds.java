package org.burin.fixed;

import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.FixedOp.MaxPool2d;
import org.burin.fixed.FixedOp.SumPool2d;
import org.burin.tensor.Shape;

/// What sums of products can be. Each unit, filter or position has the bounds that its own weights give it; they are
/// attained when one factor is constant and the elements of the other are independent.
final class ProductBounds {
  private ProductBounds() {}

  static Precision matMul(MatMul op, Shape shape) {
    boolean transA = op.transA();
    boolean transB = op.transB();
    int inner = op.a().shape().dim(transA ? -2 : -1);
    if (inner == Shape.BATCH) {
      throw new FixedException("a sum over the batch axis has no bound: it grows with the number of samples");
    }
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    int rank = shape.rank();
    int[] atA = operand(a.grid(), rank, transA);
    int[] atB = operand(b.grid(), rank, transB);
    int[] domain = Shape.broadcast(leading(a.grid()), leading(b.grid())).with(rank - 2, 1).dims();
    domain[rank - 2] = a.grid().dim(transA ? -1 : -2);
    domain[rank - 1] = b.grid().dim(transB ? -2 : -1);
    // The steps along rows, columns and the inner axis of both operands.
    int stepA = atA[rank - 1];
    int stepB = atB[rank - 2];
    atA[rank - 1] = 0;
    atB[rank - 2] = 0;
    return Bounds.over(shape, sum(a, b), Shape.of(domain), (index, out) -> {
      int i = Walk.offset(index, atA);
      int j = Walk.offset(index, atB);
      for (int p = 0; p < inner; p++) {
        out.addProduct(a, i + p * stepA, b, j + p * stepB);
      }
    });
  }

  private static Shape leading(Shape matrix) {
    return matrix.with(-1, 1).with(-2, 1);
  }

  /// The strides of a matrix as if it were not transposed.
  private static int[] operand(Shape grid, int rank, boolean transposed) {
    int[] strides = Walk.strides(grid, rank);
    if (transposed) {
      int last = strides[rank - 1];
      strides[rank - 1] = strides[rank - 2];
      strides[rank - 2] = last;
    }
    return strides;
  }

  static Precision conv2d(Conv2d op, Shape shape) {
    Precision x = op.x().precision();
    Precision w = op.w().precision();
    Shape image = op.x().shape();
    Shape kernel = op.w().shape();
    int channels = kernel.dim(2);
    int filters = kernel.dim(3) / op.groups();
    int[] atX = Walk.strides(x.grid(), 4);
    int[] atW = Walk.strides(w.grid(), 4);
    Taps rows = Taps.rows(shape.dim(1), image.dim(1), kernel.dim(0), op.window());
    Taps columns = Taps.columns(shape.dim(2), image.dim(2), kernel.dim(1), op.window());
    return windowed(shape, sum(x, w), x.grid(), rows, columns, (index, kh, kw, row, column, out) -> {
      int firstChannel = index[3] / filters * channels;
      for (int c = 0; c < channels; c++) {
        int i = row * atX[1] + column * atX[2] + (firstChannel + c) * atX[3];
        out.addProduct(x, i, w, kh * atW[0] + kw * atW[1] + c * atW[2] + index[3] * atW[3]);
      }
    });
  }

  static Precision conv2dTranspose(Conv2dTranspose op, Shape shape) {
    Precision y = op.y().precision();
    Precision w = op.w().precision();
    Shape image = op.y().shape();
    Shape kernel = op.w().shape();
    int channels = kernel.dim(2);
    int filters = kernel.dim(3) / op.groups();
    int[] atY = Walk.strides(y.grid(), 4);
    int[] atW = Walk.strides(w.grid(), 4);
    Taps rows = Taps.transposedRows(shape.dim(1), image.dim(1), kernel.dim(0), op.window());
    Taps columns = Taps.transposedColumns(shape.dim(2), image.dim(2), kernel.dim(1), op.window());
    return windowed(shape, sum(y, w), y.grid(), rows, columns, (index, kh, kw, row, column, out) -> {
      int firstFilter = index[3] / channels * filters;
      int c = index[3] % channels;
      for (int f = firstFilter; f < firstFilter + filters; f++) {
        out.addProduct(y, row * atY[1] + column * atY[2] + f * atY[3],
            w, kh * atW[0] + kw * atW[1] + c * atW[2] + f * atW[3]);
      }
    });
  }

  static Precision sumPool2d(SumPool2d op, Shape shape) {
    Precision x = op.x().precision();
    Shape image = op.x().shape();
    int[] atX = Walk.strides(x.grid(), 4);
    Taps rows = Taps.rows(shape.dim(1), image.dim(1), op.kernelH(), op.window());
    Taps columns = Taps.columns(shape.dim(2), image.dim(2), op.kernelW(), op.window());
    return windowed(shape, x.fraction(), x.grid(), rows, columns, (index, kh, kw, row, column, out) ->
        out.add(x, row * atX[1] + column * atX[2] + index[3] * atX[3], 0));
  }

  static Precision maxPool2d(MaxPool2d op, Shape shape) {
    Precision x = op.x().precision();
    Shape image = op.x().shape();
    int[] atX = Walk.strides(x.grid(), 4);
    Taps rows = Taps.rows(shape.dim(1), image.dim(1), op.kernelH(), op.window());
    Taps columns = Taps.columns(shape.dim(2), image.dim(2), op.kernelW(), op.window());
    return windowed(shape, x.fraction(), x.grid(), rows, columns, (index, kh, kw, row, column, out) -> {
      int i = row * atX[1] + column * atX[2] + index[3] * atX[3];
      if (isFirst(rows, index[1], kh) && isFirst(columns, index[2], kw)) {
        out.set(x, i);
      } else {
        out.maximum(x, i);
      }
    });
  }

  private static boolean isFirst(Taps taps, int position, int tap) {
    return taps.taps()[position][0] == tap;
  }

  private static int sum(Precision a, Precision b) {
    return Math.addExact(a.fraction(), b.fraction());
  }

  /// What one tap of a window contributes.
  @FunctionalInterface
  private interface Tap {
    void add(int[] index, int kh, int kw, int row, int column, Interval out);
  }

  private static Precision windowed(Shape shape, int fraction, Shape grid, Taps rows, Taps columns, Tap tap) {
    Bounds.Rule rule = (index, out) -> {
      int r = index[1];
      int c = index[2];
      for (int i = 0; i < rows.taps()[r].length; i++) {
        for (int j = 0; j < columns.taps()[c].length; j++) {
          tap.add(index, rows.taps()[r][i], columns.taps()[c][j], rows.sources()[r][i], columns.sources()[c][j], out);
        }
      }
    };
    boolean alike = grid.dim(1) == 1 && grid.dim(2) == 1;
    return alike && Bounds.isLarge(shape)
        ? Bounds.overChannels(shape, fraction, rows.representatives(), columns.representatives(), rule)
        : Bounds.over(shape, fraction, Bounds.all(shape), rule);
  }
}
