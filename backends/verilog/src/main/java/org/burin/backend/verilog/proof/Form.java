package org.burin.backend.verilog.proof;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// `constant + sum of coefficient * atom`, exact; atoms are numbers of [Forms].
///
/// @param terms the coefficient of each atom, none of them 0
/// @param constant what is added
record Form(SortedMap<Integer, Long> terms, long constant) {
  static Form of(long constant) {
    return new Form(new TreeMap<>(), constant);
  }

  static Form atom(int atom) {
    return new Form(new TreeMap<>(Map.of(atom, 1L)), 0);
  }

  boolean isConstant() {
    return terms.isEmpty();
  }

  Form plus(Form other) {
    SortedMap<Integer, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((atom, c) -> sum.merge(atom, c, Math::addExact));
    sum.values().removeIf(c -> c == 0);
    return new Form(sum, Math.addExact(constant, other.constant));
  }

  Form times(long factor) {
    SortedMap<Integer, Long> product = new TreeMap<>();
    if (factor != 0) {
      terms.forEach((atom, c) -> product.put(atom, Math.multiplyExact(c, factor)));
    }
    return new Form(product, Math.multiplyExact(constant, factor));
  }

  Form minus(Form other) {
    return plus(other.times(-1));
  }

  /// The number of powers of two in all coefficients, 63 for a constant.
  int termZeros() {
    int zeros = Long.SIZE - 1;
    for (long c : terms.values()) {
      zeros = Math.min(zeros, Long.numberOfTrailingZeros(c));
    }
    return zeros;
  }

  /// The number of powers of two in all coefficients and the constant.
  int zeros() {
    return constant == 0 ? termZeros() : Math.min(termZeros(), Long.numberOfTrailingZeros(constant));
  }

  /// Divided by a power of two, the constant rounded down.
  Form shiftRight(int bits) {
    SortedMap<Integer, Long> quotient = new TreeMap<>();
    terms.forEach((atom, c) -> quotient.put(atom, c >> bits));
    return new Form(quotient, constant >> bits);
  }
}
