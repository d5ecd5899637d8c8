package org.burin.fixed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedOp.Divide;
import org.burin.fixed.FixedOp.Input;
import org.burin.fixed.FixedOp.Lookup;
import org.burin.fixed.FixedOp.Quantize;
import org.burin.tensor.Shape;

/// What the operations that bring numbers to given types can give: the images of intervals.
final class RoundingBounds {
  private RoundingBounds() {}

  static Precision input(Input op) {
    ElementTypes types = checked(op.types());
    int fraction = types.fraction();
    int[] at = Walk.strides(types.grid(), op.shape().rank());
    return Bounds.over(op.shape(), fraction, types.grid(), (index, out) -> {
      FixedType type = types.types().get(Walk.offset(index, at));
      out.add(type.minRaw(), type.maxRaw(), 0, (long) fraction - type.fraction());
    });
  }

  static Precision quantize(Quantize op, Shape shape) {
    Precision x = op.x().precision();
    ElementTypes types = checked(op.types());
    int fraction = types.fraction();
    int[] atX = Walk.strides(x.grid(), shape.rank());
    int[] atType = Walk.strides(types.grid(), shape.rank());
    return Bounds.over(shape, fraction, Shape.broadcast(x.grid(), types.grid()), (index, out) -> {
      FixedType type = types.types().get(Walk.offset(index, atType));
      int i = Walk.offset(index, atX);
      long zeros = (long) x.step(i) + type.fraction() - x.fraction();
      image(x.low(i), x.high(i), zeros, type, (raw, to) -> FixedMath.quantize(raw, x.fraction(), to), out,
          (long) fraction - type.fraction());
    });
  }

  static Precision divide(Divide op, Shape shape) {
    Precision x = op.x().precision();
    ElementTypes types = checked(op.types());
    FixedTensor divisor = op.divisor();
    for (long d : divisor.raw()) {
      if (d < 1 || divisor.fraction() != 0) {
        throw new FixedException("divisors must be positive whole numbers with no fractional bits, found " + d
            + " * 2^" + -divisor.fraction());
      }
    }
    int fraction = types.fraction();
    int[] atX = Walk.strides(x.grid(), shape.rank());
    int[] atType = Walk.strides(types.grid(), shape.rank());
    int[] atDivisor = Walk.strides(divisor.shape(), shape.rank());
    Shape domain = Shape.broadcast(x.grid(), Shape.broadcast(types.grid(), divisor.shape()));
    return Bounds.over(shape, fraction, domain, (index, out) -> {
      FixedType type = types.types().get(Walk.offset(index, atType));
      long d = divisor.raw()[Walk.offset(index, atDivisor)];
      int i = Walk.offset(index, atX);
      // A quotient by a power of two keeps the zeros that are left; by another number it has none for sure.
      long zeros = Long.bitCount(d) == 1
          ? (long) x.step(i) + type.fraction() - x.fraction() - Long.numberOfTrailingZeros(d) : 0;
      image(x.low(i), x.high(i), zeros, type, (raw, to) -> FixedMath.quotient(raw, d, x.fraction(), to), out,
          (long) fraction - type.fraction());
    });
  }

  private static ElementTypes checked(ElementTypes types) {
    for (FixedType type : types.types()) {
      if (!type.signed() && type.width() == Long.SIZE) {
        throw new FixedException("type " + type + " has raw integers beyond 63 bits; take an unsigned type of at most"
            + " 63 bits");
      }
    }
    return types;
  }

  /// How a raw integer is brought to a type.
  @FunctionalInterface
  interface Conversion {
    long apply(long raw, FixedType to);
  }

  /// Whether a number leaves the range of the type that it is brought to.
  static boolean overflows(long raw, FixedType type, Conversion to) {
    long saturated = to.apply(raw, widest(type, Overflow.SAT));
    boolean atEnd = saturated == Long.MIN_VALUE || saturated == Long.MAX_VALUE;
    return saturated < type.minRaw() || saturated > type.maxRaw() || (atEnd && leaves64Bits(raw, type, to));
  }

  private static boolean leaves64Bits(long raw, FixedType type, Conversion to) {
    return to.apply(raw, widest(type, Overflow.SAT)) != to.apply(raw, widest(type, Overflow.SAT_ZERO));
  }

  private static FixedType widest(FixedType type, Overflow overflow) {
    return new FixedType(true, Long.SIZE, Long.SIZE - type.fraction(), type.rounding(), overflow);
  }

  /// Adds the raw integers that those from `low` to `high` become, times `2^shift`.
  ///
  /// @param zeros the number of low bits that are 0 in all results as long as none overflows; may be negative
  private static void image(long low, long high, long zeros, FixedType type, Conversion to, Interval out, long shift) {
    if (low == 0 && high == 0) {
      return;
    }
    long first = to.apply(low, type);
    long last = to.apply(high, type);
    int step = Math.clamp(zeros, 0, Interval.ANY);
    boolean lowLeaves = overflows(low, type, to);
    boolean highLeaves = overflows(high, type, to);
    if (lowLeaves || highLeaves) {
      switch (type.overflow()) {
        case SAT, SAT_SYM -> {
          // Saturation preserves order, as rounding does; but an end of the range need not have the zeros.
          step = Math.min(step, Math.min(Interval.step(first), Interval.step(last)));
        }
        case SAT_ZERO -> {
          boolean all = lowLeaves && highLeaves && low > 0 == high > 0;
          first = all ? 0 : Math.min(0, lowLeaves ? leastMultiple(type, step) : first);
          last = all ? 0 : Math.max(0, highLeaves ? mostMultiple(type, step) : last);
        }
        case WRAP -> {
          if (!wrapsAlike(low, high, type, to)) {
            first = leastMultiple(type, step);
            last = mostMultiple(type, step);
          }
        }
      }
    }
    out.add(first, last, step, shift);
  }

  /// Whether all numbers of an interval wrap equally often, so that it stays one.
  private static boolean wrapsAlike(long low, long high, FixedType type, Conversion to) {
    FixedType widest = widest(type, Overflow.WRAP);
    long first = to.apply(low, type);
    long last = to.apply(high, type);
    return !leaves64Bits(low, type, to) && !leaves64Bits(high, type, to) && first <= last
        && last - first == to.apply(high, widest) - to.apply(low, widest);
  }

  /// The smallest multiple of `2^step` in a type.
  private static long leastMultiple(FixedType type, int step) {
    return step < type.width() ? type.minRaw() : 0;
  }

  /// The largest multiple of `2^step` in a type.
  private static long mostMultiple(FixedType type, int step) {
    return type.maxRaw() & (-1L << step);
  }

  static Precision lookup(Lookup op, Shape shape) {
    Precision x = op.x().precision();
    checkTables(op, x);
    int[] atX = Walk.strides(x.grid(), shape.rank());
    int[] atWhich = Walk.strides(op.which().shape(), shape.rank());
    Map<Arguments, Results> known = new HashMap<>();
    Shape domain = Shape.broadcast(x.grid(), op.which().shape());
    return Bounds.over(shape, op.tables().getFirst().fraction(), domain, (index, out) -> {
      int i = Walk.offset(index, atX);
      int table = (int) op.which().raw()[Walk.offset(index, atWhich)];
      Results r = known.computeIfAbsent(new Arguments(table, x.low(i), x.high(i), x.step(i)),
          a -> a.results(op.tables().get(table)));
      out.set(r.low, r.high, r.step);
    });
  }

  private static void checkTables(Lookup op, Precision x) {
    List<LookupTable> tables = op.tables();
    if (tables.isEmpty() || op.which().fraction() != 0) {
      throw new FixedException("a lookup needs at least one table and whole numbers of tables");
    }
    for (long number : op.which().raw()) {
      if (number < 0 || number >= tables.size()) {
        throw new FixedException("there is no table " + number + " among " + tables.size());
      }
    }
    for (LookupTable t : tables) {
      if (t.argumentFraction() != x.fraction() || t.fraction() != tables.getFirst().fraction()) {
        throw new FixedException("table " + t.function() + " takes arguments with " + t.argumentFraction()
            + " fractional bits and gives results with " + t.fraction() + "; the argument has " + x.fraction()
            + ", the first table's results " + tables.getFirst().fraction());
      }
    }
  }

  /// The raw integers that look up a table.
  private record Arguments(int table, long low, long high, int step) {
    Results results(LookupTable t) {
      long last = t.first() + t.entries().length - 1;
      if (low < t.first() || high > last) {
        throw new FixedException("table " + t.function() + " has entries for raw arguments " + t.first() + ".." + last
            + ", the argument can be " + low + ".." + high
            + "; extend the table or quantize its argument to fewer bits");
      }
      Results r = new Results();
      for (long raw = low; raw <= high; raw += 1L << step) {
        r.include(t.entries()[Math.toIntExact(raw - t.first())]);
        if (raw == high) {
          break;
        }
      }
      return r;
    }
  }

  /// The entries that are looked up.
  private static final class Results {
    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;
    private int step = Interval.ANY;

    void include(long entry) {
      low = Math.min(low, entry);
      high = Math.max(high, entry);
      step = Math.min(step, Interval.step(entry));
    }
  }
}
