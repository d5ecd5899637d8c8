package org.burin.codegen.verify;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;

/// A float graph with about the numbers of a fixed-point graph and with gradients: a guide to inputs, never a
/// reference.
///
/// Gradients pass straight through quantizers. Those with several types are left out, as are tables; a table that falls
/// becomes a change of sign.
final class Relaxation {
  private final GraphBuilder b;
  private final Map<FixedValue, Value> twins = new HashMap<>();

  private Relaxation(String name) {
    b = new GraphBuilder(name);
  }

  /// The float graph, with these values as its outputs.
  ///
  /// @param targets values of `graph` by the names that they get as outputs
  static Graph of(FixedGraph graph, Map<String, FixedValue> targets) {
    Relaxation r = new Relaxation(graph.name());
    for (FixedValue v : graph.values()) {
      r.twins.put(v, r.relax(v.op()));
    }
    new LinkedHashMap<>(targets).forEach((name, v) -> r.b.output(name, r.twin(v)));
    return r.b.build().prune();
  }

  private Value twin(FixedValue v) {
    return Objects.requireNonNull(twins.get(v));
  }

  private Value relax(FixedOp op) {
    return switch (op) {
      case FixedOp.Input(var name, var shape, _) -> b.input(name, shape);
      case FixedOp.Constant(var value) -> constant(value);
      case FixedOp.Quantize(var x, var types) ->
          types.isUniform() ? b.quantize(twin(x), types.types().getFirst()) : twin(x);
      case FixedOp.Divide(var x, var divisor, _) -> b.div(twin(x), constant(divisor));
      case FixedOp.Lookup(var x, _, var tables) -> rises(tables.getFirst()) ? twin(x) : b.neg(twin(x));
      case FixedOp.Add(var x, var y) -> b.add(twin(x), twin(y));
      case FixedOp.Subtract(var x, var y) -> b.sub(twin(x), twin(y));
      case FixedOp.Multiply(var x, var y) -> b.mul(twin(x), twin(y));
      case FixedOp.Negate(var x) -> b.neg(twin(x));
      case FixedOp.Absolute(var x) -> b.unary(UnaryFn.ABS, twin(x));
      case FixedOp.Shift(var x, var bits) -> b.scale(twin(x), Math.scalb(1f, bits));
      case FixedOp.Maximum(var x, var y) -> b.binary(BinaryFn.MAX, twin(x), twin(y));
      case FixedOp.Minimum(var x, var y) -> b.binary(BinaryFn.MIN, twin(x), twin(y));
      case FixedOp.Compare(var comparison, var x, var y) -> b.binary(function(comparison), twin(x), twin(y));
      case FixedOp.Select(var c, var x, var y) -> b.select(twin(c), twin(x), twin(y));
      case FixedOp.MatMul(var x, var y, var tx, var ty) -> b.matMul(twin(x), twin(y), tx, ty);
      case FixedOp.Conv2d(var x, var w, var window, var groups) -> b.conv2d(twin(x), twin(w), window, groups);
      case FixedOp.Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          b.conv2dTranspose(twin(y), twin(w), window, groups, height, width);
      case FixedOp.MaxPool2d(var x, var kh, var kw, var window) -> b.maxPool2d(twin(x), kh, kw, window);
      case FixedOp.SumPool2d(var x, var kh, var kw, var window) ->
          b.scale(b.averagePool2d(twin(x), kh, kw, window), kh * kw);
      case FixedOp.Upsample2d(var x, var fh, var fw) -> b.upsample2d(twin(x), fh, fw);
      case FixedOp.Sum(var x, var axes, var keep) -> b.reduce(ReduceFn.SUM, twin(x), keep, array(axes));
      case FixedOp.Max(var x, var axes, var keep) -> b.reduce(ReduceFn.MAX, twin(x), keep, array(axes));
      case FixedOp.ArgMax(var x, var axis) -> b.argMax(twin(x), axis);
      case FixedOp.Gather(var x, var indices, var axis) -> b.gather(twin(x), twin(indices), axis);
      case FixedOp.Concat(var parts, var axis) -> b.concat(parts.stream().map(this::twin).toList(), axis);
      case FixedOp.Slice(var x, var starts, var sizes, var steps) -> b.slice(twin(x), starts, sizes, steps);
      case FixedOp.Pad(var x, var low, var high, var interior, var value) ->
          b.pad(twin(x), low, high, interior, number(value.raw()[0], value.fraction()));
      case FixedOp.Reshape(var x, var shape) -> b.reshape(twin(x), shape);
      case FixedOp.Transpose(var x, var permutation) -> b.transpose(twin(x), array(permutation));
      case FixedOp.Broadcast(var x, var shape) -> b.broadcast(twin(x), shape);
    };
  }

  private static boolean rises(LookupTable table) {
    return table.entries()[table.entries().length - 1] >= table.entries()[0];
  }

  private static BinaryFn function(FixedOp.Comparison comparison) {
    return switch (comparison) {
      case LT -> BinaryFn.LT;
      case LE -> BinaryFn.LE;
      case GT -> BinaryFn.GT;
      case GE -> BinaryFn.GE;
      case EQ -> BinaryFn.EQ;
      case NE -> BinaryFn.NE;
    };
  }

  private Value constant(FixedTensor value) {
    float[] numbers = new float[value.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(value.raw()[i], value.fraction());
    }
    return b.constant(Tensor.of(value.shape(), numbers));
  }

  /// `raw * 2^-fraction`, rounded to the nearest float.
  static float number(long raw, int fraction) {
    return Math.scalb((float) raw, -fraction);
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }

  /// The elements of one sample of a batched shape.
  static int sampleSize(Shape shape) {
    return shape.bind(1).size();
  }
}
