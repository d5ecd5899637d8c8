package org.burin.backend.verilog.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.burin.codegen.netlist.NetTable;
import org.burin.codegen.netlist.Range;

/// All numbers of a proof as linear forms. What is not linear becomes an atom, and equal atoms are one, so that two numbers
/// are proven equal if they have the same form.
///
/// Atoms are brought to one shape each: powers of two are taken out, comparisons are signs of differences, the branches of a
/// choice stand in the order of its condition. Every form has an interval of the numbers that it can be.
final class Forms {
  /// What is not linear.
  sealed interface Atom {
    /// An element of an input.
    record Input(String port, int element) implements Atom {}

    /// `x * 2^-bits`, rounded down.
    record Floor(Form x, int bits) implements Atom {}

    /// The number of so many bits that is congruent to `x`.
    record Wrapped(Form x, int width, boolean signed) implements Atom {}

    /// 1 if `x < 0`, else 0.
    record Negative(Form x) implements Atom {}

    /// 1 if `x = 0`, else 0.
    record Zero(Form x) implements Atom {}

    /// `condition = 1 ? a : b`.
    record Choice(Form condition, Form a, Form b) implements Atom {}

    /// `a * b`.
    record Product(Form a, Form b) implements Atom {}

    /// The results of a table for all numbers that `x` can be.
    record Lookup(Form x, long first, List<Long> entries) implements Atom {}
  }

  private final List<Atom> atoms = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();
  private final Map<Atom, Integer> numbers = new HashMap<>();
  private final Map<Form, Range> proven = new HashMap<>();

  private Form atom(Atom atom, Range range) {
    Integer old = numbers.get(atom);
    if (old != null) {
      return Form.atom(old);
    }
    atoms.add(atom);
    ranges.add(range);
    numbers.put(atom, atoms.size() - 1);
    return Form.atom(atoms.size() - 1);
  }

  /// What a form can be.
  ///
  /// @throws ArithmeticException when that needs more than 64 bits
  Range range(Form f) {
    Range r = Range.of(f.constant());
    for (Map.Entry<Integer, Long> term : f.terms().entrySet()) {
      r = r.plus(ranges.get(term.getKey()).times(Range.of(term.getValue())));
    }
    Range known = proven.get(f);
    return known == null ? r : r.intersect(known);
  }

  /// Notes what the graph proves of a number.
  void prove(Form f, Range range) {
    proven.merge(f, range, Range::intersect);
  }

  Form input(String port, int element, Range range) {
    return atom(new Atom.Input(port, element), range);
  }

  /// `x * 2^-bits`, rounded down.
  Form floor(Form x, int bits) {
    Form f = x;
    int rest = bits;
    int common = Math.min(rest, f.termZeros());
    f = f.shiftRight(common);
    rest -= common;
    if (rest == 0 || f.isConstant()) {
      return f.isConstant() ? Form.of(f.constant() >> Math.min(63, rest)) : f;
    }
    if (f.constant() == 0 && f.terms().size() == 1 && f.terms().values().iterator().next() == 1
        && atoms.get(f.terms().firstKey()) instanceof Atom.Floor(var inner, var more)) {
      return floor(inner, rest + more);
    }
    Range range = range(f).shiftRight(rest);
    return range.isConstant() ? Form.of(range.low()) : atom(new Atom.Floor(f, rest), range);
  }

  /// Some bits of the two's complement of `x` as a number.
  Form bits(Form x, int low, int width, boolean signed) {
    Range range = range(x);
    if (width == 1 && !signed && low < 63 && Range.ofBits(low + 1, true).contains(range)) {
      return negative(x);
    }
    Form shifted = floor(x, low);
    Range all = Range.ofBits(width, signed);
    return all.contains(range(shifted)) ? shifted : wrapped(shifted, width, signed);
  }

  /// The number of so many bits that is congruent to `x`: coefficients count modulo two to the width.
  private Form wrapped(Form x, int width, boolean signed) {
    if (width >= Long.SIZE - 1) {
      return atom(new Atom.Wrapped(x, width, signed), Range.ofBits(width, signed));
    }
    SortedMap<Integer, Long> terms = new TreeMap<>();
    x.terms().forEach((atom, c) -> terms.put(atom, residue(c, width)));
    terms.values().removeIf(c -> c == 0);
    Form f = new Form(terms, signed ? residue(x.constant(), width) : Math.floorMod(x.constant(), 1L << width));
    if (Range.ofBits(width, signed).contains(range(f))) {
      return f;
    }
    if (width == 1 && Range.ofBits(1, !signed).contains(range(f))) {
      return f.times(-1);
    }
    int zeros = Math.min(f.zeros(), width - 1);
    return atom(new Atom.Wrapped(f.shiftRight(zeros), width - zeros, signed), Range.ofBits(width - zeros, signed))
        .times(1L << zeros);
  }

  /// The number nearest to 0 that is congruent modulo two to the width.
  private static long residue(long c, int width) {
    long r = Math.floorMod(c, 1L << width);
    return r > 1L << (width - 1) ? r - (1L << width) : r;
  }

  /// `x` if it has so many bits, else the number of so many bits that is congruent.
  Form fitted(Form x, int width, boolean signed) {
    return Range.ofBits(Math.min(width, signed ? 64 : 63), signed).contains(range(x)) ? x : wrapped(x, width, signed);
  }

  /// 1 if `x < 0`, else 0.
  Form negative(Form x) {
    if (x.constant() == 0 && x.terms().size() == 1 && x.terms().values().iterator().next() > 0
        && atoms.get(x.terms().firstKey()) instanceof Atom.Floor(var inner, _)) {
      // Rounding down keeps the sign.
      return negative(inner);
    }
    Form f = x.shiftRight(x.zeros() == 63 ? 0 : x.zeros());
    Range range = range(f);
    return range.low() >= 0 ? Form.of(0) : range.high() < 0 ? Form.of(1) : atom(new Atom.Negative(f), Range.BIT);
  }

  /// 1 if `x = 0`, else 0.
  Form zero(Form x) {
    Range range = range(x);
    if (range.low() > 0 || range.high() < 0) {
      return Form.of(0);
    }
    if (range.isConstant()) {
      return Form.of(1);
    }
    Form f = x.shiftRight(x.zeros());
    boolean turn = f.terms().values().iterator().next() < 0;
    return atom(new Atom.Zero(turn ? f.times(-1) : f), Range.BIT);
  }

  /// 1 - x.
  static Form not(Form x) {
    return Form.of(1).minus(x);
  }

  /// 1 if `x` is not 0, else 0.
  Form isTrue(Form x) {
    return Range.BIT.contains(range(x)) ? x : not(zero(x));
  }

  /// `condition = 1 ? a : b`, for a condition that is 0 or 1.
  Form choice(Form condition, Form a, Form b) {
    if (a.equals(b) || condition.equals(Form.of(1))) {
      return a;
    }
    if (condition.equals(Form.of(0))) {
      return b;
    }
    if (condition.terms().values().iterator().next() < 0) {
      return choice(not(condition), b, a);
    }
    int common = Math.min(zeros(a), zeros(b));
    Form left = a.shiftRight(common);
    Form right = b.shiftRight(common);
    return atom(new Atom.Choice(condition, left, right), choiceRange(condition, left, right)).times(1L << common);
  }

  private static int zeros(Form f) {
    return f.equals(Form.of(0)) ? 62 : Math.min(62, f.zeros());
  }

  /// The hull; of a choice by the sign of the branches' difference the larger or the smaller ones.
  private Range choiceRange(Form condition, Form a, Form b) {
    Range left = range(a);
    Range right = range(b);
    if (condition.terms().size() == 1 && condition.constant() == 0
        && atoms.get(condition.terms().firstKey()) instanceof Atom.Negative(var sign)) {
      Form difference = b.minus(a);
      if (difference.shiftRight(zeros(difference)).equals(sign)) {
        return left.max(right);
      }
      Form opposite = a.minus(b);
      if (opposite.shiftRight(zeros(opposite)).equals(sign)) {
        return left.min(right);
      }
    }
    return left.hull(right);
  }

  Form product(Form a, Form b) {
    if (a.isConstant() || b.isConstant()) {
      return a.isConstant() ? b.times(a.constant()) : a.times(b.constant());
    }
    int zerosA = zeros(a);
    int zerosB = zeros(b);
    Form x = a.shiftRight(zerosA);
    Form y = b.shiftRight(zerosB);
    Range range = x.equals(y) ? range(x).squared() : range(x).times(range(y));
    boolean swap = x.toString().compareTo(y.toString()) > 0;
    return atom(new Atom.Product(swap ? y : x, swap ? x : y), range).times(1L << (zerosA + zerosB));
  }

  Form table(Form x, NetTable table) {
    Range arguments = range(x);
    List<Long> entries = new ArrayList<>();
    Range results = Range.of(table.at(arguments.low()));
    for (long i = arguments.low(); i <= arguments.high(); i++) {
      entries.add(table.at(i));
      results = results.hull(Range.of(table.at(i)));
    }
    return results.isConstant() ? Form.of(results.low())
        : atom(new Atom.Lookup(x, arguments.low(), entries), results);
  }
}
