package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Pooling and reductions of floats, in the order of the kernels.
final class FloatFolds {
  /// Longer rows are folded in this many partial results.
  private static final int PARTIALS = 16;

  private final FloatElements elements;
  private final Body body;

  FloatFolds(FloatElements elements) {
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

  /// The part of a window that lies inside of the image, from its first to after its last position on one axis.
  private record Span(String from, String to) {}

  private Span span(Affine position, int stride, int before, int kernel, int extent) {
    Affine start = position.times(stride).plus(-before);
    String from = body.position("Math.max(0, " + start + ")").toString();
    String to = body.position("Math.min(" + extent + ", " + start.plus(kernel) + ")").toString();
    return new Span(from, to);
  }

  String pool(Value x, int kernelH, int kernelW, Window window, boolean largest, List<Affine> index) {
    Shape s = FloatElements.shape(x);
    Span h = span(index.get(1), window.strideH(), window.top(), kernelH, s.dim(1));
    Span w = span(index.get(2), window.strideW(), window.left(), kernelW, s.dim(2));
    Affine channel = index.get(3);
    String first = elements.at(x, List.of(Affine.ZERO, Affine.variable(h.from), Affine.variable(w.from), channel));
    String m = body.mutableFloat("m", largest ? first : "0f");
    String y = body.fresh("y");
    String z = body.fresh("z");
    body.open("for (int " + y + " = " + h.from + "; " + y + " < " + h.to + "; " + y + "++)");
    body.open("for (int " + z + " = " + w.from + "; " + z + " < " + w.to + "; " + z + "++)");
    String t = elements.at(x, List.of(Affine.ZERO, Affine.variable(y), Affine.variable(z), channel));
    if (largest) {
      String b = body.named(t);
      body.statement(m + " = " + b + " > " + m + " ? " + b + " : " + m);
    } else {
      body.statement(m + " += " + t);
    }
    body.close();
    body.close();
    return largest ? m : "(" + m + " / ((" + h.to + " - " + h.from + ") * (" + w.to + " - " + w.from + ")))";
  }

  String reduce(Op.Reduce o, List<Affine> index) {
    Shape s = FloatElements.shape(o.x());
    List<Affine> own = new ArrayList<>();
    int at = 0;
    for (int axis = 0; axis < s.rank(); axis++) {
      boolean folded = o.axes().contains(axis);
      own.add(folded ? Affine.ZERO : index.get(at));
      at += folded && !o.keepDims() ? 0 : 1;
    }
    List<Integer> folded = o.axes().stream().filter(a -> s.dim(a) != 1).toList();
    int count = folded.stream().mapToInt(s::dim).reduce(1, (a, b) -> a * b);
    boolean rows = isFoldOfRows(s, folded);
    boolean largest = o.fn() == ReduceFn.MAX;
    String result = rows || count <= PARTIALS
        ? fold(o.x(), s, folded, own, largest) : foldLong(o.x(), s, folded, own, largest);
    return o.fn() == ReduceFn.MEAN ? "(" + result + " / " + count + "f)" : result;
  }

  /// Whether the kernels fold rows of a matrix, rather than each row to one number: something is left behind the last
  /// axis, and nothing between the axes.
  private static boolean isFoldOfRows(Shape s, List<Integer> folded) {
    if (folded.isEmpty()) {
      return false;
    }
    int inner = 1;
    for (int i = folded.getLast() + 1; i < s.rank(); i++) {
      inner *= s.dim(i);
    }
    for (int i = folded.getFirst(); i < folded.getLast(); i++) {
      if (s.dim(i) != 1 && !folded.contains(i)) {
        return false;
      }
    }
    return inner > 1;
  }

  private void walk(
      Shape s, List<Integer> folded, int done, List<Affine> index, Consumer<List<Affine>> use) {
    if (done == folded.size()) {
      use.accept(index);
      return;
    }
    int axis = folded.get(done);
    each(s.dim(axis), k -> {
      List<Affine> next = new ArrayList<>(index);
      next.set(axis, k);
      walk(s, folded, done + 1, next, use);
    });
  }

  private static String start(boolean largest) {
    return largest ? "Float.NEGATIVE_INFINITY" : "0f";
  }

  private String fold(Value x, Shape s, List<Integer> folded, List<Affine> index, boolean largest) {
    String m = body.mutableFloat("m", start(largest));
    walk(s, folded, 0, index, i -> next(m, elements.at(x, i), largest));
    return m;
  }

  private void next(String m, String x, boolean largest) {
    if (largest) {
      String t = body.named(x);
      body.statement(m + " = " + m + " > " + t + " ? " + m + " : " + t);
    } else {
      body.statement(m + " += " + x);
    }
  }

  /// Sixteen partial results, then a tree.
  private String foldLong(Value x, Shape s, List<Integer> folded, List<Affine> index, boolean largest) {
    String p = elements.partials();
    each(PARTIALS, l -> body.statement(p + "[" + l + "] = " + start(largest)));
    String count = body.mutable("n", false, "0");
    walk(s, folded, 0, index, i -> {
      String slot = p + "[" + count + " & 15]";
      if (largest) {
        String t = body.named(elements.at(x, i));
        body.statement(slot + " = " + slot + " > " + t + " ? " + slot + " : " + t);
      } else {
        body.statement(slot + " += " + elements.at(x, i));
      }
      body.statement(count + "++");
    });
    String half = body.fresh("h");
    String l = body.fresh("l");
    body.open("for (int " + half + " = 8; " + half + " > 0; " + half + " >>= 1)");
    body.open("for (int " + l + " = 0; " + l + " < " + half + "; " + l + "++)");
    String low = p + "[" + l + "]";
    String high = p + "[" + l + " + " + half + "]";
    body.statement(largest ? low + " = " + low + " > " + high + " ? " + low + " : " + high : low + " += " + high);
    body.close();
    body.close();
    return body.named(p + "[0]");
  }

  /// Statements for softmax, or its logarithm, of a row; `y` gives the place of the result.
  void softmax(Value x, List<Affine> row, boolean logarithm, Function<Affine, String> y, Value result) {
    Shape s = FloatElements.shape(x);
    int axis = s.rank() - 1;
    int columns = s.dim(axis);
    List<Integer> folded = columns == 1 ? List.of() : List.of(axis);
    List<Affine> own = new ArrayList<>(row);
    own.add(Affine.ZERO);
    boolean isLong = columns > PARTIALS;
    String m = body.named(isLong ? foldLong(x, s, folded, own, true) : fold(x, s, folded, own, true));
    String exp = elements.functions().function("exp");
    each(columns, j -> body.statement(
        y.apply(j) + " = " + exp + "(" + elements.at(x, with(row, j)) + " - " + m + ")"));
    String sum = body.named(
        isLong ? foldLong(result, s, folded, own, false) : fold(result, s, folded, own, false));
    if (logarithm) {
      String log = body.named(elements.functions().function("log") + "(" + sum + ")");
      each(columns, j ->
          body.statement(y.apply(j) + " = (" + elements.at(x, with(row, j)) + " - " + m + ") - " + log));
    } else {
      each(columns, j -> body.statement(y.apply(j) + " /= " + sum));
    }
  }

  private static List<Affine> with(List<Affine> row, Affine j) {
    List<Affine> index = new ArrayList<>(row);
    index.add(j);
    return index;
  }

  String argMax(Value x, int axis, List<Affine> index) {
    String best = body.mutableFloat("m", elements.at(x, with(index, axis, Affine.ZERO)));
    String where = body.mutableFloat("w", "0f");
    Affine k = body.loop(FloatElements.shape(x).dim(axis));
    String t = body.named(elements.at(x, with(index, axis, k)));
    body.open("if (" + t + " > " + best + ")");
    body.statement(best + " = " + t);
    body.statement(where + " = " + k);
    body.close();
    body.end(k);
    return where;
  }

  private static List<Affine> with(List<Affine> index, int axis, Affine position) {
    List<Affine> own = new ArrayList<>(index);
    own.add(axis, position);
    return own;
  }
}
