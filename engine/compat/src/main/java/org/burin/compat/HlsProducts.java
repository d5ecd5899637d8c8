package org.burin.compat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Dense layers and convolutions: every product is brought to the accumulator's type first, then every sum.
///
/// @param accumulator the type of products and sums
/// @param result the type of the layer's result
/// @param resource whether the strategy is `resource` rather than `latency`
/// @param reuse the reuse factor
record HlsProducts(FixedGraphBuilder b, FixedType accumulator, FixedType result, boolean resource, int reuse) {
  /// A dense layer over the last axis.
  ///
  /// @param weights `[in,out]`
  /// @param bias `[out]`
  FixedValue dense(FixedValue x, FixedTensor weights, FixedTensor bias) {
    int in = weights.shape().dim(0);
    FixedValue w = b.constant(weights);
    FixedValue start = b.quantize(b.constant(bias), accumulator);
    int width = x.precision().type().width() + w.precision().type().width();
    int fraction = x.precision().fraction() + w.precision().fraction();
    if (Accumulation.isModular(accumulator, fraction) && Accumulation.fits(width, in)) {
      return b.quantize(b.quantize(b.add(b.matMul(x, w), start), accumulator), result);
    }
    FixedValue products = b.quantize(b.mul(b.reshape(x, with(x.shape(), 1)), w), accumulator);
    int axis = products.shape().rank() - 2;
    int[] order = HlsWeights.order(in, resource, reuse);
    return b.quantize(Accumulation.sum(b, start, products, axis, order, accumulator), result);
  }

  /// A convolution: the windows as rows, and a dense layer.
  ///
  /// @param x `[N,H,W,C]`
  /// @param weights `[kernelH,kernelW,C,filters]`
  FixedValue conv(FixedValue x, FixedTensor weights, FixedTensor bias, Window window) {
    Shape k = weights.shape();
    List<FixedValue> taps = taps(b, x, k.dim(0), k.dim(1), window, FixedTensor.of(Shape.SCALAR, 0, 0));
    FixedTensor matrix = FixedTensor.of(
        Shape.of(k.dim(0) * k.dim(1) * k.dim(2), k.dim(3)), weights.fraction(), weights.raw());
    return dense(b.concat(taps, -1), matrix, bias);
  }

  /// A convolution of every channel with a filter of its own.
  ///
  /// @param x `[N,H,W,C]`
  /// @param weights `[kernelH,kernelW,C,1]`
  FixedValue depthwise(FixedValue x, FixedTensor weights, FixedTensor bias, Window window) {
    Shape k = weights.shape();
    List<FixedValue> taps = taps(b, x, k.dim(0), k.dim(1), window, FixedTensor.of(Shape.SCALAR, 0, 0));
    FixedValue w = b.constant(FixedTensor.of(Shape.of(taps.size(), k.dim(2)), weights.fraction(), weights.raw()));
    FixedValue products = b.quantize(b.mul(stack(b, taps), w), accumulator);
    FixedValue start = b.quantize(b.constant(bias), accumulator);
    int[] order = IntStream.range(0, taps.size()).toArray();
    return b.quantize(Accumulation.sum(b, start, products, 3, order, accumulator), result);
  }

  /// For every tap of a window, row by row, what it sees at all positions: `[N,oh,ow,C]` each.
  ///
  /// @param padding the number outside of the image
  static List<FixedValue> taps(
      FixedGraphBuilder b, FixedValue x, int kernelH, int kernelW, Window window, FixedTensor padding) {
    FixedValue padded = b.pad(x, List.of(0, window.top(), window.left(), 0),
        List.of(0, window.bottom(), window.right(), 0), List.of(0, 0, 0, 0), padding);
    int outH = window.outHeight(x.shape().dim(1), kernelH);
    int outW = window.outWidth(x.shape().dim(2), kernelW);
    List<FixedValue> taps = new ArrayList<>();
    for (int row = 0; row < kernelH; row++) {
      FixedValue rows = HlsValue.slice(b, padded, 1, row * window.dilationH(), outH, window.strideH());
      for (int column = 0; column < kernelW; column++) {
        taps.add(HlsValue.slice(b, rows, 2, column * window.dilationW(), outW, window.strideW()));
      }
    }
    return taps;
  }

  /// Images as one value `[N,oh,ow,taps,C]`.
  static FixedValue stack(FixedGraphBuilder b, List<FixedValue> taps) {
    Shape s = taps.getFirst().shape();
    Shape one = Shape.of(s.dim(0), s.dim(1), s.dim(2), 1, s.dim(3));
    return b.concat(taps.stream().map(t -> b.reshape(t, one)).toList(), 3);
  }

  private static Shape with(Shape shape, int last) {
    int[] dims = shape.dims();
    int[] more = Arrays.copyOf(dims, dims.length + 1);
    more[dims.length] = last;
    return Shape.of(more);
  }
}
