package org.burin.fixed;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.burin.fixed.ExactElements.Counter;
import org.burin.fixed.FixedOp.Absolute;
import org.burin.fixed.FixedOp.Add;
import org.burin.fixed.FixedOp.ArgMax;
import org.burin.fixed.FixedOp.Broadcast;
import org.burin.fixed.FixedOp.Compare;
import org.burin.fixed.FixedOp.Concat;
import org.burin.fixed.FixedOp.Constant;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.Divide;
import org.burin.fixed.FixedOp.Gather;
import org.burin.fixed.FixedOp.Input;
import org.burin.fixed.FixedOp.Lookup;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.FixedOp.Max;
import org.burin.fixed.FixedOp.MaxPool2d;
import org.burin.fixed.FixedOp.Maximum;
import org.burin.fixed.FixedOp.Minimum;
import org.burin.fixed.FixedOp.Multiply;
import org.burin.fixed.FixedOp.Negate;
import org.burin.fixed.FixedOp.Pad;
import org.burin.fixed.FixedOp.Quantize;
import org.burin.fixed.FixedOp.Reshape;
import org.burin.fixed.FixedOp.Select;
import org.burin.fixed.FixedOp.Shift;
import org.burin.fixed.FixedOp.Slice;
import org.burin.fixed.FixedOp.Subtract;
import org.burin.fixed.FixedOp.Sum;
import org.burin.fixed.FixedOp.SumPool2d;
import org.burin.fixed.FixedOp.Transpose;
import org.burin.fixed.FixedOp.Upsample2d;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// The definition of what a [FixedGraph] computes, in raw integers: docs/numerics.md, section by section.
///
/// It is exact and obvious rather than fast. Every element of every value is held against its inferred [Precision]: an
/// element that leaves it would be an error of the inference, not of the data.
public final class FixedInterpreter {
  /// Whether elements are held against their proven ranges.
  public enum Check {
    /// every element of every value is checked
    ON,
    /// nothing is checked, for speed
    OFF
  }

  /// What is fed to an input: numbers with a shape that can be brought to types.
  private record Feed(Shape shape, Conversion conversion) {
    @FunctionalInterface
    interface Conversion {
      FixedTensor to(ElementTypes types, Counter counter);
    }
  }

  private final FixedGraph graph;
  private final Map<String, Feed> feeds;
  private final int samples;
  private final FixedTensor[] values;
  private final Map<Integer, Counter> counters = new HashMap<>();

  private FixedInterpreter(FixedGraph graph, Map<String, Feed> feeds) {
    this.graph = graph;
    this.feeds = feeds;
    values = new FixedTensor[graph.values().size()];
    int n = 1;
    for (FixedValue v : graph.inputs()) {
      Input in = (Input) v.op();
      Feed feed = feeds.get(in.name());
      if (feed == null) {
        throw new FixedException("no tensor is given for input '" + in.name() + "' of shape " + v.shape()
            + "; given are " + feeds.keySet().stream().sorted().toList());
      }
      int axis = v.shape().batchAxis();
      if (axis >= 0 && axis < feed.shape().rank()) {
        n = feed.shape().dim(axis);
      }
    }
    samples = n;
  }

  /// Runs the graph on numbers of any fraction, which are brought to the types of the inputs.
  ///
  /// @param inputs a tensor for every input by name; all have the same number of samples in the place of the batch axis
  /// @throws FixedException when an input is missing or has another shape, or a value leaves its proven range
  public static Results run(FixedGraph graph, Map<String, FixedTensor> inputs) {
    return run(graph, inputs, Check.ON);
  }

  /// Runs the graph on numbers of any fraction; see [#run(FixedGraph, Map)].
  public static Results run(FixedGraph graph, Map<String, FixedTensor> inputs, Check check) {
    Map<String, Feed> feeds = new HashMap<>();
    inputs.forEach((name, t) ->
        feeds.put(name, new Feed(t.shape(), (types, counter) -> ExactElements.quantize(t, types, counter))));
    return new FixedInterpreter(graph, feeds).run(check);
  }

  /// Runs the graph on floats, which are brought to the types of the inputs; see [#run(FixedGraph, Map)].
  public static Results runFloats(FixedGraph graph, Map<String, Tensor> inputs, Check check) {
    Map<String, Feed> feeds = new HashMap<>();
    inputs.forEach((name, t) ->
        feeds.put(name, new Feed(t.shape(), (types, counter) -> ExactElements.fromFloats(t, types, counter))));
    return new FixedInterpreter(graph, feeds).run(check);
  }

  /// What a run came to: every value of the graph.
  public static final class Results {
    private final FixedGraph graph;
    private final FixedTensor[] values;
    private final Map<Integer, Counter> counters;

    private Results(FixedGraph graph, FixedTensor[] values, Map<Integer, Counter> counters) {
      this.graph = graph;
      this.values = values;
      this.counters = counters;
    }

    /// What a value came to.
    public FixedTensor value(FixedValue v) {
      return values[v.id()];
    }

    /// What the output of that name came to.
    ///
    /// @throws IllegalArgumentException when there is none
    public FixedTensor output(String name) {
      return value(graph.output(name));
    }

    /// What the outputs came to, by name, in order.
    public Map<String, FixedTensor> outputs() {
      Map<String, FixedTensor> outputs = new LinkedHashMap<>();
      graph.outputs().forEach((name, v) -> outputs.put(name, value(v)));
      return Collections.unmodifiableMap(outputs);
    }

    /// How many elements were beyond the range of the type that they were brought to, and so wrapped, saturated or
    /// became 0; always 0 for a value that is not brought to a type (an input, a quantizer, a division).
    public long overflows(FixedValue v) {
      Counter counter = counters.get(v.id());
      return counter == null ? 0 : counter.overflows();
    }

    /// The smallest raw integer that an element came to.
    public long low(FixedValue v) {
      return LongStream.of(value(v).raw()).min().orElse(0);
    }

    /// The largest raw integer that an element came to.
    public long high(FixedValue v) {
      return LongStream.of(value(v).raw()).max().orElse(0);
    }
  }

  private Results run(Check check) {
    for (FixedValue v : graph.values()) {
      values[v.id()] = evaluate(v);
      if (check == Check.ON) {
        check(v, values[v.id()]);
      }
    }
    return new Results(graph, values, counters);
  }

  private static void check(FixedValue v, FixedTensor t) {
    Precision p = v.precision();
    int[] positions = Walk.sources(p.grid(), t.shape());
    for (int i = 0; i < positions.length; i++) {
      long raw = t.raw()[i];
      int at = positions[i];
      if (raw < p.low(at) || raw > p.high(at) || (raw & ((1L << p.step(at)) - 1)) != 0) {
        throw new FixedException("value " + v + (v.layer().isEmpty() ? "" : " (layer " + v.layer() + ")") + ", "
            + FixedText.brief(v.op()) + ": element " + Arrays.toString(Walk.index(i, t.shape())) + " is raw " + raw
            + ", which is not among the multiples of 2^" + p.step(at) + " from " + p.low(at) + " to " + p.high(at)
            + " that were proven; the graph was not built by FixedGraphBuilder, or its inference is wrong");
      }
    }
  }

  private FixedTensor of(FixedValue v) {
    return values[v.id()];
  }

  private Counter counter(FixedValue v) {
    return counters.computeIfAbsent(v.id(), _ -> new Counter());
  }

  private FixedTensor evaluate(FixedValue v) {
    Shape shape = v.shape().bind(samples);
    return switch (v.op()) {
      case Input in -> input(in, shape, counter(v));
      case Constant(var value) -> value;
      case Quantize(var x, var types) -> ExactElements.quantize(of(x), types, counter(v));
      case Divide o -> ExactElements.divide(of(o.x()), o, counter(v));
      case Lookup o -> ExactElements.lookup(of(o.x()), o);
      case Add(var a, var b) -> ExactElements.zipAligned(of(a), of(b), shape, (ra, rb) -> ra + rb);
      case Subtract(var a, var b) -> ExactElements.zipAligned(of(a), of(b), shape, (ra, rb) -> ra - rb);
      case Multiply(var a, var b) ->
          ExactElements.zip(of(a), of(b), of(a).fraction() + of(b).fraction(), shape, (ra, rb) -> ra * rb);
      case Negate(var x) -> ExactElements.map(of(x), of(x).fraction(), raw -> -raw);
      case Absolute(var x) -> ExactElements.map(of(x), of(x).fraction(), Math::abs);
      case Shift(var x, var bits) -> ExactElements.map(of(x), of(x).fraction() - bits, raw -> raw);
      case Maximum(var a, var b) -> ExactElements.zipAligned(of(a), of(b), shape, Math::max);
      case Minimum(var a, var b) -> ExactElements.zipAligned(of(a), of(b), shape, Math::min);
      case Compare(var comparison, var a, var b) -> ExactElements.compare(comparison, of(a), of(b), shape);
      case Select(var condition, var a, var b) -> ExactElements.select(of(condition), of(a), of(b), shape);
      case MatMul o -> ExactProducts.matMul(of(o.a()), of(o.b()), o, shape);
      case Conv2d o -> ExactProducts.conv2d(of(o.x()), of(o.w()), o, shape);
      case Conv2dTranspose o -> ExactProducts.conv2dTranspose(of(o.y()), of(o.w()), o, shape);
      case MaxPool2d(var x, var kh, var kw, var window) ->
          ExactFolds.pool(of(x), kh, kw, window, shape, Math::max);
      case SumPool2d(var x, var kh, var kw, var window) -> ExactFolds.pool(of(x), kh, kw, window, shape, Long::sum);
      case Upsample2d(var x, var fh, var fw) -> ExactMoves.upsample2d(of(x), fh, fw, shape);
      case Sum(var x, var axes, _) -> ExactFolds.reduce(of(x), axes, shape, Long::sum);
      case Max(var x, var axes, _) -> ExactFolds.reduce(of(x), axes, shape, Math::max);
      case ArgMax o -> ExactFolds.argMax(of(o.x()), o, shape);
      case Gather o -> ExactMoves.gather(of(o.x()), of(o.indices()), o, shape);
      case Concat(var parts, var axis) -> ExactMoves.concat(parts.stream().map(this::of).toList(), axis, shape);
      case Slice o -> ExactMoves.slice(of(o.x()), o, shape);
      case Pad o -> ExactMoves.pad(of(o.x()), o, shape);
      case Reshape(var x, _) -> FixedTensor.of(shape, of(x).fraction(), of(x).raw());
      case Transpose(var x, var permutation) -> ExactMoves.transpose(of(x), permutation, shape);
      case Broadcast(var x, _) -> ExactMoves.broadcast(of(x), shape);
    };
  }

  private FixedTensor input(Input in, Shape shape, Counter counter) {
    Feed feed = Objects.requireNonNull(feeds.get(in.name()));
    if (!feed.shape().equals(shape)) {
      throw new FixedException("input '" + in.name() + "' has shape " + in.shape() + ", the tensor given has "
          + feed.shape() + (shape.equals(in.shape()) ? "" : " and the run has " + samples + " sample(s)"));
    }
    return feed.conversion().to(in.types(), counter);
  }
}
