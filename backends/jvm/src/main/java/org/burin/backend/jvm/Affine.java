package org.burin.backend.jvm;

import java.util.Map;
import java.util.TreeMap;

/// A position in generated code: a whole number plus multiples of `int` variables.
///
/// @param terms the factor of each variable, none of them 0
/// @param constant what does not depend on any
record Affine(Map<String, Integer> terms, int constant) {
  static final Affine ZERO = of(0);

  static Affine of(int constant) {
    return new Affine(Map.of(), constant);
  }

  static Affine variable(String name) {
    return new Affine(Map.of(name, 1), 0);
  }

  boolean isConstant() {
    return terms.isEmpty();
  }

  Affine plus(int n) {
    return new Affine(terms, constant + n);
  }

  Affine plus(Affine other) {
    TreeMap<String, Integer> sum = new TreeMap<>(terms);
    other.terms.forEach((name, factor) -> sum.merge(name, factor, Integer::sum));
    sum.values().removeIf(factor -> factor == 0);
    return new Affine(sum, constant + other.constant);
  }

  Affine times(int factor) {
    if (factor == 0) {
      return ZERO;
    }
    TreeMap<String, Integer> product = new TreeMap<>();
    terms.forEach((name, f) -> product.put(name, f * factor));
    return new Affine(product, constant * factor);
  }

  /// A Java expression.
  @Override
  public String toString() {
    if (isConstant()) {
      return Integer.toString(constant);
    }
    StringBuilder s = new StringBuilder();
    new TreeMap<>(terms).forEach((name, factor) -> {
      String size = Math.abs(factor) == 1 ? name : name + " * " + Math.abs(factor);
      s.append(s.isEmpty() ? (factor < 0 ? "-" : "") : factor < 0 ? " - " : " + ").append(size);
    });
    if (constant != 0) {
      s.append(constant < 0 ? " - " : " + ").append(Math.abs(constant));
    }
    return s.toString();
  }
}
