package org.burin.backend.jvm;

import java.util.Arrays;
import java.util.List;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;

/// Exact element-wise operations, and lookups.
final class Pointwise {
  private final Elements elements;

  Pointwise(Elements elements) {
    this.elements = elements;
  }

  /// Two operands with the same number of fractional bits.
  private record Pair(Term a, Term b, int fraction) {}

  private Term operand(FixedValue x, List<Affine> index) {
    return elements.at(x, Elements.broadcast(Elements.shape(x), index));
  }

  private Pair align(FixedValue a, FixedValue b, List<Affine> index) {
    int fraction = Math.max(Elements.fraction(a), Elements.fraction(b));
    Term x = Arithmetic.shift(operand(a, index), fraction - Elements.fraction(a));
    Term y = Arithmetic.shift(operand(b, index), fraction - Elements.fraction(b));
    return new Pair(x, y, fraction);
  }

  Term add(FixedValue v, FixedValue a, FixedValue b, List<Affine> index) {
    Pair p = align(a, b, index);
    return elements.fit(Arithmetic.add(p.a, p.b, natural(v, p.fraction, elements.low(v, index)),
        natural(v, p.fraction, elements.high(v, index))), p.fraction, v, index);
  }

  Term subtract(FixedValue v, FixedValue a, FixedValue b, List<Affine> index) {
    Pair p = align(a, b, index);
    return elements.fit(Arithmetic.subtract(p.a, p.b, natural(v, p.fraction, elements.low(v, index)),
        natural(v, p.fraction, elements.high(v, index))), p.fraction, v, index);
  }

  Term multiply(FixedValue v, FixedValue a, FixedValue b, List<Affine> index) {
    int fraction = Elements.fraction(a) + Elements.fraction(b);
    Term product = Arithmetic.multiply(operand(a, index), operand(b, index),
        natural(v, fraction, elements.low(v, index)), natural(v, fraction, elements.high(v, index)));
    return elements.fit(product, fraction, v, index);
  }

  /// A bound of `v` in units of another fraction.
  private static long natural(FixedValue v, int fraction, long bound) {
    int shift = fraction - Elements.fraction(v);
    return shift >= 0 ? Arithmetic.up(bound, shift) : bound >> Math.min(63, -shift);
  }

  Term negate(FixedValue v, FixedValue x, List<Affine> index) {
    Term t = Arithmetic.subtract(Term.literal(0), elements.at(x, index),
        natural(v, Elements.fraction(x), elements.low(v, index)),
        natural(v, Elements.fraction(x), elements.high(v, index)));
    return elements.fit(t, Elements.fraction(x), v, index);
  }

  Term absolute(FixedValue v, FixedValue x, List<Affine> index) {
    Term t = elements.at(x, index);
    if (t.low() >= 0) {
      return elements.fit(t, Elements.fraction(x), v, index);
    }
    long high = Math.max(Math.abs(t.high()), Math.abs(t.low()));
    boolean wide = !Fits.inInt(0, high);
    return elements.fit(Term.of("Math.abs(" + t.as(wide) + ")", 0, high, wide), Elements.fraction(x), v, index);
  }

  Term extreme(FixedValue v, FixedValue a, FixedValue b, boolean largest, List<Affine> index) {
    Pair p = align(a, b, index);
    return elements.fit(extreme(p.a, p.b, largest), p.fraction, v, index);
  }

  /// The larger or smaller of two numbers.
  static Term extreme(Term a, Term b, boolean largest) {
    if (largest ? a.low() >= b.high() : a.high() <= b.low()) {
      return a;
    }
    if (largest ? b.low() >= a.high() : b.high() <= a.low()) {
      return b;
    }
    boolean wide = a.wide() || b.wide();
    long low = largest ? Math.max(a.low(), b.low()) : Math.min(a.low(), b.low());
    long high = largest ? Math.max(a.high(), b.high()) : Math.min(a.high(), b.high());
    String code = (largest ? "Math.max(" : "Math.min(") + bare(a, wide) + ", " + bare(b, wide) + ")";
    return low == high ? Term.literal(low) : new Term(code, low, high, wide, false);
  }

  private static String bare(Term t, boolean wide) {
    return t.wide() == wide && !t.isLiteral() ? t.bare() : t.as(wide);
  }

  Term compare(FixedValue v, FixedOp.Comparison how, FixedValue a, FixedValue b, List<Affine> index) {
    Pair p = align(a, b, index);
    String operator = switch (how) {
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      case EQ -> "==";
      case NE -> "!=";
    };
    Term t = Term.of(p.a.code() + " " + operator + " " + p.b.code() + " ? 1 : 0", 0, 1, false);
    return elements.fit(t, 0, v, index);
  }

  Term select(FixedValue v, FixedValue condition, FixedValue a, FixedValue b, List<Affine> index) {
    Pair p = align(a, b, index);
    Term c = operand(condition, index);
    if (c.isLiteral()) {
      return elements.fit(c.isZero() ? p.b : p.a, p.fraction, v, index);
    }
    boolean wide = p.a.wide() || p.b.wide();
    Term t = Term.of(c.code() + " != 0 ? " + p.a.as(wide) + " : " + p.b.as(wide), Math.min(p.a.low(), p.b.low()),
        Math.max(p.a.high(), p.b.high()), wide);
    return elements.fit(t, p.fraction, v, index);
  }

  /// The tables lie one after another in one array; every element knows where its own would have the entry of 0.
  Term lookup(FixedValue v, FixedOp.Lookup o, List<Affine> index) {
    Term x = elements.at(o.x(), index);
    List<LookupTable> tables = o.tables();
    int size = tables.stream().mapToInt(t -> t.entries().length).sum();
    long[] all = new long[size];
    long[] origin = new long[tables.size()];
    int start = 0;
    for (int i = 0; i < origin.length; i++) {
      LookupTable t = tables.get(i);
      System.arraycopy(t.entries(), 0, all, start, t.entries().length);
      origin[i] = start - t.first();
      start += t.entries().length;
    }
    long[] which = o.which().raw();
    long[] origins = new long[which.length];
    for (int i = 0; i < which.length; i++) {
      origins[i] = origin[Math.toIntExact(which[i] >> o.which().fraction())];
    }
    Term from = elements.entry(origins, o.which().shape(), index);
    Term place = Arithmetic.add(x, from, 0, size - 1L);
    if (place.isLiteral() && x.isLiteral()) {
      return elements.fit(Term.literal(all[Math.toIntExact(x.low() + from.low())]), tables.getFirst().fraction(), v,
          index);
    }
    boolean wide = false;
    for (long n : all) {
      wide |= !Fits.inInt(n);
    }
    long low = Arrays.stream(all).min().orElse(0);
    long high = Arrays.stream(all).max().orElse(0);
    Term t = new Term(elements.tables().of(all, wide) + "[" + place.bare() + "]", low, high, wide, false);
    return elements.fit(t, tables.getFirst().fraction(), v, index);
  }
}
