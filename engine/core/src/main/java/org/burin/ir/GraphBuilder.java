package org.burin.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;

/// Builds a [Graph], value by value, checking shapes at once.
///
/// An operation equal to one already present gives the same value again, and operations that change nothing (a reshape to
/// the same shape, say) give their operand. An error names the layer ([#scope]) and the operation. Not thread-safe.
public final class GraphBuilder {
  private final String name;
  private final List<Value> values = new ArrayList<>();
  private final Map<Op, Value> known = new HashMap<>();
  private final Map<String, Value> leaves = new HashMap<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<String, Value> updates = new LinkedHashMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();

  /// A builder of a graph of this name, empty.
  public GraphBuilder(String name) {
    this.name = name;
  }

  /// A builder that continues `graph`: its values, outputs and updates are there already, and its [Value]s stay usable.
  public static GraphBuilder continuing(Graph graph) {
    GraphBuilder b = new GraphBuilder(graph.name());
    for (Value v : graph.values()) {
      b.values.add(v);
      b.known.putIfAbsent(v.op(), v);
      b.name(v);
    }
    b.outputs.putAll(graph.outputs());
    b.updates.putAll(graph.updates());
    return b;
  }

  // ---- structure ------------------------------------------------------------------------------------------------

  /// Runs `body`, whose values belong to the layer `layer` inside the present one.
  public <T> T scope(String layer, Supplier<T> body) {
    return within(scopes.isEmpty() ? layer : scopes.peek() + "/" + layer, body);
  }

  /// Runs `body`, whose values belong to the layer of this full path, wherever the builder is at present.
  public <T> T within(String layerPath, Supplier<T> body) {
    scopes.push(layerPath);
    try {
      return body.get();
    } finally {
      scopes.pop();
    }
  }

  /// The path of the present layer, such as `encoder/dense_1`; empty outside of any.
  public String path() {
    String top = scopes.peek();
    return top == null ? "" : top;
  }

  /// Adds an operation, or finds an equal one.
  ///
  /// @throws GraphException when its operands do not fit: layer, operation, shapes
  public Value add(Op op) {
    Value v = known.get(op);
    return v == null ? append(op, path()) : v;
  }

  /// The value that an equal operation already has here, if any.
  public Optional<Value> find(Op op) {
    return Optional.ofNullable(known.get(op));
  }

  /// Adds an operation even if an equal one exists.
  Value append(Op op, String layer) {
    TensorType type;
    try {
      type = TypeInference.of(op);
    } catch (IllegalArgumentException e) {
      throw new GraphException((layer.isEmpty() ? "" : "layer " + layer + ": ") + IrText.print(op) + ": "
          + e.getMessage(), e);
    }
    Value v = new Value(values.size(), op, type, layer);
    name(v);
    values.add(v);
    known.putIfAbsent(op, v);
    return v;
  }

  /// Registers an input or a parameter under its name.
  private void name(Value v) {
    String leaf = v.op() instanceof Input(var input, _) ? "input '" + input + "'"
        : v.op() instanceof Parameter(var parameter, _) ? "parameter '" + parameter + "'" : "";
    Value other = leaf.isEmpty() ? null : leaves.putIfAbsent(leaf, v);
    if (other != null) {
      throw new GraphException("graph '" + name + "' has two of " + leaf + ", of shapes " + other.shape() + " and "
          + v.shape());
    }
  }

  /// Names a result.
  ///
  /// @throws GraphException when the name is taken
  public void output(String output, Value v) {
    if (outputs.putIfAbsent(output, v) != null) {
      throw new GraphException("graph '" + name + "' has two outputs '" + output + "'");
    }
  }

  /// Sets what a parameter holds after the run; a second call replaces the first.
  ///
  /// @throws GraphException when there is no such parameter or the shape differs
  public void update(String parameter, Value v) {
    Value p = leaves.get("parameter '" + parameter + "'");
    if (p == null) {
      throw new GraphException("graph '" + name + "' has no parameter '" + parameter + "' to update");
    }
    if (!p.shape().equals(v.shape())) {
      throw new GraphException(
          "parameter '" + parameter + "' has shape " + p.shape() + ", its update has " + v.shape());
    }
    updates.put(parameter, v);
  }

  /// What the parameter will hold after the run, as far as is known now: its update if it has one, else `parameter`.
  public Value latest(Value parameter) {
    return parameter.op() instanceof Parameter(var found, _)
        ? updates.getOrDefault(found, parameter)
        : parameter;
  }

  /// Copies another graph into this one. Its layers go into the present scope.
  ///
  /// @param graph the graph to copy
  /// @param inputs values of this graph that take the place of its inputs, by input name; others become inputs here
  /// @return its outputs, by name (they are not outputs of this graph)
  public Map<String, Value> inline(Graph graph, Map<String, Value> inputs) {
    Value[] copies = copyValues(graph, inputs, op -> op);
    Map<String, Value> out = new LinkedHashMap<>();
    graph.outputs().forEach((key, v) -> out.put(key, copies[v.id()]));
    graph.updates().forEach((key, v) -> update(key, copies[v.id()]));
    return out;
  }

  void copy(Graph graph, Map<String, Value> inputs, UnaryOperator<Op> rewrite) {
    Value[] copies = copyValues(graph, inputs, rewrite);
    graph.outputs().forEach((key, v) -> output(key, copies[v.id()]));
    graph.updates().forEach((key, v) -> update(key, copies[v.id()]));
  }

  private Value[] copyValues(Graph graph, Map<String, Value> inputs, UnaryOperator<Op> rewrite) {
    Value[] copies = new Value[graph.values().size()];
    for (Value v : graph.values()) {
      Value given = v.op() instanceof Input i ? inputs.get(i.name()) : null;
      if (given == null) {
        Op op = rewrite.apply(Operands.map(v.op(), o -> copies[o.id()]));
        Value same = op instanceof Input || op instanceof Parameter ? known.get(op) : null;
        String layer = path().isEmpty() || v.layer().isEmpty() ? path() + v.layer() : path() + "/" + v.layer();
        given = same == null ? append(op, layer) : same;
      } else if (!given.shape().equals(v.shape())) {
        throw new GraphException("graph '" + graph.name() + "' input '" + ((Input) v.op()).name() + "' has shape "
            + v.shape() + ", found " + given.shape());
      }
      copies[v.id()] = given;
    }
    return copies;
  }

  /// The graph as built so far.
  public Graph build() {
    return new Graph(name, values, outputs, updates);
  }

  // ---- leaves ---------------------------------------------------------------------------------------------------

  /// Data fed at every run.
  public Value input(String input, Shape shape) {
    return add(new Input(input, shape));
  }

  /// A tensor kept between runs.
  public Value parameter(String parameter, Shape shape) {
    return add(new Parameter(parameter, shape));
  }

  /// A known tensor.
  public Value constant(Tensor value) {
    return add(new Op.Constant(value));
  }

  /// A known number.
  public Value constant(float value) {
    return constant(Tensor.scalar(value));
  }

  /// Uniform random numbers in [0,1); see [Op.RandomUniform].
  public Value random(Value key, int stream, Shape shape) {
    return add(new Op.RandomUniform(key, stream, shape));
  }

  // ---- element-wise ---------------------------------------------------------------------------------------------

  /// `fn(x)`, element by element.
  public Value unary(UnaryFn fn, Value x) {
    return add(new Op.Unary(fn, x));
  }

  /// `fn(a, b)`, element by element, with NumPy broadcasting.
  public Value binary(BinaryFn fn, Value a, Value b) {
    return add(new Op.Binary(fn, a, b));
  }

  /// `a + b`.
  public Value add(Value a, Value b) {
    return binary(BinaryFn.ADD, a, b);
  }

  /// `a - b`.
  public Value sub(Value a, Value b) {
    return binary(BinaryFn.SUB, a, b);
  }

  /// `a * b`.
  public Value mul(Value a, Value b) {
    return binary(BinaryFn.MUL, a, b);
  }

  /// `x * factor`.
  public Value scale(Value x, float factor) {
    return mul(x, constant(factor));
  }

  /// `a / b`.
  public Value div(Value a, Value b) {
    return binary(BinaryFn.DIV, a, b);
  }

  /// `-x`.
  public Value neg(Value x) {
    return unary(UnaryFn.NEG, x);
  }

  /// `x > 0 ? x : 0`.
  public Value relu(Value x) {
    return unary(UnaryFn.RELU, x);
  }

  /// `condition != 0 ? a : b`.
  public Value select(Value condition, Value a, Value b) {
    return add(new Op.Select(condition, a, b));
  }

  /// `x` brought into `[low, high]`.
  public Value clip(Value x, float low, float high) {
    return binary(BinaryFn.MIN, binary(BinaryFn.MAX, x, constant(low)), constant(high));
  }

  /// The value of `x` on a fixed-point grid.
  public Value quantize(Value x, FixedType type) {
    return add(new Op.Quantize(x, type));
  }

  /// The value of `x` on a fixed-point grid of its own for each element; see [Op.QuantizeBits].
  public Value quantizeBits(
      Value x, Value integer, Value fraction, boolean signed, Rounding rounding, Overflow overflow) {
    return add(new Op.QuantizeBits(x, integer, fraction, signed, rounding, overflow));
  }

  /// `value`, with the gradient of `surrogate`.
  public Value straightThrough(Value value, Value surrogate) {
    return add(new Op.StraightThrough(value, surrogate));
  }

  /// `x`, through which no gradient flows.
  public Value stopGradient(Value x) {
    return add(new Op.StopGradient(x));
  }

  // ---- products, convolutions, pooling ----------------------------------------------------------------------------

  /// Matrix product `a · b`.
  public Value matMul(Value a, Value b) {
    return matMul(a, b, false, false);
  }

  /// Matrix product of operands that may be transposed; a transposition of an operand is absorbed.
  public Value matMul(Value a, Value b, boolean transA, boolean transB) {
    return add(new Op.MatMul(a, b, transA, transB));
  }

  /// Convolution of images `x [N,H,W,C]` with `w [kh,kw,C/groups,filters]`.
  public Value conv2d(Value x, Value w, Window window, int groups) {
    return add(new Op.Conv2d(x, w, window, groups));
  }

  /// Transposed convolution to images of this height and width; see [Op.Conv2dTranspose].
  public Value conv2dTranspose(Value y, Value w, Window window, int groups, int height, int width) {
    return add(new Op.Conv2dTranspose(y, w, window, groups, height, width));
  }

  /// The adjoint of [#conv2d] in its kernel.
  public Value conv2dKernel(Value x, Value y, Window window, int groups, int kernelH, int kernelW) {
    return add(new Op.Conv2dKernel(x, y, window, groups, kernelH, kernelW));
  }

  /// The largest element of each window.
  public Value maxPool2d(Value x, int kernelH, int kernelW, Window window) {
    return add(new Op.MaxPool2d(x, kernelH, kernelW, window));
  }

  /// The mean of each window, padding not counted.
  public Value averagePool2d(Value x, int kernelH, int kernelW, Window window) {
    return add(new Op.AveragePool2d(x, kernelH, kernelW, window));
  }

  /// Nearest-neighbour up-sampling.
  public Value upsample2d(Value x, int factorH, int factorW) {
    return factorH == 1 && factorW == 1 ? x : add(new Op.Upsample2d(x, factorH, factorW));
  }

  // ---- reductions -----------------------------------------------------------------------------------------------

  /// Folds the given axes (any order, negative from the end); all of them if none is given.
  public Value reduce(ReduceFn fn, Value x, boolean keepDims, int... axes) {
    IntStream chosen = axes.length == 0
        ? IntStream.range(0, x.shape().rank())
        : IntStream.of(axes).map(x.shape()::axis).distinct().sorted();
    List<Integer> list = chosen.boxed().toList();
    return list.isEmpty() ? x : add(new Op.Reduce(fn, x, list, keepDims));
  }

  /// The sum over the given axes, which disappear; over all if none is given.
  public Value sum(Value x, int... axes) {
    return reduce(ReduceFn.SUM, x, false, axes);
  }

  /// The mean over the given axes, which disappear; over all if none is given.
  public Value mean(Value x, int... axes) {
    return reduce(ReduceFn.MEAN, x, false, axes);
  }

  /// The sum of `x` over what a broadcast from `shape` to `x.shape()` repeated: the adjoint of that broadcast.
  public Value sumTo(Value x, Shape shape) {
    int lead = x.shape().rank() - shape.rank();
    int[] axes = IntStream.range(0, x.shape().rank())
        .filter(i -> i < lead || (shape.dim(i - lead) == 1 && x.shape().dim(i) != 1))
        .toArray();
    if (axes.length == 0) {
      return x;
    }
    return lead == 0 ? reduce(ReduceFn.SUM, x, true, axes) : reshape(sum(x, axes), shape);
  }

  /// The position of the largest element along an axis.
  public Value argMax(Value x, int axis) {
    return add(new Op.ArgMax(x, x.shape().axis(axis)));
  }

  /// Softmax over the last axis.
  public Value softmax(Value x) {
    return add(new Op.Softmax(x));
  }

  /// Logarithm of the softmax over the last axis.
  public Value logSoftmax(Value x) {
    return add(new Op.LogSoftmax(x));
  }

  // ---- moving data ----------------------------------------------------------------------------------------------

  /// Slices of `x` along `axis`, chosen by `indices`.
  public Value gather(Value x, Value indices, int axis) {
    return add(new Op.Gather(x, indices, x.shape().axis(axis)));
  }

  /// The adjoint of [#gather] for an axis of this extent.
  public Value scatterAdd(Value slices, Value indices, int axis, int extent) {
    return add(new Op.ScatterAdd(slices, indices, axis, extent));
  }

  /// Joins values along an axis.
  public Value concat(List<Value> parts, int axis) {
    return parts.size() == 1 ? parts.getFirst() : add(new Op.Concat(List.copyOf(parts),
        parts.isEmpty() ? axis : parts.getFirst().shape().axis(axis)));
  }

  /// Elements `[from, from + size)` along one axis.
  public Value slice(Value x, int axis, int from, int size) {
    int at = x.shape().axis(axis);
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      starts.add(i == at ? from : 0);
      sizes.add(i == at ? (Integer) size : (Integer) x.shape().dim(i));
      steps.add(1);
    }
    return slice(x, starts, sizes, steps);
  }

  /// A strided block; see [Op.Slice].
  public Value slice(Value x, List<Integer> starts, List<Integer> sizes, List<Integer> steps) {
    boolean whole = sizes.equals(IntStream.of(x.shape().dims()).boxed().toList())
        && starts.stream().allMatch(n -> n == 0)
        && steps.stream().allMatch(n -> n == 1);
    return whole ? x : add(new Op.Slice(x, List.copyOf(starts), List.copyOf(sizes), List.copyOf(steps)));
  }

  /// Surrounds and spreads `x`; see [Op.Pad].
  public Value pad(Value x, List<Integer> low, List<Integer> high, List<Integer> interior, float value) {
    Op op = new Op.Pad(x, List.copyOf(low), List.copyOf(high), List.copyOf(interior), value);
    boolean nothing = Stream.of(low, high, interior).flatMap(List::stream).allMatch(n -> n == 0);
    return nothing ? x : add(op);
  }

  /// The same elements under another shape.
  public Value reshape(Value x, Shape shape) {
    Value from = x.op() instanceof Op.Reshape(var inner, _) ? inner : x;
    return from.shape().equals(shape) ? from : add(new Op.Reshape(from, shape));
  }

  /// Reorders the axes: axis i of the result is axis `permutation[i]` of `x`.
  public Value transpose(Value x, int... permutation) {
    List<Integer> p = IntStream.of(permutation).boxed().toList();
    return p.equals(IntStream.range(0, x.shape().rank()).boxed().toList()) ? x : add(new Op.Transpose(x, p));
  }

  /// Repeats `x` to `shape`.
  public Value broadcast(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : add(new Op.Broadcast(x, shape));
  }
}
