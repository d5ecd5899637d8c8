package org.burin.compat;

import java.util.stream.IntStream;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling with hls4ml's padding and its division.
///
/// @param accumulator the type of sums
/// @param result the type of the layer's result
record HlsPooling(FixedGraphBuilder b, FixedType accumulator, FixedType result) {
  /// The largest element of each window. Outside of the image lies the word with only its highest bit set: the least
  /// number of a signed type, but half of the range of an unsigned one, which wins over all smaller pixels.
  FixedValue max(HlsValue x, int height, int width, Window window) {
    long word = x.type().signed() ? -1L << (x.type().width() - 1) : 1L << (x.type().width() - 1);
    FixedTensor padding = FixedTensor.of(Shape.SCALAR, x.type().fraction(), word);
    FixedValue largest =
        b.reduceMax(HlsProducts.stack(b, HlsProducts.taps(b, x.value(), height, width, window, padding)), false, 3);
    return b.quantize(b.quantize(largest, accumulator), result);
  }

  /// The mean of each window: sums in the accumulator, padding as 0, then a division that rounds toward zero.
  ///
  /// @param countPad whether to divide by the whole window's size at the border too
  FixedValue average(FixedValue x, int height, int width, Window window, boolean countPad) {
    FixedValue taps = HlsProducts.stack(
        b, HlsProducts.taps(b, x, height, width, window, FixedTensor.of(Shape.SCALAR, 0, 0)));
    FixedValue zero = b.constant(0, accumulator.fraction());
    int[] order = IntStream.range(0, height * width).toArray();
    FixedValue sum = Accumulation.sum(b, zero, taps, 3, order, accumulator);
    FixedTensor sizes = countPad ? FixedTensor.of(Shape.SCALAR, 0, (long) height * width)
        : sizes(x.shape(), height, width, window);
    FixedType truncated = accumulator.with(Rounding.TRN_ZERO, Overflow.WRAP);
    return b.quantize(b.divide(sum, sizes, ElementTypes.of(truncated)), result);
  }

  /// How many pixels of the image each window sees: `[oh,ow,1]`.
  private static FixedTensor sizes(Shape image, int height, int width, Window window) {
    int outH = window.outHeight(image.dim(1), height);
    int outW = window.outWidth(image.dim(2), width);
    long[] sizes = new long[outH * outW];
    for (int y = 0; y < outH; y++) {
      for (int x = 0; x < outW; x++) {
        sizes[y * outW + x] = (long) inside(y * window.strideH() - window.top(), height, image.dim(1))
            * inside(x * window.strideW() - window.left(), width, image.dim(2));
      }
    }
    return FixedTensor.of(Shape.of(outH, outW, 1), 0, sizes);
  }

  private static int inside(int start, int size, int extent) {
    return Math.min(start + size, extent) - Math.max(start, 0);
  }

  /// Pooling over all positions: `[N,H,W,C]` to `[N,C]`.
  FixedValue global(HlsValue x, boolean average) {
    Shape s = x.value().shape();
    int height = s.dim(1);
    int width = s.dim(2);
    FixedValue pooled = average ? average(x.value(), height, width, Window.VALID, true)
        : max(x, height, width, Window.VALID);
    return b.reshape(pooled, HlsValue.batched(s.dim(3)));
  }
}
