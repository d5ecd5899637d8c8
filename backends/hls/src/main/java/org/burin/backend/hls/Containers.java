package org.burin.backend.hls;

import java.util.stream.LongStream;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Precision;
import org.burin.fixed.Rounding;

/// The types in which generated code keeps tensors and sums: one for all elements, chosen from what is proven of them.
final class Containers {
  /// The widest number of the types for simulation.
  static final int WIDEST = 128;

  private Containers() {}

  /// The smallest type of all elements of a value.
  static FixedType of(FixedValue v) {
    Precision p = v.precision();
    boolean zero = p.low() == 0 && p.high() == 0;
    return zero ? FixedType.ufixed(1, 1 - p.fraction()) : p.type();
  }

  /// The smallest type of all elements of a tensor.
  static FixedType of(FixedTensor t) {
    FixedTensor r = t.reduced();
    long low = LongStream.of(r.raw()).min().orElse(0);
    long high = LongStream.of(r.raw()).max().orElse(0);
    int width = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(Math.max(high, ~low))) + (low < 0 ? 1 : 0);
    return new FixedType(low < 0, width, width - r.fraction(), Rounding.TRN, Overflow.WRAP);
  }

  /// A type for sums that end in `result`: all bits of the terms down to the last, and no more above than the result
  /// has. On the way they may wrap.
  ///
  /// @param fraction the number of fractional bits of the terms
  static FixedType sum(FixedType result, int fraction) {
    int width = Math.clamp(result.integer() + fraction, 1, Long.SIZE);
    return new FixedType(result.signed(), width, width - fraction, Rounding.TRN, Overflow.WRAP);
  }

  /// The bits that a comparison or sum of two numbers takes.
  static int common(FixedType a, FixedType b) {
    boolean signed = a.signed() || b.signed();
    int integer = Math.max(a.integer() + (signed && !a.signed() ? 1 : 0), b.integer() + (signed && !b.signed() ? 1 : 0));
    return integer + Math.max(a.fraction(), b.fraction()) + 1;
  }
}
