package org.burin.fixed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Builds a [FixedGraph], value by value, inferring shape and precision at once.
///
/// An operation equal to one already present gives the same value again, and moves that change nothing (a reshape to
/// the same shape, say) give their operand. An error names the layer ([#scope]), the operation and its operands' types.
/// Not thread-safe.
public final class FixedGraphBuilder {
  private final String name;
  private final List<FixedValue> values = new ArrayList<>();
  private final Map<FixedOp, FixedValue> known = new HashMap<>();
  private final Map<String, FixedValue> inputs = new HashMap<>();
  private final Map<String, FixedValue> outputs = new LinkedHashMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();

  /// A builder of a graph of this name, empty.
  public FixedGraphBuilder(String name) {
    this.name = name;
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
  /// @throws FixedException when its operands do not fit or a result needs more than 64 bits: layer, operation, operand
  ///     types, what to do
  public FixedValue add(FixedOp op) {
    FixedValue v = known.get(op);
    return v == null ? append(op, path()) : v;
  }

  /// The value that an equal operation already has here, if any.
  public Optional<FixedValue> find(FixedOp op) {
    return Optional.ofNullable(known.get(op));
  }

  /// Adds an operation even if an equal one exists.
  FixedValue append(FixedOp op, String layer) {
    Shape shape;
    Precision precision;
    try {
      shape = FixedShapes.of(op);
      precision = InferPrecision.of(op, shape);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FixedException((layer.isEmpty() ? "" : "layer " + layer + ": ") + FixedText.brief(op) + ": "
          + e.getMessage(), e);
    }
    FixedValue v = new FixedValue(values.size(), op, shape, precision, layer);
    if (op instanceof FixedOp.Input in) {
      FixedValue other = inputs.putIfAbsent(in.name(), v);
      if (other != null) {
        throw new FixedException("fixed graph '" + name + "' has two inputs '" + in.name() + "', of shapes "
            + other.shape() + " and " + v.shape());
      }
    }
    values.add(v);
    known.putIfAbsent(op, v);
    return v;
  }

  /// Names a result.
  ///
  /// @throws FixedException when the name is taken
  public void output(String output, FixedValue v) {
    if (outputs.putIfAbsent(output, v) != null) {
      throw new FixedException("fixed graph '" + name + "' has two outputs '" + output + "'");
    }
  }

  /// The graph as built so far.
  public FixedGraph build() {
    return new FixedGraph(name, values, outputs);
  }

  // ---- leaves ---------------------------------------------------------------------------------------------------

  /// Data fed at every run, of one type.
  public FixedValue input(String input, Shape shape, FixedType type) {
    return input(input, shape, ElementTypes.of(type));
  }

  /// Data fed at every run.
  public FixedValue input(String input, Shape shape, ElementTypes types) {
    return add(new FixedOp.Input(input, shape, types));
  }

  /// Known numbers, with the fewest fractional bits that hold them.
  public FixedValue constant(FixedTensor value) {
    return add(new FixedOp.Constant(value.reduced()));
  }

  /// The number `raw * 2^-fraction`.
  public FixedValue constant(long raw, int fraction) {
    return constant(FixedTensor.of(Shape.SCALAR, fraction, raw));
  }

  // ---- where information is lost ----------------------------------------------------------------------------------

  /// `x` brought to a type.
  public FixedValue quantize(FixedValue x, FixedType type) {
    return quantize(x, ElementTypes.of(type));
  }

  /// `x` brought to types.
  public FixedValue quantize(FixedValue x, ElementTypes types) {
    return add(new FixedOp.Quantize(x, types));
  }

  /// The exact quotient of `x` and positive whole numbers, brought to types.
  public FixedValue divide(FixedValue x, FixedTensor divisor, ElementTypes types) {
    return add(new FixedOp.Divide(x, divisor, types));
  }

  /// The exact quotient of `x` and a positive whole number, brought to a type.
  public FixedValue divide(FixedValue x, long divisor, FixedType type) {
    return divide(x, FixedTensor.of(Shape.SCALAR, 0, divisor), ElementTypes.of(type));
  }

  /// A function of each element.
  public FixedValue lookup(FixedValue x, LookupTable table) {
    return lookup(x, FixedTensor.of(Shape.SCALAR, 0, 0), List.of(table));
  }

  /// A function of each element, `which` telling the number of its table.
  public FixedValue lookup(FixedValue x, FixedTensor which, List<LookupTable> tables) {
    return add(new FixedOp.Lookup(x, which, List.copyOf(tables)));
  }

  // ---- element-wise ---------------------------------------------------------------------------------------------

  /// `a + b`.
  public FixedValue add(FixedValue a, FixedValue b) {
    return add(new FixedOp.Add(a, b));
  }

  /// `a - b`.
  public FixedValue sub(FixedValue a, FixedValue b) {
    return add(new FixedOp.Subtract(a, b));
  }

  /// `a * b`.
  public FixedValue mul(FixedValue a, FixedValue b) {
    return add(new FixedOp.Multiply(a, b));
  }

  /// `-x`.
  public FixedValue neg(FixedValue x) {
    return add(new FixedOp.Negate(x));
  }

  /// `|x|`.
  public FixedValue abs(FixedValue x) {
    return add(new FixedOp.Absolute(x));
  }

  /// `x * 2^bits`.
  public FixedValue shift(FixedValue x, int bits) {
    return bits == 0 ? x : add(new FixedOp.Shift(x, bits));
  }

  /// The larger number.
  public FixedValue max(FixedValue a, FixedValue b) {
    return add(new FixedOp.Maximum(a, b));
  }

  /// The smaller number.
  public FixedValue min(FixedValue a, FixedValue b) {
    return add(new FixedOp.Minimum(a, b));
  }

  /// `x > 0 ? x : 0`.
  public FixedValue relu(FixedValue x) {
    // A zero of more fractional bits than x would give the result as many.
    return max(x, add(new FixedOp.Constant(FixedTensor.of(Shape.SCALAR, Math.min(0, x.precision().fraction()), 0))));
  }

  /// 1 where the comparison holds, else 0.
  public FixedValue compare(Comparison comparison, FixedValue a, FixedValue b) {
    return add(new FixedOp.Compare(comparison, a, b));
  }

  /// `condition != 0 ? a : b`.
  public FixedValue select(FixedValue condition, FixedValue a, FixedValue b) {
    return add(new FixedOp.Select(condition, a, b));
  }

  // ---- products, convolutions, pooling ----------------------------------------------------------------------------

  /// Matrix product `a · b`.
  public FixedValue matMul(FixedValue a, FixedValue b) {
    return matMul(a, b, false, false);
  }

  /// Matrix product of operands that are transposed if asked.
  public FixedValue matMul(FixedValue a, FixedValue b, boolean transA, boolean transB) {
    return add(new FixedOp.MatMul(a, b, transA, transB));
  }

  /// Convolution of images `x [N,H,W,C]` with `w [kh,kw,C/groups,filters]`.
  public FixedValue conv2d(FixedValue x, FixedValue w, Window window, int groups) {
    return add(new FixedOp.Conv2d(x, w, window, groups));
  }

  /// Transposed convolution to images of this height and width.
  public FixedValue conv2dTranspose(FixedValue y, FixedValue w, Window window, int groups, int height, int width) {
    return add(new FixedOp.Conv2dTranspose(y, w, window, groups, height, width));
  }

  /// The largest element of each window.
  public FixedValue maxPool2d(FixedValue x, int kernelH, int kernelW, Window window) {
    return add(new FixedOp.MaxPool2d(x, kernelH, kernelW, window));
  }

  /// The sum of each window, padding not counted.
  public FixedValue sumPool2d(FixedValue x, int kernelH, int kernelW, Window window) {
    return add(new FixedOp.SumPool2d(x, kernelH, kernelW, window));
  }

  /// Nearest-neighbour up-sampling.
  public FixedValue upsample2d(FixedValue x, int factorH, int factorW) {
    return factorH == 1 && factorW == 1 ? x : add(new FixedOp.Upsample2d(x, factorH, factorW));
  }

  // ---- reductions -----------------------------------------------------------------------------------------------

  /// The sum over axes (any order, negative from the end).
  public FixedValue sum(FixedValue x, boolean keepDims, int... axes) {
    List<Integer> list = axes(x, axes);
    return list.isEmpty() ? x : add(new FixedOp.Sum(x, list, keepDims));
  }

  /// The largest number over axes (any order, negative from the end).
  public FixedValue reduceMax(FixedValue x, boolean keepDims, int... axes) {
    List<Integer> list = axes(x, axes);
    return list.isEmpty() ? x : add(new FixedOp.Max(x, list, keepDims));
  }

  private static List<Integer> axes(FixedValue x, int... axes) {
    return IntStream.of(axes).map(x.shape()::axis).distinct().sorted().boxed().toList();
  }

  /// The position of the first largest element along an axis.
  public FixedValue argMax(FixedValue x, int axis) {
    return add(new FixedOp.ArgMax(x, x.shape().axis(axis)));
  }

  // ---- moving data ----------------------------------------------------------------------------------------------

  /// Slices of `x` along `axis`, chosen by `indices`.
  public FixedValue gather(FixedValue x, FixedValue indices, int axis) {
    return add(new FixedOp.Gather(x, indices, x.shape().axis(axis)));
  }

  /// Joins values along an axis.
  public FixedValue concat(List<FixedValue> parts, int axis) {
    return parts.size() == 1 ? parts.getFirst() : add(new FixedOp.Concat(List.copyOf(parts),
        parts.isEmpty() ? axis : parts.getFirst().shape().axis(axis)));
  }

  /// A strided block; see [FixedOp.Slice].
  public FixedValue slice(FixedValue x, List<Integer> starts, List<Integer> sizes, List<Integer> steps) {
    boolean whole = sizes.equals(IntStream.of(x.shape().dims()).boxed().toList())
        && starts.stream().allMatch(n -> n == 0)
        && steps.stream().allMatch(n -> n == 1);
    return whole ? x : add(new FixedOp.Slice(x, List.copyOf(starts), List.copyOf(sizes), List.copyOf(steps)));
  }

  /// Surrounds and spreads `x`; see [FixedOp.Pad].
  public FixedValue pad(
      FixedValue x, List<Integer> low, List<Integer> high, List<Integer> interior, FixedTensor value) {
    boolean nothing = Stream.of(low, high, interior).flatMap(List::stream).allMatch(n -> n == 0);
    return nothing ? x : add(new FixedOp.Pad(
        x, List.copyOf(low), List.copyOf(high), List.copyOf(interior), value.reduced()));
  }

  /// The same elements under another shape.
  public FixedValue reshape(FixedValue x, Shape shape) {
    FixedValue from = x.op() instanceof FixedOp.Reshape(var inner, _) ? inner : x;
    return from.shape().equals(shape) ? from : add(new FixedOp.Reshape(from, shape));
  }

  /// Reorders the axes: axis i of the result is axis `permutation[i]` of `x`.
  public FixedValue transpose(FixedValue x, int... permutation) {
    List<Integer> p = IntStream.of(permutation).boxed().toList();
    return p.equals(IntStream.range(0, x.shape().rank()).boxed().toList()) ? x : add(new FixedOp.Transpose(x, p));
  }

  /// Repeats `x` to `shape`.
  public FixedValue broadcast(FixedValue x, Shape shape) {
    return x.shape().equals(shape) ? x : add(new FixedOp.Broadcast(x, shape));
  }
}
