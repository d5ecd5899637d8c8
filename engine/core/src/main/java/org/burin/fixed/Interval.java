package org.burin.fixed;

/// The integers that a sum of numbers can be: all multiples of `2^step` from a low to a high end. Mutable; the ends
/// have 128 bits, so that what exceeds a raw integer's 64 is measured rather than lost.
final class Interval {
  /// The step of zero, which is a multiple of everything.
  static final int ANY = 62;

  private final Wide low = new Wide();
  private final Wide high = new Wide();
  private final Wide term = new Wide();
  private int step = ANY;

  /// That a number needs more than the 64 bits of a raw integer.
  static final class TooWide extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /// The bits needed, the sign included.
    final int bits;

    TooWide(int bits) {
      super(bits + " bits");
      this.bits = bits;
    }

    /// Leaves the trace out: this is always caught where the operation is known.
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  /// The number of low zero bits of an integer, as a step.
  static int step(long raw) {
    return Math.min(ANY, Long.numberOfTrailingZeros(raw));
  }

  /// The empty sum.
  void clear() {
    set(0, 0, ANY);
  }

  /// Multiples of `2^step` from `low` to `high`.
  void set(long low, long high, int step) {
    this.low.set(low);
    this.high.set(high);
    this.step = step;
  }

  /// The numbers of one position.
  void set(Precision p, int position) {
    set(p.low(position), p.high(position), p.step(position));
  }

  /// The numbers of another interval.
  void set(Interval other) {
    low.set(other.low);
    high.set(other.high);
    step = other.step;
  }

  /// Whether a number is in both intervals.
  boolean meets(Interval other) {
    long mask = (1L << Math.max(step, other.step)) - 1;
    return (Math.min(high(), other.high()) & ~mask) >= Math.max(low(), other.low());
  }

  /// Adds the numbers of one position, times `2^shift`.
  ///
  /// @param shift at least 0
  void add(Precision p, int position, long shift) {
    add(p.low(position), p.high(position), p.step(position), shift);
  }

  /// Adds the negated numbers of one position, times `2^shift`.
  void subtract(Precision p, int position, long shift) {
    if (isZero(p, position)) {
      return;
    }
    low.add(term.shifted(p.high(position), shift).negate());
    high.add(term.shifted(p.low(position), shift).negate());
    step = Math.min(step, Math.toIntExact(Math.min(ANY, p.step(position) + shift)));
  }

  /// Adds multiples of `2^s` from `l` to `h`, times `2^shift`.
  void add(long l, long h, int s, long shift) {
    if (l == 0 && h == 0) {
      return;
    }
    low.add(term.shifted(l, shift));
    high.add(term.shifted(h, shift));
    step = Math.min(step, Math.toIntExact(Math.min(ANY, s + shift)));
  }

  /// Adds `count` independent numbers of one position.
  void addTimes(Precision p, int position, long count) {
    if (isZero(p, position)) {
      return;
    }
    low.add(term.product(p.low(position), count));
    high.add(term.product(p.high(position), count));
    step = Math.min(step, p.step(position));
  }

  /// Adds the products of two independent numbers.
  void addProduct(Precision a, int i, Precision b, int j) {
    if (isZero(a, i) || isZero(b, j)) {
      return;
    }
    if (b.low(j) == b.high(j)) {
      addMultiple(a, i, b.low(j));
    } else if (a.low(i) == a.high(i)) {
      addMultiple(b, j, a.low(i));
    } else {
      Wide least = new Wide();
      Wide most = new Wide();
      least.product(a.low(i), b.low(j));
      most.product(a.low(i), b.low(j));
      extend(least, most, a.low(i), b.high(j));
      extend(least, most, a.high(i), b.low(j));
      extend(least, most, a.high(i), b.high(j));
      low.add(least);
      high.add(most);
    }
    step = Math.min(step, Math.min(ANY, a.step(i) + b.step(j)));
  }

  private void addMultiple(Precision p, int position, long factor) {
    low.add(term.product(factor > 0 ? p.low(position) : p.high(position), factor));
    high.add(term.product(factor > 0 ? p.high(position) : p.low(position), factor));
  }

  private void extend(Wide least, Wide most, long x, long y) {
    term.product(x, y);
    if (term.isLessThan(least)) {
      least.set(term);
    }
    if (most.isLessThan(term)) {
      most.set(term);
    }
  }

  /// Adds the squares of the numbers of one position.
  void addSquare(Precision p, int position) {
    long l = p.low(position);
    long h = p.high(position);
    long least = l > 0 ? l : h < 0 ? h : 0;
    // Of the two magnitudes the larger; ~x is one less than -x, which 64 bits might not hold.
    long most = h > ~l ? h : l;
    low.add(term.product(least, least));
    high.add(term.product(most, most));
    step = Math.min(step, Math.min(ANY, 2 * p.step(position)));
  }

  /// The larger one of two independent numbers, the other being one of a position.
  void maximum(Precision p, int position) {
    larger(p.low(position), p.high(position), p.step(position));
  }

  /// The larger one of two independent numbers.
  void maximum(Interval other) {
    larger(other.low(), other.high(), other.step);
  }

  private void larger(long l, long h, int s) {
    if (l >= high()) {
      set(l, h, s);
    } else if (h > low()) {
      set(Math.max(low(), l), Math.max(high(), h), Math.min(step, s));
    }
  }

  /// The smaller one of two independent numbers.
  void minimum(Interval other) {
    if (other.high() <= low()) {
      set(other.low(), other.high(), other.step);
    } else if (other.low() < high()) {
      set(Math.min(low(), other.low()), Math.min(high(), other.high()), Math.min(step, other.step));
    }
  }

  /// One or the other number, the other being one of a position.
  void hull(Precision p, int position) {
    set(Math.min(low(), p.low(position)), Math.max(high(), p.high(position)), Math.min(step, p.step(position)));
  }

  /// One or the other number.
  void hull(Interval other) {
    set(Math.min(low(), other.low()), Math.max(high(), other.high()), Math.min(step, other.step));
  }

  private static boolean isZero(Precision p, int position) {
    return p.low(position) == 0 && p.high(position) == 0;
  }

  /// The low end.
  ///
  /// @throws TooWide when either end needs more than 64 bits
  long low() {
    check();
    return low.lo;
  }

  /// The high end.
  ///
  /// @throws TooWide when either end needs more than 64 bits
  long high() {
    check();
    return high.lo;
  }

  /// The number of low bits that are always 0.
  int step() {
    return step;
  }

  private void check() {
    int bits = Math.max(low.bits(), high.bits());
    if (bits > Long.SIZE) {
      throw new TooWide(bits);
    }
  }

  /// An integer of 128 bits.
  private static final class Wide {
    private long hi;
    private long lo;

    void set(long value) {
      hi = value >> 63;
      lo = value;
    }

    void set(Wide value) {
      hi = value.hi;
      lo = value.lo;
    }

    Wide product(long a, long b) {
      hi = Math.multiplyHigh(a, b);
      lo = a * b;
      return this;
    }

    Wide shifted(long value, long shift) {
      if (shift >= Long.SIZE - 1) {
        throw new TooWide(Math.toIntExact(65 - Math.max(
            Long.numberOfLeadingZeros(value), Long.numberOfLeadingZeros(~value)) + shift));
      }
      return product(value, 1L << shift);
    }

    Wide negate() {
      lo = -lo;
      hi = ~hi + (lo == 0 ? 1 : 0);
      return this;
    }

    void add(Wide other) {
      lo += other.lo;
      int carry = Long.compareUnsigned(lo, other.lo) < 0 ? 1 : 0;
      long sum = hi + other.hi + carry;
      if (((hi ^ sum) & (other.hi ^ sum)) < 0) {
        throw new TooWide(2 * Long.SIZE + 1);
      }
      hi = sum;
    }

    int bits() {
      long sign = hi >> 63;
      long top = hi ^ sign;
      return 2 * Long.SIZE + 1 - (top != 0 ? Long.numberOfLeadingZeros(top)
          : Long.SIZE + Long.numberOfLeadingZeros(lo ^ sign));
    }

    boolean isLessThan(Wide other) {
      return hi != other.hi ? hi < other.hi : Long.compareUnsigned(lo, other.lo) < 0;
    }
  }
}
