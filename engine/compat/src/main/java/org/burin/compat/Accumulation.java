package org.burin.compat;

import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;

/// Sums in a C++ variable of fixed-point type, which is brought to its type after every addition.
final class Accumulation {
  private Accumulation() {}

  /// Whether bringing every partial sum to the type gives what bringing the exact sum to it gives: numbers without bits
  /// below the type's last one, modulo a power of two.
  static boolean isModular(FixedType type, int fraction) {
    return type.overflow() == Overflow.WRAP && fraction <= type.fraction();
  }

  /// Whether a sum of so many numbers of a type has a type of at most 64 bits.
  static boolean fits(int width, int terms) {
    return width + (32 - Integer.numberOfLeadingZeros(terms)) + 1 < 64;
  }

  /// `start` plus the terms along an axis, in an order.
  ///
  /// @param start a number of the type, of the shape of the terms without the axis, or broadcasting to it
  static FixedValue sum(
      FixedGraphBuilder b, FixedValue start, FixedValue terms, int axis, int[] order, FixedType type) {
    int fraction = Math.max(terms.precision().fraction(), start.precision().fraction());
    if (isModular(type, fraction) && fits(terms.precision().type().width(), order.length)) {
      return b.quantize(b.add(start, b.sum(terms, false, axis)), type);
    }
    FixedValue sum = start;
    for (int i : order) {
      sum = b.quantize(b.add(sum, HlsValue.element(b, terms, axis, i)), type);
    }
    return sum;
  }

  /// The terms along an axis in a balanced tree: left the largest power of two below their number.
  static FixedValue tree(FixedGraphBuilder b, FixedValue terms, int axis, int from, int to, FixedType type) {
    if (to - from == 1) {
      return HlsValue.element(b, terms, axis, from);
    }
    int left = Integer.highestOneBit(to - from - 1);
    return b.quantize(
        b.add(tree(b, terms, axis, from, from + left, type), tree(b, terms, axis, from + left, to, type)), type);
  }
}
