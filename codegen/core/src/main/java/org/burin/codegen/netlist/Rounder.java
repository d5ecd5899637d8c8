package org.burin.codegen.netlist;

import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedType;
import org.burin.fixed.Rounding;

/// Rounding and overflow as additions and choices of nets.
///
/// Every mode adds a number below one, which may depend on one bit of the argument, and rounds down: a half to round to the
/// nearest number with ties upwards, the least bit less than a half for ties downwards.
final class Rounder {
  private final NetlistBuilder b;

  Rounder(NetlistBuilder b) {
    this.b = b;
  }

  /// The raw integer of a type that `x * 2^-fraction` becomes.
  Operand quantize(Operand x, int fraction, FixedType to) {
    int shift = to.fraction() - fraction;
    Range net = b.netRange(x);
    int left = x.shift() + shift;
    if (left >= 0) {
      b.fraction(to.fraction());
      // Bits beyond the type's are as good as one beyond.
      return fit(new Operand(x.net(), net.equals(Range.of(0)) ? 0 : Math.min(left, to.width() + 1)), to);
    }
    // What lies far below the last bit is as good as a little below a quarter.
    int right = Math.min(-left, net.width() + 2);
    b.fraction(fraction - x.shift());
    Operand rounded = round(Operand.of(x.net()), right, to);
    b.fraction(to.fraction());
    return fit(rounded, to);
  }

  /// `x * 2^-bits` rounded to a whole number.
  private Operand round(Operand x, int bits, FixedType to) {
    long half = 1L << (bits - 1);
    Operand sum = switch (to.rounding()) {
      case TRN -> x;
      case TRN_ZERO -> b.add(x, b.select(negative(x), b.constant(2 * half - 1), b.constant(0)));
      case RND -> b.add(x, b.constant(half));
      case RND_ZERO -> b.add(b.add(x, b.constant(half - 1)), negative(x));
      case RND_INF -> b.add(b.add(x, b.constant(half - 1)), notNegative(x));
      case RND_MIN_INF -> b.add(x, b.constant(half - 1));
      case RND_CONV -> b.add(b.add(x, b.constant(half - 1)), b.bit(x, bits));
      case RND_CONV_ODD -> b.subtract(b.add(x, b.constant(half)), b.bit(x, bits));
    };
    b.fraction(to.fraction());
    return b.shiftRight(sum, bits);
  }

  private Operand negative(Operand x) {
    return b.compare(Comparison.LT, x, b.constant(0));
  }

  private Operand notNegative(Operand x) {
    return b.compare(Comparison.GE, x, b.constant(0));
  }

  /// A whole number brought to the range of a type, whose last bit is 1.
  private Operand fit(Operand x, FixedType to) {
    Range all = to.signed() ? new Range(to.minRaw(), to.maxRaw())
        : new Range(0, to.width() >= Long.SIZE - 1 ? Long.MAX_VALUE : to.maxRaw());
    if (all.contains(b.range(x))) {
      return x;
    }
    return switch (to.overflow()) {
      case WRAP -> b.wrapped(x, to.width(), to.signed());
      case SAT, SAT_SYM -> b.min(b.max(x, b.constant(all.low())), b.constant(all.high()));
      case SAT_ZERO -> {
        Operand zero = b.constant(0);
        Operand notHigher = b.select(b.compare(Comparison.GT, x, b.constant(all.high())), zero, x);
        Operand inside = b.select(b.compare(Comparison.LT, x, b.constant(all.low())), zero, notHigher);
        yield b.narrowed(inside, all);
      }
    };
  }

  // ---- division ---------------------------------------------------------------------------------------------------

  /// The raw integer of a type that the exact quotient `x * 2^-fraction / divisor` becomes.
  Operand quotient(Operand x, long divisor, int fraction, FixedType to) {
    int zeros = Long.numberOfTrailingZeros(divisor);
    long odd = divisor >> zeros;
    int shift = to.fraction() - fraction - zeros + x.shift();
    if (odd == 1) {
      return quantize(Operand.of(x.net()), to.fraction() - shift, to);
    }
    int width = b.netRange(x).width();
    if (-shift >= width + 2) {
      // Less than a quarter.
      return quantize(Operand.of(x.net()), to.fraction() + width + 2, to);
    }
    Operand n = new Operand(x.net(), Math.max(0, shift));
    long d = Math.multiplyExact(odd, 1L << Math.max(0, -shift));
    return fit(divided(n, d, to.rounding()), to);
  }

  /// `n / d` rounded to a whole number. Twice the number, and one less than `d` more, is rounded down for ties downwards.
  private Operand divided(Operand n, long d, Rounding rounding) {
    if (rounding == Rounding.TRN) {
      return floor(n, d);
    }
    if (rounding == Rounding.TRN_ZERO) {
      return floor(b.add(n, b.select(negative(n), b.constant(d - 1), b.constant(0))), d);
    }
    Operand most = b.add(n.shifted(1), b.constant(d - 1));
    // An odd divisor has no ties.
    Operand up = d % 2 != 0 ? b.constant(0) : switch (rounding) {
      case RND -> b.constant(1);
      case RND_ZERO -> negative(n);
      case RND_INF -> notNegative(n);
      case RND_MIN_INF, TRN, TRN_ZERO -> b.constant(0);
      case RND_CONV -> b.bit(floor(n, d), 0);
      case RND_CONV_ODD -> b.subtract(b.constant(1), b.bit(floor(n, d), 0));
    };
    return floor(b.add(most, up), Math.multiplyExact(2, d));
  }

  /// `n / d` rounded down, as a product with a reciprocal that is exact for all numbers of the range: with
  /// `m = ceil(2^k / d)` and `e = m * d - 2^k`, `n * m / 2^k` exceeds `n / d` by less than `1 / d` if `n * e < 2^k` and `n` is
  /// not negative. So multiples of `d` are added to a negative `n` (T. Granlund and P. Montgomery, Division by Invariant
  /// Integers using Multiplication, 1994).
  private Operand floor(Operand n, long d) {
    Range range = b.range(n);
    long quotients = range.low() < 0 ? -Math.floorDiv(range.low(), d) : 0;
    Operand positive = b.add(n, b.constant(Math.multiplyExact(quotients, d)));
    long most = b.range(positive).high();
    int k = 0;
    long m = 1;
    while (Math.multiplyExact(most, m * d - (1L << k)) >= 1L << k) {
      if (++k > 60) {
        throw new ArithmeticException("more than 64 bits");
      }
      m = ((1L << k) - 1) / d + 1;
    }
    return b.subtract(b.shiftRight(b.times(positive, m), k), b.constant(quotients));
  }
}
