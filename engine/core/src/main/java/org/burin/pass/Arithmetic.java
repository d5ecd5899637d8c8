package org.burin.pass;

import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.jspecify.annotations.Nullable;

/// The float functions that fixed point computes exactly, in its operations.
final class Arithmetic {
  private final FixedGraphBuilder b;

  Arithmetic(FixedGraphBuilder b) {
    this.b = b;
  }

  private FixedValue zero() {
    return b.constant(0, 0);
  }

  /// `fn(x)`, or null where fixed point has no such function.
  @Nullable FixedValue unary(UnaryFn fn, FixedValue x) {
    return switch (fn) {
      case NEG -> b.neg(x);
      case ABS -> b.abs(x);
      case SQUARE -> b.mul(x, x);
      case RELU -> b.relu(x);
      case SIGN -> b.sub(b.compare(Comparison.GT, x, zero()), b.compare(Comparison.LT, x, zero()));
      case FLOOR -> whole(x, Rounding.TRN);
      case CEIL -> b.neg(whole(b.neg(x), Rounding.TRN));
      case ROUND -> whole(x, Rounding.RND_CONV);
      case EXP, LOG, SQRT, RSQRT, RECIPROCAL, SIGMOID, TANH, ERF -> null;
    };
  }

  /// `fn(x, y)`, or null where fixed point has no such function. Quotients are [#divide]'s.
  @Nullable FixedValue binary(BinaryFn fn, FixedValue x, FixedValue y) {
    return switch (fn) {
      case ADD -> b.add(x, y);
      case SUB -> b.sub(x, y);
      case MUL -> b.mul(x, y);
      case MAX -> b.max(x, y);
      case MIN -> b.min(x, y);
      case LT -> b.compare(Comparison.LT, x, y);
      case LE -> b.compare(Comparison.LE, x, y);
      case GT -> b.compare(Comparison.GT, x, y);
      case GE -> b.compare(Comparison.GE, x, y);
      case EQ -> b.compare(Comparison.EQ, x, y);
      case NE -> b.compare(Comparison.NE, x, y);
      case DIV, POW -> null;
    };
  }

  /// `x` rounded to whole numbers of as many bits as that takes.
  private FixedValue whole(FixedValue x, Rounding rounding) {
    FixedType type = x.precision().type();
    if (type.fraction() <= 0) {
      return x;
    }
    int bits = Math.max(1, type.integer() + 1);
    return b.quantize(x, new FixedType(type.signed(), bits, bits, rounding, Overflow.WRAP));
  }

  /// A quotient: a value alone, or one to be divided by positive whole numbers.
  record Fraction(FixedValue dividend, @Nullable FixedTensor divisor) {}

  /// `x / y` for constants `y`; null when one of them is 0, infinite or NaN. Powers of two are no division.
  @Nullable Fraction divide(FixedValue x, Tensor y) {
    int finest = Integer.MAX_VALUE;
    boolean powers = true;
    boolean anyNegative = false;
    boolean allNegative = true;
    for (float c : y.data()) {
      if (c == 0 || !Float.isFinite(c)) {
        return null;
      }
      finest = Math.min(finest, Dyadic.exponent(c));
      powers &= Dyadic.isPowerOfTwo(c);
      anyNegative |= c < 0;
      allNegative &= c < 0;
    }
    if (powers) {
      return new Fraction(timesPowers(x, y), null);
    }
    FixedValue dividend = x;
    if (allNegative) {
      dividend = b.neg(x);
    } else if (anyNegative) {
      long[] signs = new long[y.size()];
      for (int i = 0; i < signs.length; i++) {
        signs[i] = y.data()[i] < 0 ? -1 : 1;
      }
      dividend = b.mul(x, b.constant(FixedTensor.of(y.shape(), 0, signs)));
    }
    long[] divisors = new long[y.size()];
    for (int i = 0; i < divisors.length; i++) {
      int shift = Dyadic.exponent(y.data()[i]) - finest;
      if (shift > Long.SIZE - 2 - VerifyExact.FLOAT_BITS) {
        return null;
      }
      divisors[i] = Math.abs(Dyadic.mantissa(y.data()[i])) << shift;
    }
    return new Fraction(b.shift(dividend, -finest), FixedTensor.of(y.shape(), 0, divisors));
  }

  /// `x / counts`, for positive whole numbers.
  Fraction divide(FixedValue x, int[] counts, Shape shape) {
    Tensor y = Tensor.zeros(shape);
    boolean one = true;
    for (int i = 0; i < counts.length; i++) {
      y.data()[i] = (float) counts[i];
      one &= counts[i] == counts[0];
    }
    Fraction quotient = divide(x, one ? Tensor.scalar((float) counts[0]) : y);
    if (quotient == null) {
      throw new IllegalStateException("a window without elements in " + shape);
    }
    return quotient;
  }

  private FixedValue timesPowers(FixedValue x, Tensor y) {
    boolean one = true;
    Tensor inverse = Tensor.zeros(y.shape());
    for (int i = 0; i < inverse.size(); i++) {
      one &= y.data()[i] == y.data()[0];
      inverse.data()[i] = 1 / y.data()[i];
    }
    if (one) {
      FixedValue signed = y.data()[0] < 0 ? b.neg(x) : x;
      return b.shift(signed, -Dyadic.exponent(y.data()[0]));
    }
    return b.mul(x, b.constant(Dyadic.fixed(inverse)));
  }
}
