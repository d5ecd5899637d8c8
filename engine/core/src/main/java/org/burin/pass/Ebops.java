package org.burin.pass;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Precision;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Effective bit operations, the measure of Sun et al., "Gradient-based automatic mixed precision quantization for neural
/// networks on-chip" (2024), equation 5: over all multiplications by constants that one sample takes, the bits of the
/// constant times those of the other factor.
///
/// The bits of a constant are those from its highest to its lowest digit that is not 0; those of the other factor are the
/// bits that its proven range takes; signs count on neither side. Multiplications by masks of 0 and 1 are none.
final class Ebops {
  private Ebops() {}

  /// Those of all operations.
  static long of(FixedGraph graph) {
    return graph.values().stream().mapToLong(Ebops::of).sum();
  }

  /// Those of one operation.
  static long of(FixedValue v) {
    return switch (v.op()) {
      case FixedOp.MatMul(var a, var b, var ta, var tb) when b.op() instanceof FixedOp.Constant c ->
          matMul(v, bits(a), a.shape().bind(1), ta, spans(c), b.shape(), tb);
      case FixedOp.MatMul(var a, var b, var ta, var tb) when a.op() instanceof FixedOp.Constant c ->
          matMul(v, spans(c), a.shape(), ta, bits(b), b.shape().bind(1), tb);
      case FixedOp.Conv2d o when o.w().op() instanceof FixedOp.Constant c -> conv2d(v, o, spans(c));
      case FixedOp.Conv2dTranspose o when o.w().op() instanceof FixedOp.Constant c -> conv2dTranspose(o, spans(c));
      case FixedOp.Multiply(var a, var b) when b.op() instanceof FixedOp.Constant c -> multiply(v, a, c);
      case FixedOp.Multiply(var a, var b) when a.op() instanceof FixedOp.Constant c -> multiply(v, b, c);
      default -> 0;
    };
  }

  /// From the highest to the lowest digit 1.
  private static int span(long raw) {
    long magnitude = Math.abs(raw);
    return magnitude == 0 ? 0
        : Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
  }

  private static long[] spans(FixedOp.Constant c) {
    return LongStream.of(c.value().raw()).map(Ebops::span).toArray();
  }

  /// The bits without sign of every element of one sample.
  private static long[] bits(FixedValue x) {
    Shape sample = x.shape().bind(1);
    Precision p = x.precision();
    long[] bits = new long[sample.size()];
    for (int i = 0; i < bits.length; i++) {
      int at = Grids.position(i, sample, p.grid());
      FixedType type = p.type(at);
      bits[i] = p.low(at) == 0 && p.high(at) == 0 ? 0 : type.width() - (type.signed() ? 1 : 0);
    }
    return bits;
  }

  private static long matMul(
      FixedValue v, long[] a, Shape aShape, boolean ta, long[] b, Shape bShape, boolean tb) {
    Shape out = v.shape().bind(1);
    int rows = out.dim(-2);
    int columns = out.dim(-1);
    int inner = aShape.dim(ta ? -2 : -1);
    Shape aStack = stack(aShape);
    Shape bStack = stack(bShape);
    Shape stack = stack(out);
    long sum = 0;
    for (int s = 0; s < stack.size(); s++) {
      int aFrom = Grids.position(s, stack, aStack) * rows * inner;
      int bFrom = Grids.position(s, stack, bStack) * inner * columns;
      for (int k = 0; k < inner; k++) {
        long left = 0;
        for (int i = 0; i < rows; i++) {
          left += a[aFrom + (ta ? k * rows + i : i * inner + k)];
        }
        long right = 0;
        for (int j = 0; j < columns; j++) {
          right += b[bFrom + (tb ? j * inner + k : k * columns + j)];
        }
        sum += left * right;
      }
    }
    return sum;
  }

  private static Shape stack(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  private static long conv2d(FixedValue v, FixedOp.Conv2d o, long[] spans) {
    Shape image = o.x().shape().bind(1);
    Shape w = o.w().shape();
    long[] bits = bits(o.x());
    int filters = w.dim(3) / o.groups();
    long sum = 0;
    for (int oh = 0; oh < v.shape().dim(1); oh++) {
      for (int ow = 0; ow < v.shape().dim(2); ow++) {
        for (int tap = 0; tap < w.dim(0) * w.dim(1); tap++) {
          int pixel = pixel(o.window(), oh, ow, tap / w.dim(1), tap % w.dim(1), image);
          for (int c = 0; pixel >= 0 && c < image.dim(3); c++) {
            int row = (tap * w.dim(2) + c % w.dim(2)) * w.dim(3) + c / w.dim(2) * filters;
            sum += bits[pixel * image.dim(3) + c] * total(spans, row, filters);
          }
        }
      }
    }
    return sum;
  }

  private static long conv2dTranspose(FixedOp.Conv2dTranspose o, long[] spans) {
    Shape y = o.y().shape().bind(1);
    Shape w = o.w().shape();
    Shape image = Shape.of(1, o.height(), o.width(), 1);
    long[] bits = bits(o.y());
    long sum = 0;
    for (int oh = 0; oh < y.dim(1); oh++) {
      for (int ow = 0; ow < y.dim(2); ow++) {
        for (int tap = 0; tap < w.dim(0) * w.dim(1); tap++) {
          if (pixel(o.window(), oh, ow, tap / w.dim(1), tap % w.dim(1), image) >= 0) {
            for (int c = 0; c < w.dim(2); c++) {
              for (int f = 0; f < w.dim(3); f++) {
                sum += bits[(oh * y.dim(2) + ow) * w.dim(3) + f] * spans[(tap * w.dim(2) + c) * w.dim(3) + f];
              }
            }
          }
        }
      }
    }
    return sum;
  }

  private static long total(long[] spans, int from, int count) {
    long sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += spans[i];
    }
    return sum;
  }

  /// The pixel of the image that a tap of a window falls on, or -1 where that is padding.
  private static int pixel(Window window, int oh, int ow, int kh, int kw, Shape image) {
    int h = oh * window.strideH() - window.top() + kh * window.dilationH();
    int w = ow * window.strideW() - window.left() + kw * window.dilationW();
    boolean inside = h >= 0 && h < image.dim(1) && w >= 0 && w < image.dim(2);
    return inside ? h * image.dim(2) + w : -1;
  }

  private static long multiply(FixedValue v, FixedValue x, FixedOp.Constant c) {
    FixedTensor value = c.value();
    if (value.fraction() == 0 && LongStream.of(value.raw()).allMatch(r -> r == 0 || r == 1)) {
      return 0;
    }
    Shape out = v.shape().bind(1);
    Shape sample = x.shape().bind(1);
    long[] bits = bits(x);
    long[] spans = spans(c);
    long sum = 0;
    for (int i = 0; i < out.size(); i++) {
      sum += bits[Grids.position(i, out, sample)] * spans[Grids.position(i, out, value.shape())];
    }
    return sum;
  }
}
