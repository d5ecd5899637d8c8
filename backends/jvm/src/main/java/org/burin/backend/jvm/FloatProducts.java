package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Matrix products and convolutions of floats: chains of fused multiply-adds from 0, in the order of the kernels.
final class FloatProducts {
  private final FloatElements elements;
  private final Body body;

  FloatProducts(FloatElements elements) {
    this.elements = elements;
    this.body = elements.body();
  }

  private interface Step {
    void at(Affine position);
  }

  private void each(int count, Step step) {
    Affine k = body.loop(count);
    step.at(k);
    body.end(k);
  }

  private void add(String sum, String a, String b) {
    body.statement(sum + " = Math.fma(" + a + ", " + b + ", " + sum + ")");
  }

  String matMul(Op.MatMul o, List<Affine> index) {
    Shape a = FloatElements.shape(o.a());
    Shape b = FloatElements.shape(o.b());
    Affine row = index.get(index.size() - 2);
    Affine column = index.get(index.size() - 1);
    String sum = body.mutableFloat("s", "0f");
    each(a.dim(o.transA() ? -2 : -1), k -> add(sum,
        elements.at(o.a(), matrix(a, index, o.transA() ? k : row, o.transA() ? row : k)),
        elements.at(o.b(), matrix(b, index, o.transB() ? column : k, o.transB() ? k : column))));
    return sum;
  }

  private static List<Affine> matrix(Shape s, List<Affine> index, Affine row, Affine column) {
    List<Affine> own = new ArrayList<>(index.subList(0, index.size() - 2));
    own.add(row);
    own.add(column);
    return Elements.broadcast(s, own);
  }

  String conv2d(Op.Conv2d o, List<Affine> index) {
    Shape x = FloatElements.shape(o.x());
    Shape w = FloatElements.shape(o.w());
    Affine filter = index.get(3);
    Affine first = o.groups() == 1 ? Affine.ZERO : quotient(filter, w.dim(3) / o.groups()).times(w.dim(2));
    String sum = body.mutableFloat("s", "0f");
    taps(x, w, o.window(), index, (kh, kw, h, c) -> each(w.dim(2), ci -> add(sum,
        elements.at(o.x(), List.of(Affine.ZERO, h, c, first.plus(ci))),
        elements.at(o.w(), List.of(kh, kw, ci, filter)))));
    return sum;
  }

  /// What is done at a tap that lies inside of the image.
  interface Tap {
    void at(Affine kh, Affine kw, Affine h, Affine w);
  }

  /// Loops over the taps of the window at a pixel.
  void taps(Shape x, Shape w, Window window, List<Affine> pixel, Tap tap) {
    each(w.dim(0), kh -> {
      Affine h = pixel.get(1).times(window.strideH()).plus(kh.times(window.dilationH())).plus(-window.top());
      inside(h, x.dim(1), window.top() + window.bottom(), () -> each(w.dim(1), kw -> {
        Affine c = pixel.get(2).times(window.strideW()).plus(kw.times(window.dilationW())).plus(-window.left());
        inside(c, x.dim(2), window.left() + window.right(), () -> tap.at(kh, kw, h, c));
      }));
    });
  }

  private void inside(Affine position, int extent, int padding, Runnable work) {
    if (padding == 0) {
      work.run();
      return;
    }
    body.open("if (" + position + " >= 0 && " + position + " < " + extent + ")");
    work.run();
    body.close();
  }

  private Affine quotient(Affine n, int divisor) {
    return divisor == 1 ? n : n.isConstant() ? Affine.of(n.constant() / divisor)
        : body.position("(" + n + ") / " + divisor);
  }

  String conv2dTranspose(Op.Conv2dTranspose o, List<Affine> index) {
    Shape y = FloatElements.shape(o.y());
    Shape w = FloatElements.shape(o.w());
    Window window = o.window();
    int filters = w.dim(3) / o.groups();
    Affine group = o.groups() == 1 ? Affine.ZERO : quotient(index.get(3), w.dim(2));
    Affine channel = index.get(3).plus(group.times(-w.dim(2)));
    String sum = body.mutableFloat("s", "0f");
    each(w.dim(0), kh -> reached(
        index.get(1).plus(window.top()).plus(kh.times(-window.dilationH())), window.strideH(), y.dim(1),
        oh -> each(w.dim(1), kw -> reached(
            index.get(2).plus(window.left()).plus(kw.times(-window.dilationW())), window.strideW(), y.dim(2),
            ow -> each(filters, f -> {
              Affine filter = group.times(filters).plus(f);
              add(sum, elements.at(o.y(), List.of(Affine.ZERO, oh, ow, filter)),
                  elements.at(o.w(), List.of(kh, kw, channel, filter)));
            })))));
    return sum;
  }

  /// Does something with the window that begins at a position, if there is one.
  private void reached(Affine start, int stride, int extent, Step step) {
    String divides = stride == 1 ? "" : "(" + start + ") % " + stride + " == 0 && ";
    body.open("if (" + start + " >= 0 && " + divides + start + " < " + (long) extent * stride + ")");
    step.at(stride == 1 ? start : body.position("(" + start + ") / " + stride));
    body.close();
  }

  /// The product of a matrix or image with constant weights whose outputs can be computed side by side, or null.
  static boolean isDense(Value v, FloatElements elements) {
    return switch (v.op()) {
      case Op.MatMul(_, var b, var transA, var transB) ->
          !transA && !transB && b.shape().rank() == 2 && elements.constant(b) != null;
      case Op.Conv2d(_, var w, _, var groups) -> groups == 1 && elements.constant(w) != null;
      default -> false;
    };
  }

  /// Adds one product to each of several sums: outputs `first`, `first + 1`, ... on the last axis.
  void dense(Value v, List<Affine> pixel, Affine first, List<String> sums) {
    switch (v.op()) {
      case Op.MatMul(var a, var b, _, _) -> each(a.shape().dim(-1), k -> {
        List<Affine> index = new ArrayList<>(pixel);
        index.add(k);
        String x = body.named(elements.at(a, index));
        for (int i = 0; i < sums.size(); i++) {
          add(sums.get(i), x, elements.at(b, List.of(k, first.plus(i))));
        }
      });
      case Op.Conv2d(var x, var w, var window, _) -> taps(FloatElements.shape(x), FloatElements.shape(w), window, pixel,
          (kh, kw, h, c) -> each(w.shape().dim(2), ci -> {
            String in = body.named(elements.at(x, List.of(Affine.ZERO, h, c, ci)));
            for (int i = 0; i < sums.size(); i++) {
              add(sums.get(i), in, elements.at(w, List.of(kh, kw, ci, first.plus(i))));
            }
          }));
      default -> throw new IllegalStateException(v + " is no product");
    }
  }
}
