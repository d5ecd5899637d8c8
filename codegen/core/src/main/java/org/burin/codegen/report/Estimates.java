package org.burin.codegen.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOp.Constant;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;

/// Estimates of what a fixed-point graph costs as hardware, operation by operation.
///
/// The counts are those of the arithmetic as it is written down, before anything is shared: products with 0, 1 and other
/// powers of two are free, every other product is a multiplier, a sum of n terms has n - 1 adders, a quantizer that
/// rounds has an adder and one that saturates a comparison for every element. A reuse factor r divides multipliers and
/// adders of products by r.
///
/// Latency counts levels of logic: a product takes one cycle, [#LEVELS] levels of two-operand adders take another, tables
/// and divisions take one each, all else is done on the way. Where multipliers are used r times a product takes r cycles.
/// The latency of the whole is that of all operations one after the other. These numbers help to compare designs; they are not those of
/// any tool. Convolutions compute a pixel at a time, poolings and transposed convolutions an element.
public final class Estimates {
  /// Levels of adders in one cycle.
  public static final int LEVELS = 4;

  private final FixedGraph graph;
  private final ToIntFunction<String> reuse;

  private Estimates(FixedGraph graph, ToIntFunction<String> reuse) {
    this.graph = graph;
    this.reuse = reuse;
  }

  /// The operations that cost anything, in order.
  ///
  /// @param reuse for the path of a layer how often its multipliers are used for one sample; 0 for a layer that adds
  ///     shifted inputs instead, one for each digit of a weight that is not 0
  public static List<LayerEstimate> of(FixedGraph graph, ToIntFunction<String> reuse) {
    Estimates e = new Estimates(graph, reuse);
    return e.live().stream().map(e::estimate).filter(x -> x.registerBits() > 0).toList();
  }

  /// All layers, each as the sum of its operations, in order.
  public static List<LayerEstimate> byLayer(List<LayerEstimate> operations) {
    Map<String, LayerEstimate> layers = new LinkedHashMap<>();
    operations.forEach(x -> layers.merge(x.layer(), x, LayerEstimate::and));
    return List.copyOf(layers.values());
  }

  /// The whole: sums, the latency of all operations one after the other, and the longest interval.
  public static LayerEstimate total(List<LayerEstimate> operations) {
    LayerEstimate sum = new LayerEstimate("total", "", 0, 0, 0, 0, 0, 0, 0, 1);
    for (LayerEstimate x : operations) {
      sum = sum.and(x);
    }
    return sum;
  }

  private List<FixedValue> live() {
    Set<Integer> live = new HashSet<>();
    graph.outputs().values().forEach(v -> live.add(v.id()));
    List<FixedValue> values = new ArrayList<>();
    for (FixedValue v : graph.values().reversed()) {
      if (live.contains(v.id())) {
        FixedOperands.of(v.op()).forEach(o -> live.add(o.id()));
        values.addFirst(v);
      }
    }
    return values;
  }

  // ---- one operation ------------------------------------------------------------------------------------------------

  private LayerEstimate estimate(FixedValue v) {
    long n = v.shape().bind(1).size();
    return switch (v.op()) {
      case FixedOp.Input _, Constant _, FixedOp.Reshape _, FixedOp.Shift _ -> free(v, 0);
      case FixedOp.Transpose _, FixedOp.Broadcast _, FixedOp.Slice _, FixedOp.Pad _, FixedOp.Concat _,
          FixedOp.Upsample2d _ -> free(v, 0);
      case FixedOp.Quantize(_, var types) -> adders(v, roundings(n, types.types()), 0);
      case FixedOp.Divide _ -> new LayerEstimate(v.layer(), kind(v), n, n, n * width(v), 0, 0, registers(v), 1, 1);
      case FixedOp.Lookup o -> new LayerEstimate(
          v.layer(), kind(v), 0, 0, 0, n * entries(o) * width(v), 0, registers(v), 1, 1);
      case FixedOp.Add _, FixedOp.Subtract _, FixedOp.Maximum _, FixedOp.Minimum _, FixedOp.Compare _,
          FixedOp.Select _, FixedOp.Negate _, FixedOp.Absolute _ -> adders(v, n, 0);
      case FixedOp.Multiply(var a, var b) -> multiply(v, n, a, b);
      case FixedOp.Sum(var x, _, _) -> fold(v, x.shape().bind(1).size(), n);
      case FixedOp.Max(var x, _, _) -> fold(v, x.shape().bind(1).size(), n);
      case FixedOp.ArgMax(var x, _) -> fold(v, x.shape().bind(1).size(), n);
      case FixedOp.MaxPool2d o -> pool(v, (long) o.kernelH() * o.kernelW());
      case FixedOp.SumPool2d o -> pool(v, (long) o.kernelH() * o.kernelW());
      case FixedOp.Gather(_, var indices, _) -> indices.op() instanceof Constant ? free(v, 0) : adders(v, n, 0);
      case FixedOp.MatMul o -> product(v, o.b(), o.a().shape().dim(o.transA() ? -2 : -1), 1);
      case FixedOp.Conv2d o -> product(v, o.w(), taps(o.w(), o.w().shape().dim(2)), pixels(v));
      case FixedOp.Conv2dTranspose o -> product(v, o.w(), taps(o.w(), o.w().shape().dim(3) / o.groups()), n);
    };
  }

  private static String kind(FixedValue v) {
    return v.op().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static int width(FixedValue v) {
    return v.precision().type().width();
  }

  private static long registers(FixedValue v) {
    Shape one = v.shape().bind(1);
    long positions = v.precision().grid().size();
    long bits = 0;
    for (int p = 0; p < positions; p++) {
      bits += v.precision().type(p).width();
    }
    return bits * one.size() / positions;
  }

  private static LayerEstimate free(FixedValue v, long latency) {
    return new LayerEstimate(v.layer(), kind(v), 0, 0, 0, 0, 0, 0, latency, 1);
  }

  private static LayerEstimate adders(FixedValue v, long count, long latency) {
    return new LayerEstimate(v.layer(), kind(v), 0, count, count * width(v), 0, 0, registers(v), latency, 1);
  }

  /// How many adders or comparisons bring a number to a type.
  private static int steps(FixedType t) {
    return (t.rounding() == Rounding.TRN ? 0 : 1) + (t.overflow() == Overflow.WRAP ? 0 : 1);
  }

  private static long roundings(long n, List<FixedType> types) {
    return types.stream().mapToLong(Estimates::steps).sum() * n / types.size();
  }

  private static long entries(FixedOp.Lookup o) {
    long span = ((o.x().precision().high() - o.x().precision().low()) >> o.x().precision().step()) + 1;
    return Math.min(span, o.tables().getFirst().entries().length);
  }

  private LayerEstimate multiply(FixedValue v, long n, FixedValue a, FixedValue b) {
    FixedValue known = a.op() instanceof Constant ? a : b;
    long multipliers = known.op() instanceof Constant(var t)
        ? Math.ceilDiv(n * count(t, Estimates::isProduct), t.size()) : n;
    return new LayerEstimate(v.layer(), kind(v), multipliers, 0, 0, 0, 0, registers(v), multipliers > 0 ? 1 : 0, 1);
  }

  private static LayerEstimate fold(FixedValue v, long from, long to) {
    return new LayerEstimate(v.layer(), kind(v), 0, from - to, (from - to) * width(v), 0, 0, registers(v),
        Math.ceilDiv(levels(Math.ceilDiv(from, Math.max(1, to))), LEVELS), 1);
  }

  private static long taps(FixedValue kernel, long terms) {
    return terms * kernel.shape().dim(0) * kernel.shape().dim(1);
  }

  private static long pixels(FixedValue image) {
    return (long) image.shape().dim(1) * image.shape().dim(2);
  }

  /// One element in each cycle.
  private static LayerEstimate pool(FixedValue v, long window) {
    long n = v.shape().bind(1).size();
    return new LayerEstimate(v.layer(), kind(v), 0, window - 1, (window - 1) * width(v), 0, 0, registers(v),
        n + Math.ceilDiv(levels(window), LEVELS), n);
  }

  /// Sums of `terms` products with weights, with the results of one of `steps` at a time.
  private LayerEstimate product(FixedValue v, FixedValue weights, long terms, long steps) {
    int asked = reuse.applyAsInt(v.layer());
    int turns = Math.max(1, asked);
    long results = v.shape().bind(1).size() / steps;
    long nonzero = results * terms;
    long products = results * terms;
    long bits = 0;
    if (weights.op() instanceof Constant(var t)) {
      nonzero = Math.ceilDiv(nonzero * (asked == 0 ? digits(t) : count(t, r -> r != 0)), t.size());
      products = asked == 0 ? 0 : Math.ceilDiv(products * count(t, Estimates::isProduct), t.size());
      bits = turns > 1 ? (long) t.size() * weights.precision().type().width() : 0;
    }
    long adders = Math.ceilDiv(Math.max(0, nonzero - results), turns);
    int levels = levels(Math.ceilDiv(terms, turns)) + levels(turns);
    return new LayerEstimate(v.layer(), kind(v), Math.ceilDiv(products, turns), adders, adders * width(v), 0, bits,
        registers(v), steps * turns + Math.ceilDiv(levels, LEVELS), steps * turns);
  }

  /// The digits other than 0 of all numbers, where digits may be negative and no two such are neighbours.
  private static long digits(FixedTensor t) {
    return LongStream.of(t.raw()).map(r -> Long.bitCount(r ^ 3 * r)).sum();
  }

  private static long count(FixedTensor t, LongPredicate which) {
    return LongStream.of(t.raw()).filter(which).count();
  }

  private static boolean isProduct(long raw) {
    return Long.bitCount(Math.abs(raw)) > 1;
  }

  private static int levels(long terms) {
    return terms <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(terms - 1);
  }
}
