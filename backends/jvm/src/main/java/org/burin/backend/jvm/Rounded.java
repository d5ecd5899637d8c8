package org.burin.backend.jvm;

import java.util.List;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.jspecify.annotations.Nullable;

/// The operations that lose information: rounding to a type, and division.
final class Rounded {
  private final Elements elements;
  private final Body body;

  Rounded(Elements elements) {
    this.elements = elements;
    this.body = elements.body();
  }

  Term quantize(FixedValue v, FixedOp.Quantize o, List<Affine> index) {
    Term x = elements.at(o.x(), index);
    int fraction = Elements.fraction(o.x());
    FixedType type = typeAt(o.types(), index);
    if (type == null) {
      return new RoundedByTable(elements).quantize(v, x, fraction, o.types(), index);
    }
    return elements.fit(bring(x, fraction, type), type.fraction(), v, index);
  }

  /// The type of an element, or null where it depends on a loop variable.
  static @Nullable FixedType typeAt(ElementTypes types, List<Affine> index) {
    Affine g = Elements.flat(types.grid(), Elements.broadcast(types.grid(), index));
    return g.isConstant() ? types.types().get(g.constant()) : types.isUniform() ? types.types().getFirst() : null;
  }

  /// A number brought to a type: first rounded, then fitted to the range.
  Term bring(Term x, int fraction, FixedType type) {
    int drop = fraction - type.fraction();
    if (drop <= 0) {
      return scaleUp(x, -drop, type);
    }
    return overflow(round(x, drop, type.rounding()), type);
  }

  /// More fractional bits: nothing to round, but the range is checked before the shift, which might lose high bits.
  private Term scaleUp(Term x, int bits, FixedType type) {
    if (bits == 0) {
      return overflow(x, type);
    }
    boolean fits = bits < 63 && Math.min(x.low(), -x.high()) >= Long.MIN_VALUE >> (bits + 1)
        && Math.max(x.high(), ~x.low()) <= Long.MAX_VALUE >> (bits + 1);
    if (fits) {
      return overflow(Arithmetic.shift(x, bits), type);
    }
    if (type.overflow() == Overflow.WRAP) {
      Term low = bits >= 64 ? Term.literal(0)
          : Term.of("(long) " + x.code() + " << " + bits, Long.MIN_VALUE, Long.MAX_VALUE, true);
      return overflow(low, type);
    }
    Term t = body.named(x);
    long least = least(type);
    long most = most(type);
    int n = Math.min(bits, 63);
    // What lies beyond these would lie beyond the range after the shift.
    long from = bits > 63 ? 0 : (least >> n) + ((least & ((1L << n) - 1)) == 0 ? 0 : 1);
    long to = bits > 63 ? 0 : most >> n;
    String shifted = "(long) " + t.code() + " << " + n;
    boolean toZero = type.overflow() == Overflow.SAT_ZERO;
    String code = t.code() + " < " + Term.literal(from, true) + " ? " + Term.literal(toZero ? 0 : least, true) + " : "
        + t.code() + " > " + Term.literal(to, true) + " ? " + Term.literal(toZero ? 0 : most, true) + " : " + shifted;
    return Term.of(code, Math.min(0, least), Math.max(0, most), true);
  }

  /// The smallest raw integer that saturation gives.
  static long least(FixedType type) {
    if (!type.signed()) {
      return 0;
    }
    long least = Long.MIN_VALUE >> (64 - type.width());
    return type.overflow() == Overflow.SAT_SYM ? least + 1 : least;
  }

  /// The largest raw integer of a type; for 64 bits without sign that of `long`.
  static long most(FixedType type) {
    int bits = Math.min(63, type.width() - (type.signed() ? 1 : 0));
    return bits == 0 ? 0 : Long.MAX_VALUE >>> (63 - bits);
  }

  /// `x * 2^-drop` rounded to a whole number.
  Term round(Term number, int drop, Rounding rounding) {
    if (drop > 60) {
      return round(sticky(number, Math.min(63, drop - 60)), 60, rounding);
    }
    // An element of an array of `long` may be proven to fit an `int`; all that is added to it has to be of one type.
    Term x = Arithmetic.cast(number, number.low(), number.high());
    long half = 1L << (drop - 1);
    long ones = (1L << drop) - 1;
    return switch (rounding) {
      case TRN -> floor(x, drop);
      case RND -> floor(offset(x, half), drop);
      case RND_MIN_INF -> floor(offset(x, half - 1), drop);
      case TRN_ZERO -> {
        Term t = body.named(x);
        yield x.low() >= 0 ? floor(t, drop) : floor(offset(t, sign(t) + " & " + ones(t, ones), 0, ones), drop);
      }
      case RND_ZERO -> {
        Term t = body.named(x);
        yield floor(x.low() >= 0 ? offset(t, half - 1) : offset(offset(t, half - 1), sign(t) + " & 1", 0, 1), drop);
      }
      case RND_INF -> {
        Term t = body.named(x);
        yield floor(x.low() >= 0 ? offset(t, half) : offset(offset(t, half), sign(t), -1, 0), drop);
      }
      case RND_CONV -> {
        Term t = body.named(x);
        yield floor(offset(offset(t, half - 1), t.code() + " >> " + drop(t, drop) + " & 1", 0, 1), drop);
      }
      case RND_CONV_ODD -> {
        Term t = body.named(x);
        yield floor(offset(offset(t, half), "-(" + t.code() + " >> " + drop(t, drop) + " & 1)", -1, 0), drop);
      }
    };
  }

  /// Fewer bits below the point: those dropped leave a last bit that says whether any was set.
  private Term sticky(Term x, int bits) {
    Term t = body.named(x);
    String code = t.as(true) + " >> " + bits + " | (" + t.as(true) + " << " + (64 - bits) + " != 0 ? 1 : 0)";
    return Term.of(code, t.low() >> bits, (t.high() >> bits) | 1, true);
  }

  private static String ones(Term t, long ones) {
    return Term.literal(ones, t.wide() || !Fits.inInt(ones));
  }

  private static int drop(Term t, int bits) {
    return t.wide() ? bits : Math.min(bits, 31);
  }

  private static String sign(Term t) {
    return t.code() + " >> " + (t.wide() ? 63 : 31);
  }

  private static Term floor(Term t, int drop) {
    long low = t.low() >> drop;
    long high = t.high() >> drop;
    String shifted = t.code() + " >> " + drop(t, drop);
    boolean narrows = t.wide() && Fits.inInt(low, high);
    return Term.of(narrows ? "(int) (" + shifted + ")" : shifted, low, high, t.wide() && !narrows);
  }

  private static Term offset(Term t, long n) {
    return Arithmetic.add(t, Term.literal(n), Math.addExact(t.low(), n), Math.addExact(t.high(), n));
  }

  private static Term offset(Term t, String code, long low, long high) {
    boolean wide = t.wide() || !Fits.inInt(low, high);
    return Arithmetic.add(t, new Term("(" + code + ")", low, high, wide, false), Math.addExact(t.low(), low),
        Math.addExact(t.high(), high));
  }

  /// A whole number of steps fitted to the range of a type; nothing where it is proven to fit.
  Term overflow(Term x, FixedType type) {
    long least = least(type);
    long most = most(type);
    if (x.low() >= least && x.high() <= most) {
      return x;
    }
    return switch (type.overflow()) {
      case SAT, SAT_SYM -> Pointwise.extreme(
          Pointwise.extreme(x, Term.literal(least), true), Term.literal(most), false);
      case SAT_ZERO -> {
        Term t = body.named(x);
        String beyond = x.low() >= least ? t.code() + " > " + Term.literal(most).code()
            : x.high() <= most ? t.code() + " < " + Term.literal(least).code()
            : t.code() + " < " + Term.literal(least).code() + " || " + t.code() + " > " + Term.literal(most).code();
        yield cut(Term.of(beyond + " ? 0 : " + t.code(), Math.min(0, Math.max(x.low(), least)),
            Math.max(0, Math.min(x.high(), most)), x.wide()));
      }
      case WRAP -> wrap(x, type, least, most);
    };
  }

  private static Term wrap(Term x, FixedType type, long least, long most) {
    boolean wide = x.wide() || type.width() > 31;
    int spare = (wide ? 64 : 32) - type.width();
    if (!type.signed()) {
      return cut(Term.of(x.as(wide) + " & " + Term.literal(most, wide), 0, most, wide));
    }
    return cut(Term.of(x.as(wide) + " << " + spare + " >> " + spare, least, most, wide));
  }

  private static Term cut(Term t) {
    return Arithmetic.cast(t, t.low(), t.high());
  }

  Term divide(FixedValue v, FixedOp.Divide o, List<Affine> index) {
    Term x = elements.at(o.x(), index);
    long[] whole = o.divisor().raw().clone();
    for (int i = 0; i < whole.length; i++) {
      int f = o.divisor().fraction();
      whole[i] = f >= 0 ? whole[i] >> f : Arithmetic.up(whole[i], -f);
    }
    Term divisor = elements.entry(whole, o.divisor().shape(), index);
    FixedType type = typeAt(o.types(), index);
    if (type == null) {
      throw new IllegalStateException(v + ": a quotient brought to types that differ is written without loops");
    }
    int shift = type.fraction() - Elements.fraction(o.x());
    Term n = Arithmetic.shift(x, Math.max(0, shift));
    Term d = Arithmetic.shift(divisor, Math.max(0, -shift));
    String method = elements.helpers().quotient(type.rounding());
    long limit = Math.max(Math.abs(n.low()), Math.abs(n.high()));
    Term q = new Term(method + "(" + n.as(true) + ", " + d.as(true) + ")", -limit - 1, limit + 1, true, false);
    return elements.fit(overflow(q, type), type.fraction(), v, index);
  }
}
