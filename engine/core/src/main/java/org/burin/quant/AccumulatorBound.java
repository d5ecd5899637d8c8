package org.burin.quant;

import java.util.stream.IntStream;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Kernels whose products fit an accumulator: A2Q (Colbert et al., "A2Q: accumulator-aware quantization with guaranteed
/// overflow avoidance", ICCV 2023).
///
/// With inputs of N bits and an accumulator of P bits with a sign, the whole numbers of each output channel (the last
/// axis) satisfy `sum |w| <= B = floor((2^(P-1) - 1) / 2^(N - signed))`, so that no partial sum of products, in any
/// order, leaves the accumulator. To that end the numbers of a channel are scaled down to a sum of `B` steps where
/// they exceed it, and rounded toward zero. The gradient is that of the scaled numbers.
///
/// The bound holds exactly, whatever the floats' rounding: the sum is held below `B` by more than that rounding
/// amounts to.
///
/// @param weights the grid of the kernel; rounding and overflow are always toward zero and to a symmetric range
/// @param input the type of the layer's inputs
/// @param accumulatorBits bits of the accumulator, its sign included, 2 to 32
public record AccumulatorBound(FixedType weights, FixedType input, int accumulatorBits) implements Quantizer {
  /// Checks the numbers of bits.
  ///
  /// @throws IllegalArgumentException when the accumulator cannot hold even one product with the weight 1
  public AccumulatorBound {
    boolean range = accumulatorBits >= 2 && accumulatorBits <= 32;
    int most = input.signed() ? input.width() - 1 : input.width();
    new Problems("accumulator bound")
        .expect(range, "accumulator bits must be 2 to 32, found " + accumulatorBits)
        .expect(!range || bound(input, accumulatorBits) >= 1, "an accumulator of " + accumulatorBits
            + " bits holds no product with inputs of type " + input + "; it needs at least " + (most + 2) + " bits")
        .report();
  }

  private static long bound(FixedType input, int accumulatorBits) {
    int magnitude = input.signed() ? input.width() - 1 : input.width();
    return magnitude > 40 ? 0 : ((1L << (accumulatorBits - 1)) - 1) >> magnitude;
  }

  /// The largest sum of magnitudes of a channel's whole numbers, `B`.
  public long bound() {
    return bound(input, accumulatorBits);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Shape s = x.shape();
    if (!s.isBound() || s.rank() < 2) {
      throw net.problem("an accumulator bound is for kernels [...,channels], found '" + name + "' of shape " + s
          + "; use it with withKernelQuantizer");
    }
    int[] others = IntStream.range(0, s.rank() - 1).toArray();
    int terms = s.size() / Math.max(1, s.dim(-1));
    // The sum of n floats is off by n 2^-24 at most, division and product by 2^-24 each; twice that is the margin.
    double margin = (terms + 8) * 0x1p-23;
    float limit = (float) (Math.scalb((double) bound(), -weights.fraction()) * (1 - margin));
    Value sum = b.reduce(ReduceFn.SUM, b.unary(UnaryFn.ABS, x), true, others);
    Value factor = b.div(b.constant(limit), b.binary(BinaryFn.MAX, sum, b.constant(limit)));
    Value scaled = b.mul(x, factor);
    FixedType type = new FixedType(
        weights.signed(), weights.width(), weights.integer(), Rounding.TRN_ZERO, Overflow.SAT_SYM);
    return b.quantize(scaled, type);
  }
}
