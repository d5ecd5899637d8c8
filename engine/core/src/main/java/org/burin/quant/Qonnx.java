package org.burin.quant;

import java.util.function.DoubleUnaryOperator;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Tensor;

/// The operators of QONNX (Pappalardo et al., "QONNX: representing arbitrary-precision quantized neural networks",
/// arXiv 2206.07527). Scales, zero points and bit widths are tensors that broadcast to the numbers.
///
/// Gradients are Brevitas': 1 within the range, 0 outside; 1 everywhere of [#bipolarQuant] and [#trunc].
public final class Qonnx {
  private Qonnx() {}

  /// Options of [#quant].
  ///
  /// @param scale the step of the grid, finite and not 0
  /// @param zeroPoint the whole number that stands for 0
  /// @param bitWidth bits, whole numbers of 1 to 32
  /// @param signed whether whole numbers have a sign
  /// @param narrow whether the range is one less: without the most negative number, or without the largest if unsigned
  /// @param rounding how numbers are rounded
  public record Grid(
      Tensor scale, Tensor zeroPoint, Tensor bitWidth, boolean signed, boolean narrow, QonnxRounding rounding) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException with every problem
    public Grid {
      boolean oneBit = false;
      boolean more = false;
      boolean whole = true;
      for (float bits : bitWidth.data()) {
        whole &= bits >= 1 && bits <= 32 && bits == (int) bits;
        oneBit |= bits == 1;
        more |= bits > 1;
      }
      new Problems("Quant")
          .expect(finite(scale) && all(scale, v -> v == 0 ? 0 : 1), "scales must be finite and not 0")
          .expect(finite(zeroPoint), "zero points must be finite")
          .expect(whole, "bit widths must be whole numbers of 1 to 32")
          .expect(!(signed && oneBit && more),
              "signed bit widths of 1, which mean -1 and 1, cannot be mixed with others")
          .report();
    }

    /// A grid with one scale, the zero point 0 and rounding to nearest, halves to even.
    public static Grid of(float scale, int bits, boolean signed, boolean narrow) {
      return new Grid(Tensor.scalar(scale), Tensor.scalar(0), Tensor.scalar(bits), signed, narrow,
          QonnxRounding.ROUND);
    }

    /// The same grid with other roundings.
    public Grid withRounding(QonnxRounding newRounding) {
      return new Grid(scale, zeroPoint, bitWidth, signed, narrow, newRounding);
    }

    /// The same grid around another zero point.
    public Grid withZeroPoint(Tensor newZeroPoint) {
      return new Grid(scale, newZeroPoint, bitWidth, signed, narrow, rounding);
    }

    private boolean bipolar() {
      return signed && bitWidth.data()[0] == 1;
    }

    private Tensor least() {
      return map(bitWidth, bits -> signed ? -Math.scalb(1.0, (int) bits - 1) + (narrow ? 1 : 0) : 0);
    }

    private Tensor largest() {
      return map(bitWidth, bits -> signed
          ? Math.scalb(1.0, (int) bits - 1) - 1
          : Math.scalb(1.0, (int) bits) - 1 - (narrow ? 1 : 0));
    }

    /// Bits that hold the whole numbers of every width.
    private int width() {
      int width = 1;
      for (float bits : bitWidth.data()) {
        width = Math.max(width, (int) bits);
      }
      return width;
    }
  }

  private static boolean finite(Tensor t) {
    return all(t, v -> Double.isFinite(v) ? 1 : 0);
  }

  private static boolean all(Tensor t, DoubleUnaryOperator test) {
    for (float v : t.data()) {
      if (test.applyAsDouble(v) == 0) {
        return false;
      }
    }
    return true;
  }

  private static Tensor map(Tensor t, DoubleUnaryOperator fn) {
    Tensor y = Tensor.zeros(t.shape());
    for (int i = 0; i < t.size(); i++) {
      y.data()[i] = (float) fn.applyAsDouble(t.data()[i]);
    }
    return y;
  }

  /// The operators `Quant` and `IntQuant`: `(round(clip(x / scale + zeroPoint, least, largest)) - zeroPoint) * scale`;
  /// clipped **before** it is rounded. One bit with a sign is [#bipolarQuant] around the zero point.
  ///
  /// @throws org.burin.ir.GraphException when a tensor of the grid does not broadcast to `x`
  public static Value quant(GraphBuilder b, Value x, Grid grid) {
    Value scale = b.constant(grid.scale());
    Value zeroPoint = b.constant(grid.zeroPoint());
    Value v = b.add(b.div(x, scale), zeroPoint);
    if (grid.bipolar()) {
      Value sign = Surrogates.sign(b, v, -1f);
      return b.straightThrough(b.mul(b.sub(sign, zeroPoint), scale), x);
    }
    Value least = b.constant(grid.least());
    Value largest = b.constant(grid.largest());
    Value clipped = b.binary(BinaryFn.MIN, b.binary(BinaryFn.MAX, v, least), largest);
    Value whole = grid.rounding().whole(b, clipped, grid.signed(), grid.width());
    Value zero = b.constant(0f);
    Value notAbove = b.select(b.binary(BinaryFn.LE, v, largest), x, zero);
    Value inside = b.select(b.binary(BinaryFn.GE, v, least), notAbove, zero);
    return b.straightThrough(b.mul(b.sub(whole, zeroPoint), scale), inside);
  }

  /// The operator `BipolarQuant`: `scale` where `x >= 0`, else `-scale`.
  ///
  /// @throws org.burin.ir.GraphException when the scale does not broadcast to `x`
  public static Value bipolarQuant(GraphBuilder b, Value x, Tensor scale) {
    return b.straightThrough(b.mul(Surrogates.sign(b, x, -1f), b.constant(scale)), x);
  }

  /// The operator `Trunc` of version 1: with `s` from `inputBits` to `outputBits` bits fewer,
  /// `(round(half_even(x / scale + zeroPoint) / 2^s) - zeroPoint) * scale`.
  ///
  /// @param rounding `FLOOR` unless stated otherwise
  /// @throws org.burin.ir.GraphException when a tensor does not broadcast to `x`
  public static Value trunc(
      GraphBuilder b, Value x, Tensor scale, Tensor zeroPoint, int inputBits, int outputBits, QonnxRounding rounding) {
    Value zero = b.constant(zeroPoint);
    Value shifted = b.scale(rounded(b, x, scale, zero, inputBits), Math.scalb(1f, outputBits - inputBits));
    Value whole = rounding.whole(b, shifted, true, Math.clamp(outputBits + 2L, 1, 32));
    return b.straightThrough(b.mul(b.sub(whole, zero), b.constant(scale)), x);
  }

  /// The operator `Trunc` of version 2: the numbers `half_even(x / scale + zeroPoint)`, divided by
  /// `t = 2^round(log2(outputScale / scale))`, are clipped to the output's range, rounded, and become
  /// `(n - zeroPoint / t) * outputScale`.
  ///
  /// @param inputBits bits of the numbers that come in
  /// @param output the grid of the results, whose zero point is not used
  /// @throws org.burin.ir.GraphException when a tensor does not broadcast to `x`
  /// @throws IllegalArgumentException when a scale is negative
  public static Value trunc(
      GraphBuilder b, Value x, Tensor scale, Tensor zeroPoint, int inputBits, Grid output) {
    double ratio = (double) output.scale().data()[0] / scale.data()[0];
    if (output.scale().size() != 1 || scale.size() != 1 || !(ratio > 0)) {
      throw new IllegalArgumentException("Trunc needs one input scale and one output scale of the same sign, found "
          + scale + " and " + output.scale());
    }
    float step = (float) StrictMath.pow(2, StrictMath.rint(StrictMath.log(ratio) / StrictMath.log(2)));
    Value zero = b.constant(zeroPoint);
    Value shifted = b.scale(rounded(b, x, scale, zero, inputBits), 1 / step);
    Value clipped = b.binary(BinaryFn.MIN, b.binary(BinaryFn.MAX, shifted, b.constant(output.least())),
        b.constant(output.largest()));
    Value whole = output.rounding().whole(b, clipped, output.signed(), output.width());
    Value outputZero = b.constant(map(zeroPoint, z -> z / step));
    return b.straightThrough(b.mul(b.sub(whole, outputZero), b.constant(output.scale())), x);
  }

  /// `half_even(x / scale + zeroPoint)`, in as many bits as it needs.
  private static Value rounded(GraphBuilder b, Value x, Tensor scale, Value zeroPoint, int bits) {
    Value steps = b.add(b.div(x, b.constant(scale)), zeroPoint);
    return QonnxRounding.ROUND.whole(b, steps, true, Math.clamp(bits + 2L, 1, 32));
  }

  /// [#quant] as a quantizer of layers.
  public static Quantizer quantizer(Grid grid) {
    return (net, _, x) -> quant(net.graph(), x, grid);
  }

  /// [#bipolarQuant] as a quantizer of layers.
  public static Quantizer bipolarQuantizer(Tensor scale) {
    return (net, _, x) -> bipolarQuant(net.graph(), x, scale);
  }
}
