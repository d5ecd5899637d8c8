package org.burin.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.pass.Diagnostic;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Tensor;

/// Finds the values of a float graph that have to lie on grids so that the rest is exact arithmetic and tables.
///
/// - inputs, what enters a product, means, and outputs;
/// - weights: kernels (factors) and biases (summands);
/// - around functions without an exact form (exp, tanh, division, ...): such a function and the element-wise
///   operations after it form a region, a table from the one value that it starts from to what it ends with, and both
///   lie on grids. Where a region would depend on two values, those that it joins are brought onto grids first.
final class GridPoints {
  /// What a value is brought onto a grid as.
  enum Role {
    /// what depends on inputs
    DATA,
    /// a factor that depends on parameters only
    KERNEL,
    /// another operand that depends on parameters only
    BIAS
  }

  /// Factors with more significant bits than this are computed in tables rather than exactly.
  private static final int SHORT = 12;

  private final Graph graph;
  private final boolean[] data;
  private final boolean[] trained;
  /// The value that an inexact element-wise region is a function of.
  private final Map<Value, Value> root = new HashMap<>();
  /// The value that an exact element-wise value is a function of, by constants alone.
  private final Map<Value, Value> base = new HashMap<>();
  private final Map<Value, Role> points = new HashMap<>();
  private final List<Diagnostic> problems = new ArrayList<>();

  private GridPoints(Graph graph) {
    this.graph = graph;
    data = reached(op -> op instanceof Op.Input i && !i.name().equals(Net.RANDOM_KEY));
    trained = reached(op -> op instanceof Op.Parameter);
  }

  /// The points of a graph, in order.
  ///
  /// @param problems takes what stands in the way
  static Map<Value, Role> of(Graph graph, List<Diagnostic> problems) {
    GridPoints points = new GridPoints(graph);
    graph.values().stream().filter(v -> points.data[v.id()]).forEach(points::visit);
    graph.outputs().values().stream().filter(v -> points.data[v.id()]).forEach(points::addData);
    problems.addAll(points.problems);
    return points.points;
  }

  private boolean[] reached(Predicate<Op> start) {
    boolean[] reached = new boolean[graph.values().size()];
    for (Value v : graph.values()) {
      reached[v.id()] = start.test(v.op()) || Operands.of(v.op()).stream().anyMatch(o -> reached[o.id()]);
    }
    return reached;
  }

  private void visit(Value v) {
    switch (v.op()) {
      case Op.Input _ -> {
        if (!isIndex(v)) {
          addData(v);
        }
      }
      case Op.Unary _, Op.Binary _, Op.Select _ -> elementwise(v);
      case Op.MatMul _, Op.Conv2d _, Op.Conv2dTranspose _ -> Operands.of(v.op()).forEach(o -> operand(o, Role.KERNEL));
      case Op.Reduce(var fn, var x, _, _) when fn == ReduceFn.MEAN -> {
        cut(x);
        points.put(v, Role.DATA);
      }
      case Op.AveragePool2d(var x, _, _, _) -> {
        cut(x);
        points.put(v, Role.DATA);
      }
      case Op.Softmax(var x) -> addData(x);
      case Op.LogSoftmax _ -> problems.add(new Diagnostic(v.layer(), "log_softmax", "it has no form in fixed point",
          "let the model give scores or the softmax"));
      case Op.Gather(var x, _, _) -> {
        if (trained[x.id()] && !data[x.id()]) {
          points.putIfAbsent(x, Role.KERNEL);
        }
        cut(x);
      }
      case Op.Quantize _, Op.QuantizeBits _ -> problems.add(new Diagnostic(v.layer(), "quantize",
          "the model is quantized here already", "calibrate a model without quantizers"));
      default -> Operands.of(v.op()).forEach(this::cut);
    }
  }

  /// Whether an input only says which slices are gathered.
  private boolean isIndex(Value input) {
    List<Value> users = graph.values().stream().filter(v -> Operands.of(v.op()).contains(input)).toList();
    return !users.isEmpty() && users.stream().allMatch(
        v -> v.op() instanceof Op.Gather(var x, var indices, _) && indices == input && x != input);
  }

  private void elementwise(Value v) {
    List<Value> operands = Operands.of(v.op());
    for (Value o : operands) {
      if (!data[o.id()] && trained[o.id()]) {
        boolean factor = v.op() instanceof Op.Binary(var fn, _, _) && fn == BinaryFn.MUL;
        points.putIfAbsent(o, factor ? Role.KERNEL : Role.BIAS);
      }
    }
    Set<Integer> sources = new TreeSet<>();
    boolean alone = true;
    for (Value o : operands) {
      alone &= data[o.id()] || !trained[o.id()];
      if (data[o.id()]) {
        sources.add(root.getOrDefault(o, base.getOrDefault(o, o)).id());
      }
    }
    boolean inexact = isInexact(v.op()) || operands.stream().anyMatch(root::containsKey);
    Value source = graph.values().get(sources.iterator().next());
    if (!inexact) {
      if (sources.size() == 1 && alone) {
        base.put(v, source);
      } else if (v.op() instanceof Op.Binary(var fn, _, _) && fn == BinaryFn.MUL) {
        operands.forEach(o -> operand(o, Role.KERNEL));
      }
    } else if (sources.size() == 1 && alone) {
      root.put(v, source);
      addData(source);
    } else {
      operands.forEach(o -> operand(o, Role.KERNEL));
      if (isInexact(v.op())) {
        problems.add(new Diagnostic(v.layer(), v.op() instanceof Op.Binary(var fn, _, _) ? fn.name() : "function",
            "it has no exact form and depends on more than one value, so no table holds it",
            "use a layer that is built of products, sums and functions of one value"));
      }
    }
  }

  /// Something that must lie on a grid: data, or weights in this role.
  private void operand(Value o, Role weight) {
    if (data[o.id()]) {
      addData(o);
    } else if (trained[o.id()]) {
      points.putIfAbsent(o, weight);
    }
  }

  /// Ends a region before an operation that is not element-wise.
  private void cut(Value o) {
    if (root.containsKey(o)) {
      addData(o);
    }
  }

  /// Puts a value, or what it only moves, onto a grid.
  private void addData(Value v) {
    switch (v.op()) {
      case Op.Reshape(var x, _) -> addData(x);
      case Op.Transpose(var x, _) -> addData(x);
      case Op.Slice(var x, _, _, _) -> addData(x);
      case Op.Upsample2d(var x, _, _) -> addData(x);
      case Op.Broadcast(var x, _) -> addData(x);
      case Op.MaxPool2d(var x, _, _, _) -> addData(x);
      case Op.Pad(var x, _, _, _, var value) when value == 0f -> addData(x);
      case Op.Concat(var parts, _) -> parts.stream().filter(p -> data[p.id()]).forEach(this::addData);
      case Op.Softmax _, Op.ArgMax _ -> { }
      default -> {
        points.put(v, Role.DATA);
        root.remove(v);
      }
    }
  }

  private boolean isInexact(Op op) {
    return switch (op) {
      case Op.Unary(var fn, _) -> switch (fn) {
        case EXP, LOG, SQRT, RSQRT, RECIPROCAL, SIGMOID, TANH, ERF -> true;
        case NEG, ABS, SQUARE, RELU, SIGN, FLOOR, CEIL, ROUND -> false;
      };
      case Op.Binary(var fn, var x, var y) -> switch (fn) {
        case DIV, POW -> true;
        case MUL -> isLong(x) || isLong(y);
        case ADD, SUB, MAX, MIN, LT, LE, GT, GE, EQ, NE -> false;
      };
      default -> false;
    };
  }

  /// Whether a constant has so many significant bits that products with it are no use as exact numbers.
  private static boolean isLong(Value v) {
    return v.op() instanceof Op.Constant(Tensor t) && significant(t) > SHORT;
  }

  private static int significant(Tensor t) {
    int most = 0;
    for (float x : t.data()) {
      int mantissa = (Float.floatToIntBits(x) & 0x7FFFFF) | 0x800000;
      most = Math.max(most, 24 - Integer.numberOfTrailingZeros(mantissa));
    }
    return most;
  }
}
