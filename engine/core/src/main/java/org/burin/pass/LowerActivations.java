package org.burin.pass;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.DoubleToLongFunction;
import org.burin.exec.DoubleTensor;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.exec.ReferenceInterpreter;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Precision;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Makes tables of functions that fixed point does not have.
///
/// The element-wise operations between one fixed-point value and a quantizer are a function of one number that takes few
/// values; the table holds what the operations themselves, run in float32, give for each of them.
///
/// ```
/// %1 = quantize %0 to=fixed<8,3,rnd_conv,sat>
/// %2 = sigmoid %1                                     %2 = lookup %1
/// %3 = mul %1 %2                             becomes      mul(x,sigmoid(x)) for -128 to 127
/// %4 = quantize %3 to=fixed<8,3,rnd_conv,sat>
/// ```
///
/// The range is what is proven of the argument. Constants and types that differ from element to element give a table for
/// each combination. [LookupTable#worstError] compares entries with the operations in double precision before the quantizer,
/// so that it counts rounding and saturation.
final class LowerActivations {
  private static final int LONGEST_TEXT = 80;

  /// The most significant bits that a number may have that is to be a fixed-point number without passing a quantizer. What
  /// functions such as the sigmoid give has more almost everywhere.
  private static final int LONGEST_MANTISSA = 12;

  /// Operations that become a function.
  ///
  /// @param source the value that they depend on
  /// @param members the operations, operands before users; the last one is the result
  /// @param divisor what the argument is divided by to give the source; null where they are the same
  record Region(Value source, List<Value> members, @Nullable Tensor divisor) {
    Value result() {
      return members.getLast();
    }

    Region dividing(Tensor newDivisor) {
      return new Region(source, members, newDivisor);
    }
  }

  /// What a search for a region came to.
  ///
  /// @param region the region, or null where there is none
  /// @param entries the smallest number of entries that a table would have had, or 0 when the values do not depend on one
  ///     fixed-point value
  /// @param obstacle the first fixed-point value beside others or, if there is none, the operation at which the search
  ///     ended
  record Search(@Nullable Region region, long entries, Value obstacle) {}

  /// The fixed-point values, as lowering has found them so far.
  interface Sources {
    /// The exact twin of a value or, of a quotient, that of its dividend; null if it has none.
    @Nullable FixedValue twin(Value v);
  }

  private LowerActivations() {}

  /// The operations from the latest fixed-point value on which all of `result` depends and which takes at most `limit`
  /// values.
  static Search find(Value result, Sources sources, long limit) {
    TreeSet<Value> pending = new TreeSet<>(Comparator.comparingInt(Value::id));
    pending.add(result);
    List<Value> members = new ArrayList<>();
    long fewest = 0;
    Value beside = null;
    while (true) {
      Value v = pending.removeLast();
      FixedValue twin = v == result ? null : sources.twin(v);
      if (pending.isEmpty() && twin != null) {
        long entries = entries(twin.precision());
        fewest = fewest == 0 ? entries : Math.min(fewest, entries);
        if (entries <= limit) {
          members.sort(Comparator.comparingInt(Value::id));
          return new Search(new Region(v, members, null), entries, v);
        }
      }
      beside = beside == null && !pending.isEmpty() && twin != null ? v : beside;
      if (isElementwise(v.op())) {
        members.add(v);
        Operands.of(v.op()).stream().filter(o -> constant(o) == null).forEach(pending::add);
      }
      if (!isElementwise(v.op()) || pending.isEmpty()) {
        return new Search(null, fewest, beside == null ? v : beside);
      }
    }
  }

  static boolean isElementwise(Op op) {
    return op instanceof Op.Unary || op instanceof Op.Binary || op instanceof Op.Select || op instanceof Op.Quantize
        || op instanceof Op.QuantizeBits || op instanceof Op.Broadcast;
  }

  /// The numbers of a value that is constant, perhaps repeated.
  static @Nullable Tensor constant(Value v) {
    return switch (v.op()) {
      case Op.Constant(var t) -> t;
      case Op.Broadcast(var x, _) -> constant(x);
      default -> null;
    };
  }

  /// The number of arguments of a table for all that a value can be; at most 2^62.
  static long entries(Precision p) {
    FixedType type = p.type();
    if (type.width() > 62) {
      return 1L << 62;
    }
    Range range = Range.of(p);
    return ((range.high - range.low) >> range.step) + 1;
  }

  /// The numbers of all positions together.
  private record Range(long low, long high, int step) {
    static Range of(Precision p) {
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      int step = Long.SIZE - 2;
      for (int i = 0; i < p.grid().size(); i++) {
        low = Math.min(low, p.low(i));
        high = Math.max(high, p.high(i));
        step = p.low(i) == 0 && p.high(i) == 0 ? step : Math.min(step, p.step(i));
      }
      return low == 0 && high == 0 ? new Range(0, 0, 0) : new Range(low, high, step);
    }
  }

  /// The tables of a region that a quantizer follows.
  ///
  /// @param x the argument, of the shape of the region's result
  static FixedOp.Lookup lookup(Region region, FixedValue x, Targets targets) {
    Function f = new Function(region, x, Grids.perSample(targets.grid(), region.result().shape().rank()));
    Map<Key, Integer> numbers = new LinkedHashMap<>();
    List<LookupTable> tables = new ArrayList<>();
    long[] which = new long[f.grid.size()];
    for (int p = 0; p < which.length; p++) {
      int position = p;
      FixedTensor mask = targets.mask();
      boolean any = mask == null || mask.raw()[Grids.position(p, f.grid, mask.shape())] != 0;
      FixedType type = targets.types().types().get(Grids.position(p, f.grid, targets.types().grid()));
      Integer known = numbers.get(new Key(f.bits(p), type, any));
      if (known == null) {
        known = tables.size();
        numbers.put(new Key(f.bits(p), type, any), known);
        tables.add(f.table(f.at(p), targets.types().fraction(), y -> targets.raw(y, position, f.grid)));
      }
      which[p] = known;
    }
    return f.lookup(which, tables);
  }

  /// The tables of a region whose results are fixed-point numbers as they are, such as powers of two; null where they
  /// are not: where one is not finite or has more than [#LONGEST_MANTISSA] significant bits.
  ///
  /// @param x the argument, of the shape of the region's result
  static FixedOp.@Nullable Lookup natural(Region region, FixedValue x) {
    Function f = new Function(region, x, Grids.perSample(Shape.SCALAR, region.result().shape().rank()));
    Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
    List<Numbers> functions = new ArrayList<>();
    long[] which = new long[f.grid.size()];
    for (int p = 0; p < which.length; p++) {
      Integer known = numbers.get(f.bits(p));
      if (known == null) {
        known = functions.size();
        numbers.put(f.bits(p), known);
        functions.add(f.at(p));
      }
      which[p] = known;
    }
    int finest = Integer.MAX_VALUE;
    int highest = Integer.MIN_VALUE;
    for (Numbers numbersOf : functions) {
      for (float y : numbersOf.floats()) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(Dyadic.mantissa(y)));
        if (!Float.isFinite(y) || bits > LONGEST_MANTISSA) {
          return null;
        }
        finest = y == 0 ? finest : Math.min(finest, Dyadic.exponent(y));
        highest = y == 0 ? highest : Math.max(highest, Dyadic.exponent(y) + bits);
      }
    }
    int fraction = finest == Integer.MAX_VALUE ? 0 : -finest;
    if (highest + fraction > Long.SIZE - 2) {
      return null;
    }
    return f.lookup(which, functions.stream()
        .map(n -> f.table(n, fraction, y -> (long) Math.scalb(y, fraction))).toList());
  }

  /// What makes the table of one position: the bits of the constants there, and the type of the result.
  private record Key(List<Integer> constants, FixedType type, boolean any) {}

  /// A region as a function of each of its arguments.
  ///
  /// @param constants the constants at the position
  /// @param floats what float32 gives
  /// @param doubles what double precision gives
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Numbers(Map<Value, Float> constants, float[] floats, double[] doubles) {}

  /// A region over all that its argument can be.
  private static final class Function {
    private final Region region;
    private final FixedValue x;
    private final Range range;
    private final Tensor arguments;
    private final Map<Value, Tensor> constants;
    private final Shape grid;

    Function(Region region, FixedValue x, Shape typeGrid) {
      this.region = region;
      this.x = x;
      range = Range.of(x.precision());
      arguments = Tensor.zeros(Shape.of((int) (range.high - range.low) + 1));
      for (int i = 0; i < arguments.size(); i++) {
        arguments.data()[i] = Math.scalb((float) (range.low + i), -x.precision().fraction());
      }
      constants = constants(region);
      Shape all = typeGrid;
      for (Tensor t : constants.values()) {
        all = Shape.broadcast(all, t.shape());
      }
      grid = all;
    }

    /// The bits of the constants at a position of the grid.
    List<Integer> bits(int position) {
      return constants.values().stream()
          .map(t -> Float.floatToRawIntBits(t.data()[Grids.position(position, grid, t.shape())]))
          .toList();
    }

    /// The function at a position of the grid.
    Numbers at(int position) {
      Map<Value, Float> scalars = new HashMap<>();
      constants.forEach((v, t) -> scalars.put(v, t.data()[Grids.position(position, grid, t.shape())]));
      Graph graph = graph(region, scalars, arguments.shape());
      Plan plan = Plan.compile(graph, Map.of(), PlanOptions.DEFAULT);
      System.arraycopy(arguments.data(), 0, plan.input("x").data(), 0, arguments.size());
      plan.run();
      double[] doubles =
          ReferenceInterpreter.run(graph, Map.of("x", DoubleTensor.of(arguments)), Map.of()).output("y").data();
      return new Numbers(scalars, plan.output("y").data(), doubles);
    }

    LookupTable table(Numbers numbers, int fraction, DoubleToLongFunction raw) {
      long[] entries = new long[numbers.floats().length];
      double worst = 0;
      for (int i = 0; i < entries.length; i++) {
        entries[i] = raw.applyAsLong(numbers.floats()[i]);
        double error = Math.abs(Math.scalb((double) entries[i], -fraction) - numbers.doubles()[i]);
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
      }
      return new LookupTable(
          text(region, numbers.constants()), x.precision().fraction(), range.low, fraction, entries, worst);
    }

    FixedOp.Lookup lookup(long[] which, List<LookupTable> tables) {
      FixedTensor numbers =
          tables.size() == 1 ? FixedTensor.of(Shape.SCALAR, 0, 0L) : FixedTensor.of(grid, 0, which);
      return new FixedOp.Lookup(x, numbers, List.copyOf(tables));
    }
  }

  private static Map<Value, Tensor> constants(Region region) {
    Map<Value, Tensor> constants = new LinkedHashMap<>();
    if (region.divisor() != null) {
      constants.put(region.source(), region.divisor());
    }
    for (Value m : region.members()) {
      for (Value o : Operands.of(m.op())) {
        Tensor t = constant(o);
        if (t != null) {
          constants.put(o, t);
        }
      }
    }
    return constants;
  }

  /// The region as a graph of its own, from a vector `x` to a vector `y`.
  private static Graph graph(Region region, Map<Value, Float> constants, Shape arguments) {
    GraphBuilder b = new GraphBuilder("table");
    Map<Value, Value> copies = new HashMap<>();
    Value x = b.input("x", arguments);
    copies.put(region.source(), x);
    constants.forEach((v, c) -> copies.put(v, v == region.source() ? b.div(x, b.constant(c)) : b.constant(c)));
    for (Value m : region.members()) {
      Op op = Operands.map(m.op(), o -> Objects.requireNonNull(copies.get(o)));
      copies.put(m, op instanceof Op.Broadcast(var from, _) ? from : b.add(op));
    }
    Value y = Objects.requireNonNull(copies.get(region.result()));
    b.output("y", b.broadcast(y, arguments));
    return b.build();
  }

  /// The region as a formula such as `mul(x,sigmoid(x))`; if that is long, how many operations it has.
  private static String text(Region region, Map<Value, Float> constants) {
    Map<Value, String> texts = new HashMap<>();
    texts.put(region.source(), "x");
    constants.forEach((v, c) -> texts.put(v, v == region.source() ? "div(x," + c + ")" : Float.toString(c)));
    for (Value m : region.members()) {
      String call = IrText.print(m.op());
      String name = call.substring(0, call.indexOf(' '));
      StringBuilder s = new StringBuilder(name).append('(');
      for (Value o : Operands.of(m.op())) {
        s.append(s.charAt(s.length() - 1) == '(' ? "" : ",").append(texts.get(o));
      }
      s.append(')');
      texts.put(m, m.op() instanceof Op.Broadcast(var x, _) ? Objects.requireNonNull(texts.get(x))
          : s.length() > 4 * LONGEST_TEXT ? "..." : s.toString());
    }
    String whole = Objects.requireNonNull(texts.get(region.result()));
    return whole.length() <= LONGEST_TEXT ? whole : "function of " + region.members().size() + " operations";
  }
}
