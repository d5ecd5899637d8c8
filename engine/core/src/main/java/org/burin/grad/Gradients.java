package org.burin.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Op.ArgMax;
import org.burin.ir.Op.AveragePool2d;
import org.burin.ir.Op.AveragePool2dAdjoint;
import org.burin.ir.Op.Binary;
import org.burin.ir.Op.Broadcast;
import org.burin.ir.Op.Concat;
import org.burin.ir.Op.Constant;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Op.Conv2dKernel;
import org.burin.ir.Op.Conv2dTranspose;
import org.burin.ir.Op.Gather;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.LogSoftmax;
import org.burin.ir.Op.MatMul;
import org.burin.ir.Op.MaxPool2d;
import org.burin.ir.Op.MaxPool2dGather;
import org.burin.ir.Op.MaxPool2dScatter;
import org.burin.ir.Op.Pad;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Op.Quantize;
import org.burin.ir.Op.QuantizeBits;
import org.burin.ir.Op.RandomUniform;
import org.burin.ir.Op.Reduce;
import org.burin.ir.Op.Reshape;
import org.burin.ir.Op.ScatterAdd;
import org.burin.ir.Op.Select;
import org.burin.ir.Op.Slice;
import org.burin.ir.Op.Softmax;
import org.burin.ir.Op.StopGradient;
import org.burin.ir.Op.StraightThrough;
import org.burin.ir.Op.Transpose;
import org.burin.ir.Op.Unary;
import org.burin.ir.Op.Upsample2d;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Reverse-mode differentiation of graphs: gradients are values of the same graph, so they have gradients too.
///
/// With `g` the gradient of the loss in an operation's result, the operation's rule gives the gradient in each operand;
/// where an operand is used several times they add up, later uses first. Choices where the derivative does not exist or
/// is of no use:
///
/// - comparisons, argmax, sign, floor, ceil, round, indices and random numbers have the gradient 0;
/// - quantization passes the gradient straight through (the straight-through estimator: Bengio, Leonard and Courville,
///   arXiv 1308.3432);
/// - RELU and ABS at 0 have the gradient 0; MAX and MIN of equal numbers give it to the second operand, which is the
///   one that they return;
/// - the maximum over axes shares it evenly among all largest elements; a pooling window gives it to its first one;
/// - POW has the gradient 0 in the exponent where the base is not positive.
///
/// A gradient value belongs to the layer `L/gradient` if the value that it differentiates belongs to the layer `L`.
public final class Gradients {
  private static final String LAYER = "gradient";
  private static final double TWO_OVER_SQRT_PI = 2 / StrictMath.sqrt(StrictMath.PI);

  private final GraphBuilder b;
  private final Algebra algebra;
  private final Set<Value> needed = new HashSet<>();
  private final Map<Value, Value> gradients = new HashMap<>();

  private Gradients(GraphBuilder b) {
    this.b = b;
    algebra = new Algebra(b);
  }

  /// Appends the gradients of `loss` in each of `wrt`.
  ///
  /// @param loss a value of shape `[]`
  /// @param wrt parameters, inputs or any other values
  /// @return for each of `wrt` a value of its shape; zeros where the loss does not depend on it
  /// @throws GraphException when the loss has another shape, or the batch size is open
  public static List<Value> of(GraphBuilder b, Value loss, List<Value> wrt) {
    if (loss.shape().rank() != 0) {
      throw new GraphException("a loss has the shape [], found " + loss.shape() + " of " + describe(loss)
          + "; reduce it to one number, or give the gradient of its elements as a seed");
    }
    return of(b, loss, b.constant(1f), wrt);
  }

  /// Appends the gradients of `sum(result * seed)` in each of `wrt`.
  ///
  /// @param seed a value of the shape of `result`, itself not differentiated
  /// @throws GraphException when the shapes differ, or the batch size is open
  public static List<Value> of(GraphBuilder b, Value result, Value seed, List<Value> wrt) {
    if (!seed.shape().equals(result.shape())) {
      throw new GraphException("the seed of a gradient has the shape of what is differentiated, " + result.shape()
          + " of " + describe(result) + ", found " + seed.shape());
    }
    return new Gradients(b).run(result, seed, wrt);
  }

  private List<Value> run(Value result, Value seed, List<Value> wrt) {
    List<Value> order = ancestors(result);
    needed.addAll(wrt);
    for (Value v : order.reversed()) {
      if (passes(v.op()) && Operands.of(v.op()).stream().anyMatch(needed::contains)) {
        needed.add(v);
      }
    }
    gradients.put(result, seed);
    for (Value v : order) {
      Value g = gradients.get(v);
      if (g != null && needed.contains(v)) {
        if (!v.shape().isBound()) {
          throw new GraphException("gradients need a known batch size, found shape " + v.shape() + " of " + describe(v)
              + "; bind the graph to a batch size first");
        }
        b.within(layer(v.layer()), () -> {
          differentiate(v, g);
          return v;
        });
      }
    }
    return wrt.stream()
        .map(v -> gradients.containsKey(v) ? gradients.get(v) : b.broadcast(b.constant(0f), v.shape()))
        .toList();
  }

  /// The value and all that it is computed from, users before operands.
  private static List<Value> ancestors(Value result) {
    List<Value> order = new ArrayList<>();
    TreeMap<Integer, Value> open = new TreeMap<>(Map.of(result.id(), result));
    while (!open.isEmpty()) {
      Value v = open.pollLastEntry().getValue();
      order.add(v);
      Operands.of(v.op()).forEach(o -> open.put(o.id(), o));
    }
    return order;
  }

  /// Whether any gradient flows from the operation's result to an operand.
  private static boolean passes(Op op) {
    return switch (op) {
      case StopGradient _, ArgMax _, RandomUniform _ -> false;
      case Unary(var fn, _) -> fn != UnaryFn.SIGN && fn != UnaryFn.FLOOR && fn != UnaryFn.CEIL && fn != UnaryFn.ROUND;
      case Binary(var fn, _, _) -> switch (fn) {
        case ADD, SUB, MUL, DIV, MAX, MIN, POW -> true;
        case LT, LE, GT, GE, EQ, NE -> false;
      };
      default -> true;
    };
  }

  private static String layer(String forward) {
    boolean already = forward.equals(LAYER) || forward.endsWith("/" + LAYER);
    return already ? forward : forward.isEmpty() ? LAYER : forward + "/" + LAYER;
  }

  private static String describe(Value v) {
    return (v.layer().isEmpty() ? "" : "layer " + v.layer() + ": ") + v + " = " + IrText.print(v.op());
  }

  /// Adds a contribution to the gradient of an operand, if that is asked for; what broadcasting repeated is summed.
  private void flow(Value operand, Supplier<Value> gradient) {
    if (needed.contains(operand)) {
      gradients.merge(operand, algebra.sumTo(gradient.get(), operand.shape()), algebra::add);
    }
  }

  private void differentiate(Value y, Value g) {
    switch (y.op()) {
      case Input _, Parameter _, Constant _, RandomUniform _, StopGradient _, ArgMax _ -> { }
      case Unary(var fn, var x) -> unary(fn, x, y, g);
      case Binary(var fn, var p, var q) -> binary(fn, p, q, y, g);
      case Select(var c, var p, var q) -> {
        flow(p, () -> algebra.where(c, g));
        flow(q, () -> algebra.whereNot(c, g));
      }
      case Quantize(var x, _) -> flow(x, () -> g);
      case QuantizeBits o -> flow(o.x(), () -> g);
      case StraightThrough(_, var surrogate) -> flow(surrogate, () -> g);
      case MatMul o -> matMul(o, g);
      case Conv2d(var x, var w, var window, var groups) -> {
        Shape image = x.shape();
        flow(x, () -> b.conv2dTranspose(g, w, window, groups, image.dim(1), image.dim(2)));
        flow(w, () -> b.conv2dKernel(x, g, window, groups, w.shape().dim(0), w.shape().dim(1)));
      }
      case Conv2dTranspose(var x, var w, var window, var groups, _, _) -> {
        flow(x, () -> b.conv2d(g, w, window, groups));
        flow(w, () -> b.conv2dKernel(g, x, window, groups, w.shape().dim(0), w.shape().dim(1)));
      }
      case Conv2dKernel(var x, var d, var window, var groups, _, _) -> {
        flow(x, () -> b.conv2dTranspose(d, g, window, groups, x.shape().dim(1), x.shape().dim(2)));
        flow(d, () -> b.conv2d(x, g, window, groups));
      }
      case MaxPool2d(var x, var kh, var kw, var window) ->
          flow(x, () -> b.add(new MaxPool2dScatter(x, g, kh, kw, window)));
      case MaxPool2dScatter(var x, var d, var kh, var kw, var window) ->
          flow(d, () -> b.add(new MaxPool2dGather(x, g, kh, kw, window)));
      case MaxPool2dGather(var x, var d, var kh, var kw, var window) ->
          flow(d, () -> b.add(new MaxPool2dScatter(x, g, kh, kw, window)));
      case AveragePool2d(var x, var kh, var kw, var window) -> flow(x, () ->
          b.add(new AveragePool2dAdjoint(g, kh, kw, window, x.shape().dim(1), x.shape().dim(2))));
      case AveragePool2dAdjoint(var d, var kh, var kw, var window, _, _) ->
          flow(d, () -> b.averagePool2d(g, kh, kw, window));
      case Upsample2d(var x, var fh, var fw) -> flow(x, () -> {
        Shape s = x.shape();
        return b.sum(b.reshape(g, Shape.of(s.dim(0), s.dim(1), fh, s.dim(2), fw, s.dim(3))), 2, 4);
      });
      case Reduce o -> flow(o.x(), () -> reduce(o, y, g));
      case Softmax(var x) -> flow(x, () -> algebra.mul(algebra.sub(g, sumLast(algebra.mul(g, y))), y));
      case LogSoftmax(var x) -> flow(x, () -> algebra.sub(g, algebra.mul(b.unary(UnaryFn.EXP, y), sumLast(g))));
      case Gather(var x, var indices, var axis) ->
          flow(x, () -> b.scatterAdd(g, indices, axis, x.shape().dim(axis)));
      case ScatterAdd(var updates, var indices, var axis, _) -> flow(updates, () -> b.gather(g, indices, axis));
      case Concat(var parts, var axis) -> concat(parts, axis, g);
      case Slice o -> flow(o.x(), () -> slice(o, g));
      case Pad(var x, var low, _, var interior, _) -> flow(x, () -> b.slice(
          g, low, IntStream.of(x.shape().dims()).boxed().toList(), interior.stream().map(n -> n + 1).toList()));
      case Reshape(var x, _) -> flow(x, () -> algebra.reshape(g, x.shape()));
      case Transpose(var x, var permutation) -> flow(x, () -> algebra.transpose(g, inverse(permutation)));
      case Broadcast(var x, _) -> flow(x, () -> g);
    }
  }

  private void unary(UnaryFn fn, Value x, Value y, Value g) {
    flow(x, () -> switch (fn) {
      case NEG -> algebra.neg(g);
      case ABS -> algebra.mul(g, b.unary(UnaryFn.SIGN, x));
      case EXP -> algebra.mul(g, y);
      case LOG -> algebra.div(g, x);
      case SQRT -> algebra.div(algebra.scale(g, 0.5), y);
      case RSQRT -> algebra.div(algebra.mul(algebra.scale(g, -0.5), y), x);
      case SQUARE -> algebra.mul(algebra.scale(g, 2), x);
      case RECIPROCAL -> algebra.mul(algebra.neg(g), b.unary(UnaryFn.SQUARE, y));
      // The result is positive exactly where the operand is, so the operand need not be kept.
      case RELU -> algebra.where(b.binary(BinaryFn.GT, y, algebra.number(0)), g);
      case SIGMOID -> algebra.mul(g, algebra.mul(y, algebra.sub(algebra.number(1), y)));
      case TANH -> algebra.mul(g, algebra.sub(algebra.number(1), b.unary(UnaryFn.SQUARE, y)));
      case ERF -> algebra.mul(
          algebra.scale(g, TWO_OVER_SQRT_PI), b.unary(UnaryFn.EXP, b.neg(b.unary(UnaryFn.SQUARE, x))));
      case SIGN, FLOOR, CEIL, ROUND -> b.broadcast(algebra.number(0), x.shape());
    });
  }

  private void binary(BinaryFn fn, Value p, Value q, Value y, Value g) {
    switch (fn) {
      case ADD -> {
        flow(p, () -> g);
        flow(q, () -> g);
      }
      case SUB -> {
        flow(p, () -> g);
        flow(q, () -> algebra.neg(g));
      }
      case MUL -> {
        flow(p, () -> algebra.mul(g, q));
        flow(q, () -> algebra.mul(g, p));
      }
      case DIV -> {
        flow(p, () -> algebra.div(g, q));
        flow(q, () -> algebra.mul(algebra.neg(g), algebra.div(y, q)));
      }
      case MAX -> {
        flow(p, () -> algebra.where(b.binary(BinaryFn.GT, p, q), g));
        flow(q, () -> algebra.whereNot(b.binary(BinaryFn.GT, p, q), g));
      }
      case MIN -> {
        flow(p, () -> algebra.where(b.binary(BinaryFn.LT, p, q), g));
        flow(q, () -> algebra.whereNot(b.binary(BinaryFn.LT, p, q), g));
      }
      case POW -> {
        flow(p, () -> algebra.mul(algebra.mul(g, q), algebra.binary(BinaryFn.POW, p, exponentLessOne(q))));
        flow(q, () -> algebra.mul(algebra.mul(g, y), b.unary(UnaryFn.LOG, positiveOrOne(p))));
      }
      case LT, LE, GT, GE, EQ, NE -> { }
    }
  }

  /// `q - 1`, but 1 where q is 0, so that the derivative `q * p^(q-1)` is 0 there even for `p = 0`.
  private Value exponentLessOne(Value q) {
    Value less = algebra.sub(q, algebra.number(1));
    boolean known = q.op() instanceof Constant(var t) && t.size() == 1 && t.data()[0] != 0;
    return known ? less : algebra.select(b.binary(BinaryFn.EQ, q, algebra.number(0)), algebra.number(1), less);
  }

  private Value positiveOrOne(Value p) {
    return algebra.select(b.binary(BinaryFn.GT, p, algebra.number(0)), p, algebra.number(1));
  }

  /// Each gradient is one product; which operand is transposed follows from which is stored transposed.
  private void matMul(MatMul o, Value g) {
    Value p = o.a();
    Value q = o.b();
    flow(p, () -> o.transA() ? b.matMul(q, g, o.transB(), true) : b.matMul(g, q, false, !o.transB()));
    if (p.shape().rank() > 2 && q.shape().rank() == 2 && !o.transA()) {
      // One matrix for all rows: the sum over the leading axes is part of the inner products.
      flow(q, () -> {
        Value rows = b.reshape(p, rows(p.shape()));
        Value ends = b.reshape(g, rows(g.shape()));
        return o.transB() ? b.matMul(ends, rows, true, false) : b.matMul(rows, ends, true, false);
      });
    } else {
      flow(q, () -> o.transB() ? b.matMul(g, p, true, o.transA()) : b.matMul(p, g, !o.transA(), false));
    }
  }

  private static Shape rows(Shape s) {
    return Shape.of(s.size() / Math.max(1, s.dim(-1)), s.dim(-1));
  }

  private Value reduce(Reduce o, Value y, Value g) {
    Shape shape = o.x().shape();
    Shape kept = shape;
    int count = 1;
    for (int axis : o.axes()) {
      kept = kept.with(axis, 1);
      count *= shape.dim(axis);
    }
    Value spread = algebra.reshape(g, kept);
    return switch (o.fn()) {
      case SUM -> algebra.broadcast(spread, shape);
      case MEAN -> algebra.broadcast(algebra.div(spread, algebra.number(count)), shape);
      case MAX -> {
        Value largest = b.binary(BinaryFn.EQ, o.x(), b.reshape(y, kept));
        int[] axes = o.axes().stream().mapToInt(Integer::intValue).toArray();
        yield algebra.mul(largest, algebra.div(spread, b.reduce(ReduceFn.SUM, largest, true, axes)));
      }
    };
  }

  private Value sumLast(Value x) {
    return algebra.sumTo(x, x.shape().with(-1, 1));
  }

  private void concat(List<Value> parts, int axis, Value g) {
    int from = 0;
    for (Value part : parts) {
      int start = from;
      flow(part, () -> b.slice(g, axis, start, part.shape().dim(axis)));
      from += part.shape().dim(axis);
    }
  }

  private Value slice(Slice o, Value g) {
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < o.starts().size(); i++) {
      high.add(o.x().shape().dim(i) - 1 - o.starts().get(i) - (o.sizes().get(i) - 1) * o.steps().get(i));
    }
    return b.pad(g, o.starts(), high, o.steps().stream().map(n -> n - 1).toList(), 0);
  }

  private static int[] inverse(List<Integer> permutation) {
    int[] inverse = new int[permutation.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation.get(i)] = i;
    }
    return inverse;
  }
}
