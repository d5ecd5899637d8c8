package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Precision;
import org.burin.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Writes code that computes single elements of the values of a graph, for one sample.
///
/// An element's index is a list of positions, one for each axis. Where all of them are numbers, code without loops
/// comes out, with the weights as literals; where they are loop variables, loops over tables.
final class Elements {
  private final Roots roots;
  private final Storage storage;
  private final Body body;
  private final Map<Long, Term> known = new HashMap<>();
  private @Nullable FixedValue given;
  private Term givenTerm = Term.literal(0);

  private final Pointwise pointwise;
  private final Rounded rounded;
  private final Products products;
  private final Windows windows;
  private final Moves moves;

  Elements(Roots roots, Storage storage, Body body) {
    this.roots = roots;
    this.storage = storage;
    this.body = body;
    pointwise = new Pointwise(this);
    rounded = new Rounded(this);
    products = new Products(this);
    windows = new Windows(this);
    moves = new Moves(this);
  }

  Body body() {
    return body;
  }

  Tables tables() {
    return storage.tables();
  }

  Helpers helpers() {
    return storage.helpers();
  }

  /// The element of a value at an index.
  Term at(FixedValue v, List<Affine> index) {
    if (v.op() instanceof FixedOp.Constant(var t)) {
      return constant(v, flat(shape(v), index), t.raw(), t.fraction());
    }
    if (v == given) {
      return givenTerm;
    }
    boolean fixed = index.stream().allMatch(Affine::isConstant);
    if (fixed) {
      Term t = known.get(key(v, index));
      if (t != null) {
        return t;
      }
    }
    boolean stored = isStored(v);
    Term t = stored ? load(v, flat(shape(v), index)) : compute(v, index);
    if (fixed && stored) {
      t = body.named(t);
      known.put(key(v, index), t);
    }
    return t;
  }

  /// Whether the value lies in memory, so that a place in it is enough to read an element.
  boolean isStored(FixedValue v) {
    return Roots.isLeaf(v.op()) || roots.isKept(v);
  }

  /// The element of a value at an index, computed here.
  Term compute(FixedValue v, List<Affine> index) {
    return switch (v.op()) {
      case FixedOp.Input _, FixedOp.Constant _ -> at(v, index);
      case FixedOp.Quantize o -> rounded.quantize(v, o, index);
      case FixedOp.Divide o -> rounded.divide(v, o, index);
      case FixedOp.Lookup o -> pointwise.lookup(v, o, index);
      case FixedOp.Add(var a, var b) -> pointwise.add(v, a, b, index);
      case FixedOp.Subtract(var a, var b) -> pointwise.subtract(v, a, b, index);
      case FixedOp.Multiply(var a, var b) -> pointwise.multiply(v, a, b, index);
      case FixedOp.Negate(var x) -> pointwise.negate(v, x, index);
      case FixedOp.Absolute(var x) -> pointwise.absolute(v, x, index);
      case FixedOp.Shift(var x, var bits) -> fit(at(x, index), fraction(x) - bits, v, index);
      case FixedOp.Maximum(var a, var b) -> pointwise.extreme(v, a, b, true, index);
      case FixedOp.Minimum(var a, var b) -> pointwise.extreme(v, a, b, false, index);
      case FixedOp.Compare(var how, var a, var b) -> pointwise.compare(v, how, a, b, index);
      case FixedOp.Select(var c, var a, var b) -> pointwise.select(v, c, a, b, index);
      case FixedOp.MatMul o -> products.matMul(v, o, index);
      case FixedOp.Conv2d o -> products.conv2d(v, o, index);
      case FixedOp.Conv2dTranspose o -> products.conv2dTranspose(v, o, index);
      case FixedOp.MaxPool2d(var x, var kh, var kw, var window) -> windows.pool(v, x, kh, kw, window, true, index);
      case FixedOp.SumPool2d(var x, var kh, var kw, var window) -> windows.pool(v, x, kh, kw, window, false, index);
      case FixedOp.Sum(var x, var axes, var keep) -> windows.reduce(v, x, axes, keep, false, index);
      case FixedOp.Max(var x, var axes, var keep) -> windows.reduce(v, x, axes, keep, true, index);
      case FixedOp.ArgMax(var x, var axis) -> windows.argMax(v, x, axis, index);
      case FixedOp.Upsample2d(var x, var fh, var fw) -> fit(moves.upsample(x, fh, fw, index), fraction(x), v, index);
      case FixedOp.Gather(var x, var i, var axis) -> fit(moves.gather(x, i, axis, index), fraction(x), v, index);
      case FixedOp.Concat(var values, var axis) -> moves.concat(v, values, axis, index);
      case FixedOp.Slice o -> fit(at(o.x(), moves.slice(o, index)), fraction(o.x()), v, index);
      case FixedOp.Pad o -> moves.pad(v, o, index);
      case FixedOp.Reshape(var x, _) -> fit(moves.reshape(v, x, index), fraction(x), v, index);
      case FixedOp.Transpose(var x, var order) -> fit(at(x, moves.transpose(order, index)), fraction(x), v, index);
      case FixedOp.Broadcast(var x, _) -> fit(at(x, broadcast(shape(x), index)), fraction(x), v, index);
    };
  }

  /// The element of a value at an index, where that of another value on the way is at hand.
  Term compute(FixedValue v, List<Affine> index, FixedValue other, Term term) {
    given = other;
    givenTerm = term;
    Term t = v == other ? term : compute(v, index);
    given = null;
    return t;
  }

  /// Remembers the variable that holds an element.
  void remember(FixedValue v, List<Affine> index, Term t) {
    known.put(key(v, index), t);
  }

  private static long key(FixedValue v, List<Affine> index) {
    return (long) v.id() << 32 | flat(shape(v), index).constant();
  }

  /// The element of a stored value at a place in its array.
  Term load(FixedValue v, Affine flat) {
    if (v.op() instanceof FixedOp.Constant(var t)) {
      return constant(v, flat, t.raw(), t.fraction());
    }
    Precision p = v.precision();
    long low = Fits.low(p);
    long high = Fits.high(p);
    if (flat.isConstant()) {
      int g = position(p.grid(), shape(v), flat.constant());
      low = p.low(g);
      high = p.high(g);
    }
    boolean wide = Fits.isWide(v);
    String code = storage.element(v, flat, body);
    return low == high ? Term.literal(low) : new Term(code, low, high, wide, false);
  }

  private Term constant(FixedValue v, Affine flat, long[] raw, int fraction) {
    if (flat.isConstant()) {
      return Arithmetic.shift(Term.literal(raw[flat.constant()]), fraction(v) - fraction);
    }
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long n : raw) {
      low = Math.min(low, n);
      high = Math.max(high, n);
    }
    if (low == high) {
      return Arithmetic.shift(Term.literal(low), fraction(v) - fraction);
    }
    String table = storage.tables().of(raw);
    Term t = new Term(table + "[" + flat + "]", low, high, !Fits.inInt(low, high), false);
    return Arithmetic.shift(t, fraction(v) - fraction);
  }

  /// An entry of a table of numbers over a grid that broadcasts to the shape that the index belongs to.
  Term entry(long[] numbers, Shape grid, List<Affine> index) {
    Affine flat = flat(grid, broadcast(grid, index));
    if (flat.isConstant()) {
      return Term.literal(numbers[flat.constant()]);
    }
    long low = Arrays.stream(numbers).min().orElse(0);
    long high = Arrays.stream(numbers).max().orElse(0);
    if (low == high) {
      return Term.literal(low);
    }
    return new Term(storage.tables().of(numbers) + "[" + flat + "]", low, high, !Fits.inInt(low, high), false);
  }

  // ---- shapes, indices, bounds ------------------------------------------------------------------------------------

  /// The shape of a value for one sample.
  static Shape shape(FixedValue v) {
    return v.shape().bind(1);
  }

  static int fraction(FixedValue v) {
    return v.precision().fraction();
  }

  /// The place of an index in row-major order.
  static Affine flat(Shape shape, List<Affine> index) {
    int[] strides = shape.strides();
    Affine flat = Affine.ZERO;
    for (int i = 0; i < strides.length; i++) {
      flat = shape.dim(i) == 1 ? flat : flat.plus(index.get(i).times(strides[i]));
    }
    return flat;
  }

  /// The index of an operand of shape `s` that is broadcast to what `index` belongs to.
  static List<Affine> broadcast(Shape s, List<Affine> index) {
    List<Affine> own = new ArrayList<>();
    int lead = index.size() - s.rank();
    for (int i = 0; i < s.rank(); i++) {
      own.add(s.dim(i) == 1 ? Affine.ZERO : index.get(i + lead));
    }
    return own;
  }

  /// The numbers of a place in row-major order.
  static List<Affine> unflatten(Shape shape, int flat) {
    int[] strides = shape.strides();
    List<Affine> index = new ArrayList<>();
    for (int i = 0; i < strides.length; i++) {
      index.add(Affine.of(flat / strides[i] % shape.dim(i)));
    }
    return index;
  }

  private static int position(Shape grid, Shape shape, int flat) {
    return flat(grid, broadcast(grid, unflatten(shape, flat))).constant();
  }

  /// The smallest raw integer that the element can be.
  long low(FixedValue v, List<Affine> index) {
    Affine g = flat(v.precision().grid(), broadcast(v.precision().grid(), index));
    return g.isConstant() ? v.precision().low(g.constant()) : Fits.low(v.precision());
  }

  /// The largest raw integer that the element can be.
  long high(FixedValue v, List<Affine> index) {
    Affine g = flat(v.precision().grid(), broadcast(v.precision().grid(), index));
    return g.isConstant() ? v.precision().high(g.constant()) : Fits.high(v.precision());
  }

  /// A number of `fraction` fractional bits as an element of `v`: with the fractional bits and the bounds proven for
  /// it.
  Term fit(Term t, int fraction, FixedValue v, List<Affine> index) {
    int shift = fraction(v) - fraction;
    long low = low(v, index);
    long high = high(v, index);
    if (low == high) {
      return Term.literal(low);
    }
    return shift >= 0 ? Arithmetic.shift(t, shift, low, high) : Arithmetic.cast(Arithmetic.shift(t, shift), low, high);
  }
}
