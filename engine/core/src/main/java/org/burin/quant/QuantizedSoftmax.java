package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Layer;
import org.burin.nn.Net;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;

/// Softmax over the last axis in fixed point: `[...,n]` gives `[...,n]`.
///
/// Stable: `m = max(x)`, `d = m - x >= 0` (exact), `e = exp(-d)` (a table), `s = sum(e)` (exact), `r = 1 / s` (a table
/// of the sum in fewer bits), `y = e * r`. Every range is known: e of the largest number is exactly 1, so `1 <= s <=
/// n` and `1/n <= r <= 1`; nothing wraps. Distances beyond the point where exp is below half the last bit of `e`
/// saturate there, which keeps the table small and changes nothing. The worst error is that of [#worstError]. The
/// gradient is that of the softmax of the quantized input.
///
/// Argmax: in use, 1 at the first largest number and 0 elsewhere, without tables; while training the float softmax.
///
/// @param input the grid that the input is brought onto first
/// @param exponential the type of `e`, not wrapping, that holds 1
/// @param sumBits bits of the sum as it enters the table of reciprocals, at most 16
/// @param reciprocal the type of `r`, not wrapping, that holds 1
/// @param output the type of the result, not wrapping
/// @param argMax whether the graph to use gives the position of the largest number only
/// @param name its name, or empty for an automatic one
public record QuantizedSoftmax(
    FixedType input,
    FixedType exponential,
    int sumBits,
    FixedType reciprocal,
    FixedType output,
    boolean argMax,
    String name)
    implements Layer {
  /// Inputs of tables have no more bits.
  private static final int TABLE_BITS = 16;

  /// More than what float32 computes of `exp` and `1/s` differs from the true number, for results of at most 1.
  private static final double FLOAT_ERROR = 0x1p-22;

  /// Checks the types.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedSoftmax {
    Problems problems = new Problems("QuantizedSoftmax" + (name.isEmpty() ? "" : " '" + name + "'"));
    holdsOne(problems, "exponential", exponential);
    holdsOne(problems, "reciprocal", reciprocal);
    problems
        .expect(input.overflow() != Overflow.WRAP, "the input's type " + input + " wraps; choose sat")
        .expect(output.overflow() != Overflow.WRAP, "the output's type " + output + " wraps; choose sat")
        .expect(sumBits >= 1 && sumBits <= TABLE_BITS, "sumBits must be 1 to " + TABLE_BITS + ", found " + sumBits);
    FixedType distance = distance(input, exponential);
    problems
        .expect(argMax || distance.width() <= TABLE_BITS, "distances of the input's type " + input + " have "
            + distance.width() + " bits, more than the " + TABLE_BITS + " of a table; choose an input of fewer "
            + "fractional bits, or an exponential of fewer bits")
        .report();
  }

  private static void holdsOne(Problems problems, String what, FixedType type) {
    int most = type.signed() ? type.integer() - 1 : type.integer();
    problems
        .expect(type.overflow() != Overflow.WRAP, "the type of the " + what + " " + type + " wraps; choose sat")
        .expect(most >= 1 && type.fraction() >= 1, "the type of the " + what + " " + type
            + " must hold 1 and fractions; choose for example ufixed<9,1,rnd_conv,sat>");
  }

  /// The stable softmax of numbers of a type, with two bits more than it has (8 to 11) right of the binary points
  /// inside, so that float32 trains it exactly, and as many bits as the input in the result (at most 16).
  ///
  /// @throws IllegalArgumentException when the type wraps, or has so many fractional bits that no table holds it
  public static QuantizedSoftmax of(FixedType input) {
    int bits = Math.clamp(input.width() + 2L, 8, 11);
    FixedType inner = new FixedType(false, bits + 1, 1, Rounding.RND_CONV, Overflow.SAT);
    FixedType result =
        new FixedType(false, Math.min(input.width(), 15) + 1, 1, Rounding.RND_CONV, Overflow.SAT);
    return new QuantizedSoftmax(input, inner, 12, inner, result, false, "");
  }

  /// The same layer with other types inside.
  public QuantizedSoftmax withTypes(FixedType newExponential, int newSumBits, FixedType newReciprocal) {
    return new QuantizedSoftmax(input, newExponential, newSumBits, newReciprocal, output, argMax, name);
  }

  /// The same layer with results of another type.
  public QuantizedSoftmax withOutput(FixedType newOutput) {
    return new QuantizedSoftmax(input, exponential, sumBits, reciprocal, newOutput, argMax, name);
  }

  /// The same layer giving the position of the largest number in use, or the softmax.
  public QuantizedSoftmax withArgMax(boolean newArgMax) {
    return new QuantizedSoftmax(input, exponential, sumBits, reciprocal, output, newArgMax, name);
  }

  /// The same layer under a chosen name.
  public QuantizedSoftmax named(String newName) {
    return new QuantizedSoftmax(input, exponential, sumBits, reciprocal, output, argMax, newName);
  }

  @Override
  public String stem() {
    return "softmax";
  }

  /// The type of distances: the fractional bits of the input, and integer bits up to where exp vanishes.
  private static FixedType distance(FixedType input, FixedType exponential) {
    // exp(-d) < 2^-(fraction + 1) from d = (fraction + 1) ln 2 on.
    double vanishes = (exponential.fraction() + 1) * StrictMath.log(2);
    int integer = 1;
    while (Math.scalb(1.0, integer) - Math.scalb(1.0, -input.fraction()) < vanishes && integer < input.integer()) {
      integer++;
    }
    int width = Math.clamp((long) Math.min(integer, input.integer()) + input.fraction(), 1, 64);
    return new FixedType(false, width, width - input.fraction(), Rounding.TRN, Overflow.SAT);
  }

  /// The type of the sum of n numbers as it enters the table.
  private FixedType sum(int n) {
    return new FixedType(false, sumBits, 32 - Integer.numberOfLeadingZeros(n), Rounding.RND, Overflow.SAT);
  }

  /// A bound of the distance between any result and the softmax of the quantized input, of `n` classes: half of
  /// `u_r + n u_e + u_s + u_y`, the last bits of the reciprocal, the exponentials, the rounded sum and the result
  /// (their whole for types that round in one direction), and what float32 adds. Argmax has no such bound.
  public double worstError(int n) {
    double sum = error(sum(n));
    return error(reciprocal) + n * error(exponential) + sum + error(output) + FLOAT_ERROR;
  }

  private static double error(FixedType type) {
    boolean directed = type.rounding() == Rounding.TRN || type.rounding() == Rounding.TRN_ZERO;
    return Math.scalb(directed ? 1.0 : 0.5, -type.fraction());
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Shape s = x.shape();
    if (s.rank() < 1 || s.dim(-1) < 1) {
      throw net.problem("expected classes along the last axis, found shape " + s);
    }
    int n = s.dim(-1);
    Value scores = b.quantize(x, input);
    if (argMax) {
      return net.training() ? b.softmax(scores) : oneHot(b, scores, n);
    }
    int least = sum(n).integer();
    if (least > sumBits) {
      throw net.problem("the sum of " + n + " exponentials has " + least + " integer bits, more than the " + sumBits
          + " of sumBits; choose at least " + least);
    }
    return stable(b, scores);
  }

  /// The result for numbers on the grid of the input.
  Value stable(GraphBuilder b, Value scores) {
    int last = scores.shape().rank() - 1;
    Value distance = b.sub(b.reduce(ReduceFn.MAX, scores, true, last), scores);
    FixedType near = distance(input, exponential);
    Value bounded = near.integer() < input.integer() ? b.quantize(distance, near) : distance;
    Value e = b.quantize(b.unary(UnaryFn.EXP, b.neg(bounded)), exponential);
    Value total = b.quantize(b.reduce(ReduceFn.SUM, e, true, last), sum(scores.shape().dim(-1)));
    Value r = b.quantize(b.unary(UnaryFn.RECIPROCAL, total), reciprocal);
    return b.straightThrough(b.quantize(b.mul(e, r), output), b.softmax(scores));
  }

  private static Value oneHot(GraphBuilder b, Value scores, int n) {
    Value at = b.argMax(scores, -1);
    float[] positions = new float[n];
    for (int i = 0; i < n; i++) {
      positions[i] = i;
    }
    return b.binary(BinaryFn.EQ, b.reshape(at, scores.shape().with(-1, 1)), b.constant(Tensor.vector(positions)));
  }
}
