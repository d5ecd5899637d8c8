package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// Operations that move elements: they turn the index of the result into that of the operand.
final class Moves {
  private final Elements elements;
  private final Body body;

  Moves(Elements elements) {
    this.elements = elements;
    this.body = elements.body();
  }

  List<Affine> slice(FixedOp.Slice o, List<Affine> index) {
    List<Affine> own = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      own.add(index.get(i).times(o.steps().get(i)).plus(o.starts().get(i)));
    }
    return own;
  }

  List<Affine> transpose(List<Integer> permutation, List<Affine> index) {
    List<Affine> own = new ArrayList<>(index);
    for (int i = 0; i < index.size(); i++) {
      own.set(permutation.get(i), index.get(i));
    }
    return own;
  }

  Term upsample(FixedValue x, int factorH, int factorW, List<Affine> index) {
    Affine h = quotient(index.get(1), factorH);
    Affine w = quotient(index.get(2), factorW);
    return elements.at(x, List.of(index.get(0), h, w, index.get(3)));
  }

  private Affine quotient(Affine n, int divisor) {
    if (divisor == 1) {
      return n;
    }
    return n.isConstant() ? Affine.of(n.constant() / divisor) : body.position("(" + n + ") / " + divisor);
  }

  /// The same place in row-major order; only where it is known, or the operand is read from memory, without divisions.
  Term reshape(FixedValue v, FixedValue x, List<Affine> index) {
    Affine flat = Elements.flat(Elements.shape(v), index);
    Shape s = Elements.shape(x);
    if (flat.isConstant()) {
      return elements.at(x, Elements.unflatten(s, flat.constant()));
    }
    if (elements.isStored(x)) {
      return elements.load(x, flat);
    }
    int[] strides = s.strides();
    List<Affine> own = new ArrayList<>();
    for (int i = 0; i < strides.length; i++) {
      own.add(s.dim(i) == 1 ? Affine.ZERO : body.position("(" + flat + ") / " + strides[i] + " % " + s.dim(i)));
    }
    return elements.at(x, own);
  }

  /// An element at an index that is data. The operand is read from memory unless the indices are known.
  Term gather(FixedValue x, FixedValue indices, int axis, List<Affine> index) {
    int rank = indices.shape().rank();
    Term i = elements.at(indices, index.subList(axis, axis + rank));
    Term whole = Arithmetic.shift(i, -Elements.fraction(indices));
    Affine place = whole.isLiteral() ? Affine.of(Math.toIntExact(whole.low())) : body.position(whole.as(false));
    List<Affine> own = new ArrayList<>(index.subList(0, axis));
    own.add(place);
    own.addAll(index.subList(axis + rank, index.size()));
    return elements.at(x, own);
  }

  /// An element at a known index; parts of loops are written one by one instead.
  Term concat(FixedValue v, List<FixedValue> values, int axis, List<Affine> index) {
    int at = known(index.get(axis));
    for (FixedValue part : values) {
      int extent = Elements.shape(part).dim(axis);
      if (at < extent) {
        List<Affine> own = new ArrayList<>(index);
        own.set(axis, Affine.of(at));
        return elements.fit(elements.at(part, own), Elements.fraction(part), v, index);
      }
      at -= extent;
    }
    throw new IllegalStateException(v + " has no element " + index);
  }

  /// An element at a known index; loops write the surroundings first instead.
  Term pad(FixedValue v, FixedOp.Pad o, List<Affine> index) {
    Shape s = Elements.shape(o.x());
    List<Affine> own = new ArrayList<>();
    for (int i = 0; i < s.rank(); i++) {
      int at = known(index.get(i)) - o.low().get(i);
      int step = o.interior().get(i) + 1;
      if (at < 0 || at % step != 0 || at / step >= s.dim(i)) {
        return elements.fit(Term.literal(o.value().raw()[0]), o.value().fraction(), v, index);
      }
      own.add(Affine.of(at / step));
    }
    return elements.fit(elements.at(o.x(), own), Elements.fraction(o.x()), v, index);
  }

  private static int known(Affine position) {
    if (!position.isConstant()) {
      throw new IllegalStateException("position " + position + " is not known");
    }
    return position.constant();
  }
}
