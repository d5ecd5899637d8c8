package org.burin.fixed;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedOp.Divide;
import org.burin.fixed.FixedOp.Lookup;
import org.burin.fixed.RoundingBounds.Conversion;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Operations element by element.
final class ExactElements {
  private ExactElements() {}

  /// `raw * 2^shift` where the result is known to have 64 bits.
  static long align(long raw, long shift) {
    return shift < Long.SIZE ? raw << shift : 0;
  }

  /// Counts numbers that leave the range of the type that they are brought to.
  static final class Counter {
    private long overflows;

    /// The raw integer of a type that a raw integer becomes.
    long convert(long raw, FixedType type, Conversion to) {
      if (RoundingBounds.overflows(raw, type, to)) {
        overflows++;
      }
      return to.apply(raw, type);
    }

    long overflows() {
      return overflows;
    }
  }

  static FixedTensor quantize(FixedTensor x, ElementTypes types, Counter counter) {
    int fraction = types.fraction();
    int[] ofType = Walk.sources(types.grid(), x.shape());
    Conversion to = (raw, type) -> FixedMath.quantize(raw, x.fraction(), type);
    long[] y = new long[x.size()];
    for (int i = 0; i < y.length; i++) {
      FixedType type = types.types().get(ofType[i]);
      y[i] = align(counter.convert(x.raw()[i], type, to), (long) fraction - type.fraction());
    }
    return FixedTensor.of(x.shape(), fraction, y);
  }

  static FixedTensor fromFloats(Tensor x, ElementTypes types, Counter counter) {
    int fraction = types.fraction();
    int[] ofType = Walk.sources(types.grid(), x.shape());
    long[] y = new long[x.size()];
    for (int i = 0; i < y.length; i++) {
      FixedType type = types.types().get(ofType[i]);
      float number = x.data()[i];
      long raw = counter.convert(0, type, (_, to) -> FixedMath.fromDouble(number, to));
      y[i] = align(raw, (long) fraction - type.fraction());
    }
    return FixedTensor.of(x.shape(), fraction, y);
  }

  static FixedTensor divide(FixedTensor x, Divide op, Counter counter) {
    int fraction = op.types().fraction();
    int[] ofType = Walk.sources(op.types().grid(), x.shape());
    int[] ofDivisor = Walk.sources(op.divisor().shape(), x.shape());
    long[] y = new long[x.size()];
    for (int i = 0; i < y.length; i++) {
      FixedType type = op.types().types().get(ofType[i]);
      long divisor = op.divisor().raw()[ofDivisor[i]];
      long quotient = counter.convert(x.raw()[i], type, (raw, to) ->
          FixedMath.quotient(raw, divisor, x.fraction(), to));
      y[i] = align(quotient, (long) fraction - type.fraction());
    }
    return FixedTensor.of(x.shape(), fraction, y);
  }

  static FixedTensor lookup(FixedTensor x, Lookup op) {
    int[] ofWhich = Walk.sources(op.which().shape(), x.shape());
    long[] y = new long[x.size()];
    for (int i = 0; i < y.length; i++) {
      LookupTable table = op.tables().get((int) op.which().raw()[ofWhich[i]]);
      y[i] = table.entries()[(int) (x.raw()[i] - table.first())];
    }
    return FixedTensor.of(x.shape(), op.tables().getFirst().fraction(), y);
  }

  /// `f` of every raw integer.
  static FixedTensor map(FixedTensor x, int fraction, LongUnaryOperator f) {
    long[] y = new long[x.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsLong(x.raw()[i]);
    }
    return FixedTensor.of(x.shape(), fraction, y);
  }

  /// `f` of the raw integers as they are.
  static FixedTensor zip(FixedTensor a, FixedTensor b, int fraction, Shape shape, LongBinaryOperator f) {
    int[] inA = Walk.sources(a.shape(), shape);
    int[] inB = Walk.sources(b.shape(), shape);
    long[] y = new long[shape.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsLong(a.raw()[inA[i]], b.raw()[inB[i]]);
    }
    return FixedTensor.of(shape, fraction, y);
  }

  /// `f` of the raw integers brought to the larger one of the two fractions, which is that of the result.
  static FixedTensor zipAligned(FixedTensor a, FixedTensor b, Shape shape, LongBinaryOperator f) {
    int fraction = Math.max(a.fraction(), b.fraction());
    long shiftA = (long) fraction - a.fraction();
    long shiftB = (long) fraction - b.fraction();
    return zip(a, b, fraction, shape, (ra, rb) -> f.applyAsLong(align(ra, shiftA), align(rb, shiftB)));
  }

  static FixedTensor compare(Comparison comparison, FixedTensor a, FixedTensor b, Shape shape) {
    FixedTensor y = zipAligned(a, b, shape, (ra, rb) -> holds(comparison, Long.compare(ra, rb)) ? 1 : 0);
    return FixedTensor.of(shape, 0, y.raw());
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case EQ -> order == 0;
      case NE -> order != 0;
    };
  }

  static FixedTensor select(FixedTensor condition, FixedTensor a, FixedTensor b, Shape shape) {
    int fraction = Math.max(a.fraction(), b.fraction());
    int[] inCondition = Walk.sources(condition.shape(), shape);
    int[] inA = Walk.sources(a.shape(), shape);
    int[] inB = Walk.sources(b.shape(), shape);
    long[] y = new long[shape.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = condition.raw()[inCondition[i]] != 0
          ? align(a.raw()[inA[i]], (long) fraction - a.fraction())
          : align(b.raw()[inB[i]], (long) fraction - b.fraction());
    }
    return FixedTensor.of(shape, fraction, y);
  }
}
