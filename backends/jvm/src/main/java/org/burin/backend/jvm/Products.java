package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Matrix products and convolutions: sums of products.
final class Products {
  /// The most summands of one expression; the compiler recurses into each.
  private static final int SUMMANDS = 64;

  private final Elements elements;
  private final Body body;

  Products(Elements elements) {
    this.elements = elements;
    this.body = elements.body();
  }

  /// A sum in the making: an expression where all positions are known, a variable that loops add to otherwise.
  private final class Sum {
    private final long low;
    private final long high;
    private final boolean wide;
    private final boolean unrolled;
    private StringBuilder expression = new StringBuilder();
    private int summands;
    private String variable = "";

    Sum(long low, long high, boolean unrolled) {
      this.low = low;
      this.high = high;
      this.unrolled = unrolled;
      wide = !Fits.inInt(low, high);
      if (!unrolled) {
        variable = body.mutable("s", wide, "0");
      }
    }

    void add(FixedValue a, List<Affine> at, FixedValue b, List<Affine> bt) {
      Term w = elements.at(b, bt);
      if (w.isZero()) {
        return;
      }
      Term x = elements.at(a, at);
      if (x.isZero()) {
        return;
      }
      Term p = product(x, w);
      if (!unrolled) {
        body.statement(variable + " += " + p.bare());
        return;
      }
      boolean negative = w.isLiteral() && w.low() < 0 && w.low() != Long.MIN_VALUE;
      if (negative) {
        p = product(x, Term.literal(-w.low()));
      }
      if (summands == 0) {
        expression.append(negative ? "-" : "").append(multiplied(p));
      } else {
        expression.append(negative ? " - " : " + ").append(multiplied(p));
      }
      if (++summands == SUMMANDS) {
        spill();
      }
    }

    private Term product(Term x, Term w) {
      // The product keeps its low bits; only their sum has to fit.
      return wide ? Arithmetic.multiply(x, w, Long.MIN_VALUE, Long.MAX_VALUE)
          : Arithmetic.multiply(x, w, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private void spill() {
      if (variable.isEmpty()) {
        variable = body.mutable("s", wide, expression.toString());
      } else {
        body.statement(variable + " += " + expression);
      }
      expression = new StringBuilder();
      summands = 0;
    }

    Term result() {
      if (variable.isEmpty()) {
        return summands == 0 ? Term.literal(0) : Term.of(expression.toString(), low, high, wide);
      }
      if (summands > 0) {
        spill();
      }
      return Term.name(variable, low, high, wide);
    }
  }

  /// Products bind tighter than sums and need no parentheses; shifts do.
  private static String multiplied(Term p) {
    return p.bare().contains(" * ") ? p.bare() : p.code();
  }

  private Sum sum(FixedValue v, int fraction, List<Affine> index) {
    int shift = fraction - Elements.fraction(v);
    long low = elements.low(v, index);
    long high = elements.high(v, index);
    boolean unrolled = index.stream().allMatch(Affine::isConstant);
    return shift >= 0 ? new Sum(Arithmetic.up(low, shift), Arithmetic.up(high, shift), unrolled)
        : new Sum(low >> -shift, high >> -shift, unrolled);
  }

  Term matMul(FixedValue v, FixedOp.MatMul o, List<Affine> index) {
    Shape a = Elements.shape(o.a());
    Shape b = Elements.shape(o.b());
    int depth = a.dim(o.transA() ? -2 : -1);
    int fraction = Elements.fraction(o.a()) + Elements.fraction(o.b());
    Affine row = index.get(index.size() - 2);
    Affine column = index.get(index.size() - 1);
    Sum sum = sum(v, fraction, index);
    each(sum, depth, k -> sum.add(
        o.a(), matrix(a, index, o.transA() ? k : row, o.transA() ? row : k),
        o.b(), matrix(b, index, o.transB() ? column : k, o.transB() ? k : column)));
    return elements.fit(sum.result(), fraction, v, index);
  }

  private static List<Affine> matrix(Shape s, List<Affine> index, Affine row, Affine column) {
    List<Affine> own = new ArrayList<>(index.subList(0, index.size() - 2));
    own.add(row);
    own.add(column);
    return Elements.broadcast(s, own);
  }

  /// What a position of a reduced axis does.
  private interface Step {
    void at(Affine position);
  }

  private void each(Sum sum, int count, Step step) {
    if (sum.unrolled) {
      for (int k = 0; k < count; k++) {
        step.at(Affine.of(k));
      }
      return;
    }
    Affine k = body.loop(count);
    step.at(k);
    body.end(k);
  }

  Term conv2d(FixedValue v, FixedOp.Conv2d o, List<Affine> index) {
    Shape x = Elements.shape(o.x());
    Shape w = Elements.shape(o.w());
    Window window = o.window();
    int fraction = Elements.fraction(o.x()) + Elements.fraction(o.w());
    int channels = w.dim(2);
    Sum sum = sum(v, fraction, index);
    Affine filter = index.get(3);
    Affine firstChannel = o.groups() == 1 ? Affine.ZERO : quotient(filter, w.dim(3) / o.groups()).times(channels);
    each(sum, w.dim(0), kh -> {
      Affine h = index.get(1).times(window.strideH()).plus(kh.times(window.dilationH())).plus(-window.top());
      inside(h, x.dim(1), window.top() + window.bottom() > 0, () -> each(sum, w.dim(1), kw -> {
        Affine c = index.get(2).times(window.strideW()).plus(kw.times(window.dilationW())).plus(-window.left());
        inside(c, x.dim(2), window.left() + window.right() > 0, () -> each(sum, channels, ci -> sum.add(
            o.x(), List.of(Affine.ZERO, h, c, firstChannel.plus(ci)), o.w(), List.of(kh, kw, ci, filter))));
      }));
    });
    return elements.fit(sum.result(), fraction, v, index);
  }

  private Affine quotient(Affine n, int divisor) {
    return divisor == 1 ? n : n.isConstant() ? Affine.of(n.constant() / divisor)
        : body.position("(" + n + ") / " + divisor);
  }

  /// Does something where a position lies on an axis.
  private void inside(Affine position, int extent, boolean mayMiss, Runnable work) {
    if (position.isConstant()) {
      if (position.constant() >= 0 && position.constant() < extent) {
        work.run();
      }
    } else if (mayMiss) {
      body.open("if (" + position + " >= 0 && " + position + " < " + extent + ")");
      work.run();
      body.close();
    } else {
      work.run();
    }
  }

  Term conv2dTranspose(FixedValue v, FixedOp.Conv2dTranspose o, List<Affine> index) {
    Shape y = Elements.shape(o.y());
    Shape w = Elements.shape(o.w());
    Window window = o.window();
    int fraction = Elements.fraction(o.y()) + Elements.fraction(o.w());
    int filters = w.dim(3) / o.groups();
    int channels = w.dim(2);
    Sum sum = sum(v, fraction, index);
    Affine group = o.groups() == 1 ? Affine.ZERO : quotient(index.get(3), channels);
    Affine channel = index.get(3).plus(group.times(-channels));
    each(sum, w.dim(0), kh -> reached(
        index.get(1).plus(window.top()).plus(kh.times(-window.dilationH())), window.strideH(), y.dim(1),
        oh -> each(sum, w.dim(1), kw -> reached(
            index.get(2).plus(window.left()).plus(kw.times(-window.dilationW())), window.strideW(), y.dim(2),
            ow -> each(sum, filters, f -> {
              Affine filter = group.times(filters).plus(f);
              sum.add(o.y(), List.of(Affine.ZERO, oh, ow, filter), o.w(), List.of(kh, kw, channel, filter));
            })))));
    return elements.fit(sum.result(), fraction, v, index);
  }

  /// Does something with the window that begins at a position, if there is one.
  private void reached(Affine start, int stride, int extent, Step step) {
    if (start.isConstant()) {
      int at = start.constant();
      if (at >= 0 && at % stride == 0 && at / stride < extent) {
        step.at(Affine.of(at / stride));
      }
      return;
    }
    String divides = stride == 1 ? "" : "(" + start + ") % " + stride + " == 0 && ";
    body.open("if (" + start + " >= 0 && " + divides + start + " < " + (long) extent * stride + ")");
    step.at(stride == 1 ? start : body.position("(" + start + ") / " + stride));
    body.close();
  }
}
