package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Moves;
import org.burin.fixed.Precision;
import org.burin.fixed.Walk;
import org.burin.tensor.Shape;

/// Takes a fixed-point graph apart into numbers: one net for every number of a sample that is not a shift, a move or a
/// constant. Products with constants become adder graphs, the same one for every window of a convolution; equal nets of
/// windows that overlap are one net.
///
/// An element of a tensor is an [Operand]: raw integers of the tensor's fraction are the net times a power of two.
public final class LowerToNetlist {
  private final FixedGraph graph;
  private final NetlistBuilder b;
  private final Products products;
  private final Rounder rounder;
  private final Operand[][] values;

  private LowerToNetlist(FixedGraph graph, Optional<AdderOptions> adders) {
    this.graph = graph;
    b = new NetlistBuilder(graph.name());
    products = new Products(b, adders);
    rounder = new Rounder(b);
    values = new Operand[graph.values().size()][];
  }

  /// The netlist of one sample of a graph.
  ///
  /// @throws NetlistException when a number needs more than 64 bits on the way: layer and operation
  public static Netlist of(FixedGraph graph, AdderOptions adders) {
    return new LowerToNetlist(graph, Optional.of(adders)).run();
  }

  /// The same with every sum as it is written, product after product, as something to hold adder graphs against.
  ///
  /// @throws NetlistException as [#of] does
  public static Netlist sumsOfProducts(FixedGraph graph) {
    return new LowerToNetlist(graph, Optional.empty()).run();
  }

  private Netlist run() {
    for (FixedValue v : graph.values()) {
      b.at(v.layer(), v.precision().fraction());
      try {
        values[v.id()] = narrowed(v, lower(v));
      } catch (ArithmeticException e) {
        throw new NetlistException((v.layer().isEmpty() ? "" : "layer " + v.layer() + ": ") + v + " = "
            + v.op().getClass().getSimpleName() + ": expected numbers of at most 64 bits on the way to the result, found "
            + "more; quantize the operands to fewer bits");
      }
    }
    graph.outputs().forEach((name, v) -> b.output(name, List.of(values[v.id()])));
    return b.build();
  }

  /// The elements with what the graph proves of them.
  private Operand[] narrowed(FixedValue v, Operand[] elements) {
    Precision p = v.precision();
    int[] positions = Walk.sources(p.grid(), sample(v));
    for (int i = 0; i < elements.length; i++) {
      elements[i] = b.narrowed(elements[i], new Range(p.low(positions[i]), p.high(positions[i])));
    }
    return elements;
  }

  private static Shape sample(FixedValue v) {
    return v.shape().bind(1);
  }

  private Operand[] of(FixedValue v) {
    return values[v.id()];
  }

  private Operand[] lower(FixedValue v) {
    return switch (v.op()) {
      case FixedOp.Input o -> input(v, o);
      case FixedOp.Constant(var value) -> constants(value);
      case FixedOp.Quantize(var x, var types) -> quantize(x, types);
      case FixedOp.Divide o -> divide(o);
      case FixedOp.Lookup o -> lookup(o);
      case FixedOp.Add(var x, var y) -> zip(v, x, y, b::add);
      case FixedOp.Subtract(var x, var y) -> zip(v, x, y, b::subtract);
      case FixedOp.Multiply(var x, var y) -> zip(sample(v), of(x), sample(x), of(y), sample(y), b::multiply);
      case FixedOp.Negate(var x) -> map(x, b::negate);
      case FixedOp.Absolute(var x) -> map(x, this::absolute);
      case FixedOp.Shift(var x, _) -> of(x).clone();
      case FixedOp.Maximum(var x, var y) -> zip(v, x, y, b::max);
      case FixedOp.Minimum(var x, var y) -> zip(v, x, y, b::min);
      case FixedOp.Compare(var comparison, var x, var y) -> zip(v, x, y, (p, q) -> b.compare(comparison, p, q));
      case FixedOp.Select(var c, var x, var y) -> select(v, c, x, y);
      case FixedOp.MatMul o -> products.matMul(of(o.a()), of(o.b()), o, sample(v));
      case FixedOp.Conv2d o -> products.conv2d(of(o.x()), of(o.w()), o, sample(v));
      case FixedOp.Conv2dTranspose o -> products.conv2dTranspose(of(o.y()), of(o.w()), o, sample(v));
      case FixedOp.MaxPool2d(var x, var kh, var kw, var window) ->
          Folds.pool(of(x), sample(x), kh, kw, window, sample(v), l -> Folds.tree(l, b::max));
      case FixedOp.SumPool2d(var x, var kh, var kw, var window) ->
          Folds.pool(of(x), sample(x), kh, kw, window, sample(v), b::sum);
      case FixedOp.Sum(var x, var axes, _) -> Folds.reduce(of(x), sample(x), axes, sample(v), b::sum);
      case FixedOp.Max(var x, var axes, _) ->
          Folds.reduce(of(x), sample(x), axes, sample(v), l -> Folds.tree(l, b::max));
      case FixedOp.ArgMax o -> Folds.argMax(of(o.x()), sample(o.x()), o.axis(), sample(v), b);
      case FixedOp.Gather o when Moves.sources(v).isEmpty() -> new Choices(b).gather(of(o.x()), o, of(o.indices()), v);
      case FixedOp.Gather _, FixedOp.Upsample2d _, FixedOp.Slice _, FixedOp.Reshape _, FixedOp.Transpose _,
          FixedOp.Broadcast _ -> move(v, of(FixedOperands.of(v.op()).getFirst()));
      case FixedOp.Concat o -> move(v, o.values().stream().flatMap(x -> List.of(aligned(x, v)).stream())
          .toArray(Operand[]::new));
      case FixedOp.Pad o -> pad(v, o);
    };
  }

  // ---- element by element -----------------------------------------------------------------------------------------

  @FunctionalInterface
  private interface Unary {
    Operand apply(Operand x);
  }

  @FunctionalInterface
  private interface Binary {
    Operand apply(Operand a, Operand b);
  }

  private Operand[] input(FixedValue v, FixedOp.Input in) {
    Shape shape = sample(v);
    int[] positions = Walk.sources(v.precision().grid(), shape);
    Operand[] elements = new Operand[shape.size()];
    for (int i = 0; i < elements.length; i++) {
      int at = positions[i];
      int zeros = v.precision().low(at) == 0 && v.precision().high(at) == 0 ? 0 : v.precision().step(at);
      elements[i] = b.inputElement(in.name(), i,
          new Range(v.precision().low(at) >> zeros, v.precision().high(at) >> zeros), zeros);
    }
    b.input(in.name(), List.of(elements));
    return elements;
  }

  private Operand[] constants(FixedTensor t) {
    Operand[] elements = new Operand[t.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = b.constant(t.raw()[i]);
    }
    return elements;
  }

  private Operand[] map(FixedValue x, Unary f) {
    Operand[] from = of(x);
    Operand[] to = new Operand[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = f.apply(from[i]);
    }
    return to;
  }

  /// The elements of an operand with the fraction of a result.
  private Operand[] aligned(FixedValue x, FixedValue result) {
    return aligned(of(x), result.precision().fraction() - x.precision().fraction());
  }

  private Operand[] aligned(Operand[] elements, int bits) {
    Operand[] aligned = new Operand[elements.length];
    for (int i = 0; i < aligned.length; i++) {
      boolean zero = b.netRange(elements[i]).equals(Range.of(0));
      aligned[i] = zero ? elements[i] : elements[i].shifted(bits);
    }
    return aligned;
  }

  /// `f` of the elements brought to one fraction.
  private Operand[] zip(FixedValue v, FixedValue x, FixedValue y, Binary f) {
    int fraction = Math.max(x.precision().fraction(), y.precision().fraction());
    return zip(sample(v), aligned(of(x), fraction - x.precision().fraction()), sample(x),
        aligned(of(y), fraction - y.precision().fraction()), sample(y), f);
  }

  private static Operand[] zip(Shape shape, Operand[] x, Shape xShape, Operand[] y, Shape yShape, Binary f) {
    int[] inX = Walk.sources(xShape, shape);
    int[] inY = Walk.sources(yShape, shape);
    Operand[] to = new Operand[shape.size()];
    for (int i = 0; i < to.length; i++) {
      to[i] = f.apply(x[inX[i]], y[inY[i]]);
    }
    return to;
  }

  private Operand absolute(Operand x) {
    Range range = b.range(x);
    if (range.low() >= 0) {
      return x;
    }
    return range.high() <= 0 ? b.negate(x)
        : b.select(b.compare(Comparison.LT, x, b.constant(0)), b.negate(x), x);
  }

  private Operand[] select(FixedValue v, FixedValue condition, FixedValue x, FixedValue y) {
    int[] inCondition = Walk.sources(sample(condition), sample(v));
    int[] next = {0};
    return zip(v, x, y, (p, q) -> b.select(of(condition)[inCondition[next[0]++]], p, q));
  }

  private Operand[] quantize(FixedValue x, ElementTypes types) {
    int[] ofType = Walk.sources(types.grid(), sample(x));
    int[] next = {0};
    return map(x, o -> {
      FixedType type = types.types().get(ofType[next[0]++]);
      return rounder.quantize(o, x.precision().fraction(), type).shifted(types.fraction() - type.fraction());
    });
  }

  private Operand[] divide(FixedOp.Divide op) {
    ElementTypes types = op.types();
    int[] ofType = Walk.sources(types.grid(), sample(op.x()));
    int[] ofDivisor = Walk.sources(op.divisor().shape(), sample(op.x()));
    int[] next = {0};
    return map(op.x(), o -> {
      int i = next[0]++;
      FixedType type = types.types().get(ofType[i]);
      return rounder.quotient(o, op.divisor().raw()[ofDivisor[i]], op.x().precision().fraction(), type)
          .shifted(types.fraction() - type.fraction());
    });
  }

  private Operand[] lookup(FixedOp.Lookup op) {
    int[] ofWhich = Walk.sources(op.which().shape(), sample(op.x()));
    int[] next = {0};
    return map(op.x(), o -> {
      LookupTable table = op.tables().get((int) op.which().raw()[ofWhich[next[0]++]]);
      Range arguments = b.netRange(o);
      long[] entries = new long[Math.toIntExact(arguments.high() - arguments.low() + 1)];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = table.entries()[Math.toIntExact(((arguments.low() + i) << o.shift()) - table.first())];
      }
      return entries.length == 1 ? b.constant(entries[0])
          : b.table(o, new NetTable(table.function(), arguments.low(), entries));
    });
  }

  // ---- moves ------------------------------------------------------------------------------------------------------

  private static Operand[] move(FixedValue v, Operand[] from) {
    int[] sources = Moves.sources(v).orElseThrow();
    Operand[] to = new Operand[sources.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[sources[i]];
    }
    return to;
  }

  private Operand[] pad(FixedValue v, FixedOp.Pad op) {
    List<Operand> from = new ArrayList<>(List.of(aligned(op.x(), v)));
    int bits = v.precision().fraction() - op.value().fraction();
    from.addAll(List.of(aligned(constants(op.value()), bits)));
    return move(v, from.toArray(Operand[]::new));
  }
}
