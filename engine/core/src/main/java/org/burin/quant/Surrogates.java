package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// Pieces that quantizers and their gradients are made of.
final class Surrogates {
  private Surrogates() {}

  /// `x` brought into `[low, high]`; the gradient passes at both ends too, as in TensorFlow.
  static Value clip(GraphBuilder b, Value x, float low, float high) {
    // Of equal numbers MAX and MIN give the gradient to their second operand.
    return b.binary(BinaryFn.MIN, b.constant(high), b.binary(BinaryFn.MAX, b.constant(low), x));
  }

  /// Numbers whose gradient is that of `x` where `low <= measure <= high`, and 0 elsewhere.
  static Value within(GraphBuilder b, Value x, Value measure, float low, float high) {
    Value zero = b.constant(0f);
    Value notAbove = b.select(b.binary(BinaryFn.LE, measure, b.constant(high)), x, zero);
    return b.select(b.binary(BinaryFn.GE, measure, b.constant(low)), notAbove, zero);
  }

  /// 1 where `x >= 0`, else `negative`; no gradient.
  static Value sign(GraphBuilder b, Value x, float negative) {
    return b.select(b.binary(BinaryFn.GE, x, b.constant(0f)), b.constant(1f), b.constant(negative));
  }

  /// Numbers on the grid of a type: rounded as the type says, or at random, to the lower neighbour `g` or the higher
  /// one `g + 2^-fraction` with a mean of `x`, while training. The gradient is 1 everywhere.
  static Value quantize(Net net, Value x, FixedType type, boolean stochastic) {
    GraphBuilder b = net.graph();
    if (!stochastic || !net.training()) {
      return b.quantize(x, type);
    }
    Value steps = b.scale(x, Math.scalb(1f, type.fraction()));
    Value floor = b.unary(UnaryFn.FLOOR, steps);
    Value stays = b.binary(BinaryFn.LT, b.sub(steps, floor), net.uniform(x.shape()));
    Value drawn = b.select(stays, floor, b.unary(UnaryFn.CEIL, steps));
    return b.straightThrough(b.quantize(b.scale(drawn, Math.scalb(1f, -type.fraction())), type), x);
  }

  /// A type that rounds half to even and saturates, as QKeras' formulas do.
  static FixedType saturating(boolean signed, int width, int integer, boolean symmetric) {
    return new FixedType(signed, width, integer, Rounding.RND_CONV,
        signed && symmetric ? Overflow.SAT_SYM : Overflow.SAT);
  }
}
