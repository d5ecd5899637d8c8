package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling and reductions: sums and largest elements of windows and axes.
final class Windows {
  private final Elements elements;
  private final Body body;

  Windows(Elements elements) {
    this.elements = elements;
    this.body = elements.body();
  }

  /// A fold in the making, over elements of one value.
  private final class Fold {
    private final FixedValue x;
    private final boolean largest;
    private final boolean unrolled;
    private final boolean wide;
    private final String variable;
    private final List<Term> terms = new ArrayList<>();

    Fold(FixedValue x, FixedValue v, boolean largest, boolean unrolled) {
      this.x = x;
      this.largest = largest;
      this.unrolled = unrolled;
      wide = Fits.isWide(x) || Fits.isWide(v) || Elements.fraction(x) != Elements.fraction(v);
      long start = largest ? Fits.low(x.precision()) : 0;
      variable = unrolled ? "" : body.mutable("m", wide, Term.literal(start, wide));
    }

    void add(List<Affine> index) {
      Term t = elements.at(x, index);
      if (unrolled) {
        terms.add(t);
      } else if (largest) {
        body.statement(variable + " = Math.max(" + variable + ", " + t.as(wide) + ")");
      } else {
        body.statement(variable + " += " + t.bare());
      }
    }

    Term result(FixedValue v, List<Affine> index) {
      Term t = unrolled ? joined() : new Term(variable, Long.MIN_VALUE, Long.MAX_VALUE, wide, true);
      return elements.fit(t, Elements.fraction(x), v, index);
    }

    private Term joined() {
      Term sum = largest ? terms.getFirst() : Term.literal(0);
      for (Term t : terms) {
        sum = largest ? Pointwise.extreme(sum, t, true) : plain(sum, t);
        if (sum.code().length() > 400) {
          sum = body.named(sum);
        }
      }
      return sum;
    }

    /// Sums from left to right, without a parenthesis for each.
    private Term plain(Term sum, Term t) {
      Term s = Arithmetic.add(sum, t, Math.addExact(sum.low(), t.low()), Math.addExact(sum.high(), t.high()));
      return sum.simple() || sum.wide() != s.wide() || t.isZero()
          ? s : Term.of(sum.bare() + Arithmetic.plus(t, s.wide()), s.low(), s.high(), s.wide());
    }
  }

  Term pool(
      FixedValue v, FixedValue x, int kernelH, int kernelW, Window window, boolean largest, List<Affine> index) {
    Shape s = Elements.shape(x);
    Fold fold = new Fold(x, v, largest, index.stream().allMatch(Affine::isConstant));
    Affine top = index.get(1).times(window.strideH()).plus(-window.top());
    Affine left = index.get(2).times(window.strideW()).plus(-window.left());
    each(fold, kernelH, kh -> inside(top.plus(kh.times(window.dilationH())), s.dim(1), window.top() + window.bottom(),
        h -> each(fold, kernelW, kw -> inside(
            left.plus(kw.times(window.dilationW())), s.dim(2), window.left() + window.right(),
            w -> fold.add(List.of(Affine.ZERO, h, w, index.get(3)))))));
    return fold.result(v, index);
  }

  /// What a position does.
  private interface Step {
    void at(Affine position);
  }

  private void each(Fold fold, int count, Step step) {
    if (fold.unrolled) {
      for (int k = 0; k < count; k++) {
        step.at(Affine.of(k));
      }
      return;
    }
    Affine k = body.loop(count);
    step.at(k);
    body.end(k);
  }

  private void inside(Affine position, int extent, int padding, Step step) {
    if (position.isConstant() || padding == 0) {
      if (!position.isConstant() || (position.constant() >= 0 && position.constant() < extent)) {
        step.at(position);
      }
      return;
    }
    body.open("if (" + position + " >= 0 && " + position + " < " + extent + ")");
    step.at(position);
    body.close();
  }

  Term reduce(
      FixedValue v, FixedValue x, List<Integer> axes, boolean keepDims, boolean largest, List<Affine> index) {
    Shape s = Elements.shape(x);
    Fold fold = new Fold(x, v, largest, index.stream().allMatch(Affine::isConstant));
    List<Affine> own = new ArrayList<>();
    int at = 0;
    for (int axis = 0; axis < s.rank(); axis++) {
      boolean folded = axes.contains(axis);
      own.add(folded ? Affine.ZERO : index.get(at));
      at += folded && !keepDims ? 0 : 1;
    }
    reduce(fold, s, axes, 0, own);
    return fold.result(v, index);
  }

  private void reduce(Fold fold, Shape s, List<Integer> axes, int done, List<Affine> index) {
    if (done == axes.size()) {
      fold.add(index);
      return;
    }
    int axis = axes.get(done);
    each(fold, s.dim(axis), k -> {
      List<Affine> next = new ArrayList<>(index);
      next.set(axis, k);
      reduce(fold, s, axes, done + 1, next);
    });
  }

  /// A loop, or comparisons one after another, that remembers the best and where it was.
  Term argMax(FixedValue v, FixedValue x, int axis, List<Affine> index) {
    int extent = Elements.shape(x).dim(axis);
    boolean wide = Fits.isWide(x);
    String best = body.mutable("m", wide, elements.at(x, with(index, axis, Affine.ZERO)).as(wide));
    String where = body.mutable("w", false, "0");
    boolean unrolled = index.stream().allMatch(Affine::isConstant);
    if (unrolled) {
      for (int k = 1; k < extent; k++) {
        better(elements.at(x, with(index, axis, Affine.of(k))), wide, best, where, Integer.toString(k));
      }
    } else {
      Affine k = body.loop(extent);
      better(elements.at(x, with(index, axis, k)), wide, best, where, k.toString());
      body.end(k);
    }
    return elements.fit(new Term(where, 0, extent - 1L, false, true), 0, v, index);
  }

  private void better(Term candidate, boolean wide, String best, String where, String position) {
    Term t = body.named(candidate);
    body.open("if (" + t.as(wide) + " > " + best + ")");
    body.statement(best + " = " + t.as(wide));
    body.statement(where + " = " + position);
    body.close();
  }

  private static List<Affine> with(List<Affine> index, int axis, Affine position) {
    List<Affine> own = new ArrayList<>(index);
    own.add(axis, position);
    return own;
  }
}
