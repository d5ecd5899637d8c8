package org.burin.fixed;

import org.burin.fixed.FixedOp.Compare;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedOp.Select;
import org.burin.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// What comparisons and choices can give.
final class SelectBounds {
  private SelectBounds() {}

  static Precision compare(Compare op, Shape shape) {
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    boolean same = op.a().equals(op.b());
    int fraction = Math.max(a.fraction(), b.fraction());
    int[] atA = Walk.strides(a.grid(), shape.rank());
    int[] atB = Walk.strides(b.grid(), shape.rank());
    Interval left = new Interval();
    Interval right = new Interval();
    return Bounds.over(shape, 0, Shape.broadcast(a.grid(), b.grid()), (index, out) -> {
      left.clear();
      right.clear();
      left.add(a, Walk.offset(index, atA), (long) fraction - a.fraction());
      right.add(b, Walk.offset(index, atB), (long) fraction - b.fraction());
      boolean holds = same ? holdsForEquals(op.comparison()) : canHold(op.comparison(), left, right);
      boolean fails = same ? !holdsForEquals(op.comparison()) : canHold(negated(op.comparison()), left, right);
      out.set(fails ? 0 : 1, holds ? 1 : 0, 0);
    });
  }

  private static boolean holdsForEquals(Comparison comparison) {
    return switch (comparison) {
      case LE, GE, EQ -> true;
      case LT, GT, NE -> false;
    };
  }

  private static Comparison negated(Comparison comparison) {
    return switch (comparison) {
      case LT -> Comparison.GE;
      case LE -> Comparison.GT;
      case GT -> Comparison.LE;
      case GE -> Comparison.LT;
      case EQ -> Comparison.NE;
      case NE -> Comparison.EQ;
    };
  }

  private static boolean canHold(Comparison comparison, Interval a, Interval b) {
    // Both are asked for their ends whatever the comparison: evaluations compare raw integers of 64 bits.
    long least = a.low();
    long most = a.high();
    long otherLeast = b.low();
    long otherMost = b.high();
    return switch (comparison) {
      case LT -> least < otherMost;
      case LE -> least <= otherMost;
      case GT -> most > otherLeast;
      case GE -> most >= otherLeast;
      case EQ -> a.meets(b);
      case NE -> least != most || otherLeast != otherMost || least != otherLeast;
    };
  }

  static Precision select(Select op, Shape shape) {
    Precision condition = op.condition().precision();
    Precision a = op.a().precision();
    Precision b = op.b().precision();
    int fraction = Math.max(a.fraction(), b.fraction());
    int[] atCondition = Walk.strides(condition.grid(), shape.rank());
    int[] atA = Walk.strides(a.grid(), shape.rank());
    int[] atB = Walk.strides(b.grid(), shape.rank());
    Restriction whenTrue = Restriction.of(op.condition(), op.a(), true, shape.rank());
    Restriction whenFalse = Restriction.of(op.condition(), op.b(), false, shape.rank());
    Shape domain = Shape.broadcast(condition.grid(), Shape.broadcast(a.grid(), b.grid()));
    domain = whenTrue == null ? domain : Shape.broadcast(domain, whenTrue.other.grid());
    domain = whenFalse == null ? domain : Shape.broadcast(domain, whenFalse.other.grid());
    Interval left = new Interval();
    Interval right = new Interval();
    return Bounds.over(shape, fraction, domain, (index, out) -> {
      int c = Walk.offset(index, atCondition);
      boolean canBeTrue = condition.low(c) != 0 || condition.high(c) != 0;
      boolean canBeFalse = condition.low(c) <= 0 && condition.high(c) >= 0;
      canBeTrue &= branch(a, Walk.offset(index, atA), whenTrue, index, fraction, left);
      canBeFalse &= branch(b, Walk.offset(index, atB), whenFalse, index, fraction, right);
      out.set(canBeTrue ? left : right);
      if (canBeTrue && canBeFalse) {
        out.hull(right);
      }
    });
  }

  /// Sets what a branch can be where it is taken; false if it never is.
  private static boolean branch(
      Precision p, int position, @Nullable Restriction restriction, int[] index, int fraction, Interval out) {
    long shift = (long) fraction - p.fraction();
    out.clear();
    if (restriction == null) {
      out.add(p, position, shift);
      return true;
    }
    long mask = (1L << p.step(position)) - 1;
    // The numbers are multiples of the step, as are the ends that the restriction leaves alone.
    long least = restriction.least(index, p.fraction());
    long most = restriction.most(index, p.fraction());
    long low = least <= p.low(position) ? p.low(position) : least > p.high(position) ? least : (least + mask) & ~mask;
    long high = most >= p.high(position) ? p.high(position) : most & ~mask;
    if (low > high || (low == high && restriction.excludes(index, p.fraction(), low))) {
      return false;
    }
    low += restriction.excludes(index, p.fraction(), low) ? mask + 1 : 0;
    high -= restriction.excludes(index, p.fraction(), high) ? mask + 1 : 0;
    if (low > high) {
      return false;
    }
    out.add(low, high, p.step(position), shift);
    return true;
  }

  /// What the condition says of a branch that is itself one of the numbers compared: `branch comparison other`.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Restriction(Comparison comparison, Precision other, int[] at) {
    static @Nullable Restriction of(FixedValue condition, FixedValue branch, boolean taken, int rank) {
      if (!(condition.op() instanceof Compare(var comparison, var p, var q)) || p.equals(q)) {
        return null;
      }
      Comparison holds = taken ? comparison : negated(comparison);
      FixedValue other = branch.equals(p) ? q : branch.equals(q) ? p : null;
      return other == null ? null : new Restriction(branch.equals(p) ? holds : mirrored(holds), other.precision(),
          Walk.strides(other.precision().grid(), rank));
    }

    private static Comparison mirrored(Comparison comparison) {
      return switch (comparison) {
        case LT -> Comparison.GT;
        case LE -> Comparison.GE;
        case GT -> Comparison.LT;
        case GE -> Comparison.LE;
        case EQ -> Comparison.EQ;
        case NE -> Comparison.NE;
      };
    }

    /// A raw integer of this fraction below which the branch cannot be.
    long least(int[] index, int fraction) {
      long low = other.low(Walk.offset(index, at));
      long floor = floor(low, other.fraction(), fraction);
      return switch (comparison) {
        case GT -> moved(floor, 1);
        case GE, EQ -> floor(floor, fraction, other.fraction()) == low ? floor : moved(floor, 1);
        case LT, LE, NE -> Long.MIN_VALUE;
      };
    }

    /// A raw integer of this fraction above which the branch cannot be.
    long most(int[] index, int fraction) {
      long high = other.high(Walk.offset(index, at));
      long floor = floor(high, other.fraction(), fraction);
      return switch (comparison) {
        case LT -> floor(floor, fraction, other.fraction()) == high ? moved(floor, -1) : floor;
        case LE, EQ -> floor;
        case GT, GE, NE -> Long.MAX_VALUE;
      };
    }

    /// Whether the branch cannot be this raw integer of this fraction because it differs from a known number.
    boolean excludes(int[] index, int fraction, long raw) {
      int i = Walk.offset(index, at);
      long known = other.low(i);
      return comparison == Comparison.NE && known == other.high(i)
          && floor(raw, fraction, other.fraction()) == known && floor(known, other.fraction(), fraction) == raw;
    }

    private static long floor(long raw, int from, int to) {
      return FixedMath.quantize(raw, from,
          new FixedType(true, Long.SIZE, Long.SIZE - to, Rounding.TRN, Overflow.SAT));
    }

    /// An end of 64 bits may stand for a number beyond; then nothing more is known.
    private static long moved(long raw, int by) {
      return raw == Long.MIN_VALUE || raw == Long.MAX_VALUE ? raw : raw + by;
    }
  }
}
