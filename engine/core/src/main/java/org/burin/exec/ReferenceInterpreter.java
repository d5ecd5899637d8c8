package org.burin.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedMath;
import org.burin.ir.Graph;
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
import org.burin.ir.Value;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Shape;

/// The executable definition of every [Op]: evaluates a graph in double precision, one obvious loop per operation.
///
/// It is the oracle that faster implementations and gradients are tested against; it is slow on purpose. Sums run in row-major
/// order of the index. Random numbers are those of float32 execution, exactly.
public final class ReferenceInterpreter {
  private final List<DoubleTensor> values = new ArrayList<>();
  private final Map<String, DoubleTensor> inputs;
  private final Map<String, DoubleTensor> parameters;

  private ReferenceInterpreter(Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters) {
    this.inputs = inputs;
    this.parameters = parameters;
  }

  /// Evaluates every value of a graph whose batch size is bound.
  ///
  /// @param inputs a tensor for every input, by name; more are ignored
  /// @param parameters a tensor for every parameter, by name; more are ignored; none is changed
  /// @throws GraphException when the batch size is open, a tensor is missing or has another shape, or an index of a gather or
  ///     scatter is not a position of its axis
  public static Results run(Graph graph, Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters) {
    if (!graph.isBound()) {
      throw new GraphException("graph '" + graph.name() + "' has an open batch size N; bind it to a number first");
    }
    ReferenceInterpreter interpreter = new ReferenceInterpreter(inputs, parameters);
    for (Value v : graph.values()) {
      try {
        interpreter.values.add(interpreter.evaluate(v));
      } catch (IllegalArgumentException e) {
        throw new GraphException("graph '" + graph.name() + "'" + (v.layer().isEmpty() ? "" : " layer " + v.layer())
            + ": " + v + " = " + IrText.print(v.op()) + ": " + e.getMessage(), e);
      }
    }
    return new Results(graph, interpreter.values);
  }

  /// What every value of a graph came out as.
  ///
  /// @param graph the graph that was evaluated
  /// @param values one tensor for each of `graph.values()`
  public record Results(Graph graph, List<DoubleTensor> values) {
    /// Copies the list.
    public Results {
      values = List.copyOf(values);
    }

    /// What one value came out as.
    public DoubleTensor value(Value v) {
      return values.get(v.id());
    }

    /// What the output of that name came out as.
    ///
    /// @throws GraphException when there is none
    public DoubleTensor output(String name) {
      return value(graph.output(name));
    }

    /// The new contents of the parameters that the graph updates, by name, in order.
    public Map<String, DoubleTensor> updates() {
      Map<String, DoubleTensor> updates = new LinkedHashMap<>();
      graph.updates().forEach((name, v) -> updates.put(name, value(v)));
      return updates;
    }
  }

  private DoubleTensor of(Value v) {
    return values.get(v.id());
  }

  private DoubleTensor evaluate(Value v) {
    Shape shape = v.shape();
    return switch (v.op()) {
      case Input(var name, _) -> given("input", name, inputs, shape);
      case Parameter(var name, _) -> given("parameter", name, parameters, shape);
      case Constant(var value) -> DoubleTensor.of(value);
      case RandomUniform(var key, var stream, _) -> random(of(key), stream, shape);
      case Unary(var fn, var x) -> {
        DoubleTensor in = of(x);
        yield DoubleTensor.generate(shape, i -> DoubleMath.apply(fn, in.get(i)));
      }
      case Binary(var fn, var a, var b) -> {
        DoubleTensor ta = of(a);
        DoubleTensor tb = of(b);
        yield DoubleTensor.generate(shape, i -> DoubleMath.apply(fn, ta.broadcastGet(i), tb.broadcastGet(i)));
      }
      case Select(var c, var a, var b) -> {
        DoubleTensor tc = of(c);
        DoubleTensor ta = of(a);
        DoubleTensor tb = of(b);
        yield DoubleTensor.generate(
            shape, i -> tc.broadcastGet(i) != 0 ? ta.broadcastGet(i) : tb.broadcastGet(i));
      }
      case Quantize(var x, var type) -> {
        DoubleTensor in = of(x);
        yield DoubleTensor.generate(shape, i -> FixedMath.quantize(in.get(i), type));
      }
      case QuantizeBits o -> {
        DoubleTensor in = of(o.x());
        DoubleTensor integer = of(o.integer());
        DoubleTensor fraction = of(o.fraction());
        yield DoubleTensor.generate(shape, i -> {
          int f = (int) fraction.broadcastGet(i);
          int width = (int) integer.broadcastGet(i) + f;
          return FixedMath.quantize(in.get(i), o.signed(), width, f, o.rounding(), o.overflow());
        });
      }
      case StopGradient(var x) -> of(x);
      case StraightThrough(var value, _) -> of(value);
      case MatMul(var a, var b, var ta, var tb) -> ReferenceProducts.matMul(of(a), of(b), ta, tb, shape);
      case Conv2d(var x, var w, var window, var groups) ->
          ReferenceProducts.conv2d(of(x), of(w), window, groups, shape);
      case Conv2dTranspose(var y, var w, var window, var groups, _, _) ->
          ReferenceProducts.conv2dTranspose(of(y), of(w), window, groups, shape);
      case Conv2dKernel(var x, var y, var window, var groups, _, _) ->
          ReferenceProducts.conv2dKernel(of(x), of(y), window, groups, shape);
      case MaxPool2d(var x, var kh, var kw, var window) -> ReferencePooling.gather(of(x), of(x), kh, kw, window, shape);
      case MaxPool2dScatter(var x, var y, var kh, var kw, var window) ->
          ReferencePooling.scatter(of(x), of(y), kh, kw, window);
      case MaxPool2dGather(var x, var from, var kh, var kw, var window) ->
          ReferencePooling.gather(of(x), of(from), kh, kw, window, shape);
      case AveragePool2d(var x, var kh, var kw, var window) ->
          ReferencePooling.average(of(x), kh, kw, window, shape);
      case AveragePool2dAdjoint(var y, var kh, var kw, var window, _, _) ->
          ReferencePooling.averageAdjoint(of(y), kh, kw, window, shape);
      case Upsample2d(var x, var fh, var fw) -> {
        DoubleTensor in = of(x);
        yield DoubleTensor.generate(shape, i -> in.get(i[0], i[1] / fh, i[2] / fw, i[3]));
      }
      case Reduce(var fn, var x, var axes, var keep) -> ReferenceReductions.reduce(fn, of(x), axes, keep, shape);
      case ArgMax(var x, var axis) -> ReferenceReductions.argMax(of(x), axis, shape);
      case Softmax(var x) -> ReferenceReductions.softmax(of(x));
      case LogSoftmax(var x) -> ReferenceReductions.logSoftmax(of(x));
      case Gather(var x, var indices, var axis) -> ReferenceMoves.gather(of(x), of(indices), axis, shape);
      case ScatterAdd(var updates, var indices, var axis, _) ->
          ReferenceMoves.scatterAdd(of(updates), of(indices), axis, shape);
      case Concat(var parts, var axis) -> ReferenceMoves.concat(parts.stream().map(this::of).toList(), axis, shape);
      case Slice(var x, var starts, _, var steps) -> ReferenceMoves.slice(of(x), starts, steps, shape);
      case Pad(var x, var low, _, var interior, var value) ->
          ReferenceMoves.pad(of(x), low, interior, value, shape);
      case Reshape(var x, _) -> DoubleTensor.of(shape, of(x).data());
      case Transpose(var x, var permutation) -> ReferenceMoves.transpose(of(x), permutation, shape);
      case Broadcast(var x, _) -> DoubleTensor.generate(shape, of(x)::broadcastGet);
    };
  }

  private static DoubleTensor given(String kind, String name, Map<String, DoubleTensor> tensors, Shape shape) {
    DoubleTensor t = tensors.get(name);
    if (t == null) {
      throw new GraphException("no tensor is given for " + kind + " '" + name + "' of shape " + shape + "; given are "
          + tensors.keySet().stream().sorted().toList());
    }
    if (!t.shape().equals(shape)) {
      throw new GraphException(kind + " '" + name + "' has shape " + shape + ", the tensor given has " + t.shape());
    }
    return t;
  }

  private static DoubleTensor random(DoubleTensor key, int stream, Shape shape) {
    float[] words = key.toTensor().data();
    long base = CounterRandom.base(CounterRandom.seed(words, 0), CounterRandom.step(words, 0), stream);
    double[] data = new double[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = CounterRandom.uniform(base, i);
    }
    return DoubleTensor.of(shape, data);
  }
}
