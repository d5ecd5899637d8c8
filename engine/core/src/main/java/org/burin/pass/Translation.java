package org.burin.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedException;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;
import org.jspecify.annotations.Nullable;

/// One run of [LowerToFixed] over a graph, value by value.
final class Translation {
  private static final int LEAST_INTEGER = -512;

  /// Where exact arithmetic is possible too, a table must be this small to be preferred.
  private static final int SMALL_TABLE = 1 << 12;

  private final Graph graph;
  private final Problems problems;
  private final int tableEntries;
  private final FixedGraphBuilder b;
  private final Arithmetic arithmetic;
  private final List<Form> forms = new ArrayList<>();
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Map<FixedValue, Inexact> roundings = new LinkedHashMap<>();
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<Value, FixedValue> constants = new HashMap<>();

  /// An input and the types that it was given.
  private record Input(FixedValue value, ElementTypes types) {}

  /// @param origins for values of the graph those that they were before the passes
  Translation(Graph graph, Map<Value, Value> origins, int tableEntries) {
    this.graph = graph;
    problems = new Problems(graph, origins);
    this.tableEntries = tableEntries;
    b = new FixedGraphBuilder(graph.name());
    arithmetic = new Arithmetic(b);
  }

  /// Translates every value and names those outputs that are wanted.
  ///
  /// @throws LoweringException with all problems
  FixedGraphBuilder run(Predicate<String> wanted) {
    for (Value v : graph.values()) {
      forms.add(attempt(v, () -> translate(v)));
    }
    graph.outputs().forEach((name, v) -> {
      if (wanted.test(name)) {
        attempt(v, () -> {
          b.output(name, twin(v));
          return form(v);
        });
      }
    });
    if (!found.isEmpty()) {
      throw new LoweringException(graph.name(), List.copyOf(found));
    }
    return b;
  }

  /// Where float32 may round, of those fixed-point values that matter.
  List<Inexact> inexact(Set<FixedValue> live) {
    return roundings.entrySet().stream().filter(e -> live.contains(e.getKey())).map(Map.Entry::getValue).toList();
  }

  /// The exact twin of a value, or null if it has none.
  @Nullable FixedValue twinOrNull(Value v) {
    return form(v) instanceof Form.Exact(var value, _) ? value : constants.get(v);
  }

  private Form attempt(Value v, Supplier<Form> body) {
    try {
      return b.within(v.layer(), body);
    } catch (Refusal r) {
      if (r.diagnostic() != null) {
        found.add(r.diagnostic());
      }
    } catch (FixedException e) {
      found.add(problems.tooWide(v, e));
    } catch (IllegalArgumentException e) {
      found.add(problems.of(v, Objects.requireNonNullElse(e.getMessage(), e.toString()),
          "choose other types or other numbers"));
    }
    return new Form.Broken();
  }

  // ---- forms ------------------------------------------------------------------------------------------------------

  private Form form(Value v) {
    return forms.get(v.id());
  }

  /// The exact twin of an operand.
  private FixedValue twin(Value v) {
    return switch (form(v)) {
      case Form.Exact(var value, _) -> value;
      case Form.Known() -> constant(v);
      case Form.Quotient _ -> throw Refusal.of(problems.noFixedForm(v));
      case Form.FloatOnly(var why, _) -> {
        Form.Exact natural = natural(v);
        if (natural == null) {
          throw Refusal.of(why);
        }
        yield natural.value();
      }
      case Form.Broken() -> throw Refusal.consequence();
    };
  }

  /// Looks for fixed-point numbers among operands that are computed in floats.
  private void findNatural(List<Value> operands) {
    operands.stream().filter(o -> form(o) instanceof Form.FloatOnly(_, var lasting) && !lasting).forEach(this::natural);
  }

  /// The form of a value that is computed in floats but is a fixed-point number as it is, such as a power of two; null for
  /// others. The form is kept.
  private Form.@Nullable Exact natural(Value v) {
    LowerActivations.Region region = region(v, tableEntries);
    FixedOp.Lookup lookup = region == null ? null : LowerActivations.natural(region, argument(region));
    if (region == null || lookup == null) {
      return null;
    }
    Form.Exact form = b.within(v.layer(), () -> result(b.add(lookup), inFloat(region.source())));
    forms.set(v.id(), form);
    return form;
  }

  private FixedValue constant(Value v) {
    FixedValue known = constants.get(v);
    if (known != null) {
      return known;
    }
    Tensor t = Objects.requireNonNull(LowerActivations.constant(v));
    try {
      FixedValue twin = b.within(v.layer(), () -> b.add(new FixedOp.Constant(Dyadic.fixed(t))));
      constants.put(v, twin);
      return twin;
    } catch (IllegalArgumentException e) {
      throw Refusal.of(problems.of(v, Objects.requireNonNullElse(e.getMessage(), "") + " (constant " + t.shape() + ")",
          "quantize it: kernels and biases with kernelQuantizer and biasQuantizer"));
    }
  }

  private boolean inFloat(Value v) {
    return switch (form(v)) {
      case Form.Exact(_, var inFloat) -> inFloat;
      case Form.Quotient(_, _, var inFloat) -> inFloat;
      case Form.Known _, Form.FloatOnly _, Form.Broken _ -> true;
    };
  }

  /// A value with an exact operation of its own.
  private Form exact(Value v, FixedValue twin) {
    boolean before = Operands.of(v.op()).stream().allMatch(this::inFloat);
    int bits = VerifyExact.bits(twin);
    boolean after = before && bits <= VerifyExact.FLOAT_BITS && VerifyExact.holds(twin.precision());
    if (before && !after) {
      roundings.putIfAbsent(twin, new Inexact(v.layer(), problems.text(v), bits));
    }
    return new Form.Exact(twin, after);
  }

  /// Why a value cannot have a twin: an operand has none. Null if all have.
  private @Nullable Form obstacle(Value v, List<Value> operands) {
    for (Value o : operands) {
      switch (form(o)) {
        case Form.Broken broken -> {
          return broken;
        }
        case Form.FloatOnly only -> {
          return only;
        }
        case Form.Quotient _ -> {
          return new Form.FloatOnly(problems.noFixedForm(v), false);
        }
        case Form.Known _, Form.Exact _ -> { }
      }
    }
    return null;
  }

  private Form elementwise(Value v, Supplier<@Nullable FixedValue> arithmetic) {
    List<Value> operands = Operands.of(v.op());
    if (operands.stream().filter(o -> LowerActivations.constant(o) == null).distinct().count() > 1) {
      findNatural(operands);
    }
    Form obstacle = obstacle(v, operands);
    if (obstacle != null) {
      return floatOnly(v, obstacle);
    }
    try {
      FixedValue twin = arithmetic.get();
      return twin == null ? new Form.FloatOnly(problems.noFixedForm(v), false) : exact(v, twin);
    } catch (FixedException e) {
      return new Form.FloatOnly(problems.tooWide(v, e), true);
    }
  }

  /// The form of an element-wise operation on operands that have no twins: a quantizer after it would do, unless there is
  /// a lasting reason.
  private Form floatOnly(Value v, Form obstacle) {
    return obstacle instanceof Form.FloatOnly(_, var lasting) && !lasting
        ? new Form.FloatOnly(problems.noFixedForm(v), false)
        : obstacle;
  }

  // ---- operations -------------------------------------------------------------------------------------------------

  private Form translate(Value v) {
    return switch (v.op()) {
      case Op.Input _ -> new Form.FloatOnly(problems.unquantized(v), true);
      case Op.Parameter _ -> throw Refusal.of(problems.of(v, "it is not bound to numbers", "run the pass constant-fold"));
      case Op.Constant _ -> new Form.Known();
      case Op.RandomUniform _ -> throw Refusal.of(problems.of(v, "random numbers have no place in what is deployed",
          "use stochastic layers and quantizers in the graph to train only"));
      case Op.Unary(var fn, var x) -> elementwise(v, () -> arithmetic.unary(fn, twin(x)));
      case Op.Binary(var fn, var x, var y) when fn == BinaryFn.DIV -> divide(v, x, y);
      case Op.Binary(var fn, var x, var y) -> elementwise(v, () -> arithmetic.binary(fn, twin(x), twin(y)));
      case Op.Select(var c, var x, var y) ->
          elementwise(v, () -> b.add(new FixedOp.Select(twin(c), twin(x), twin(y))));
      case Op.Quantize(var x, var type) -> quantize(v, x, Targets.of(type));
      case Op.QuantizeBits o -> quantize(v, o.x(), targets(v, o));
      case Op.StopGradient(var x) -> form(x);
      case Op.StraightThrough(var value, _) -> form(value);
      case Op.MatMul(var x, var y, var tx, var ty) -> exact(v, b.add(new FixedOp.MatMul(twin(x), twin(y), tx, ty)));
      case Op.Conv2d(var x, var w, var window, var groups) ->
          exact(v, b.add(new FixedOp.Conv2d(twin(x), twin(w), window, groups)));
      case Op.Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          exact(v, b.add(new FixedOp.Conv2dTranspose(twin(y), twin(w), window, groups, height, width)));
      case Op.AveragePool2d o -> averagePool(v, o);
      case Op.Reduce(var fn, var x, var axes, var keep) when fn != ReduceFn.MAX -> {
        if (fn == ReduceFn.MEAN || axes.contains(x.shape().batchAxis())) {
          throw Refusal.of(problems.of(v, "it folds samples together", "fixed-point graphs compute each sample by itself"));
        }
        yield exact(v, b.add(new FixedOp.Sum(twin(x), axes, keep)));
      }
      case Op.ArgMax(var x, var axis) -> exact(v, b.add(new FixedOp.ArgMax(twin(x), axis)));
      case Op.Softmax _, Op.LogSoftmax _ -> new Form.FloatOnly(problems.of(v, "it has no fixed-point form",
          "use the quantized softmax layer, or let the model give out what goes into the softmax"), true);
      case Op.Gather(var x, var indices, var axis) -> gather(v, x, indices, axis);
      case Op.MaxPool2d _, Op.Reduce _, Op.Upsample2d _, Op.Concat _, Op.Slice _, Op.Pad _, Op.Reshape _,
          Op.Transpose _, Op.Broadcast _ -> move(v);
      case Op.Conv2dKernel _, Op.MaxPool2dScatter _, Op.MaxPool2dGather _, Op.AveragePool2dAdjoint _,
          Op.ScatterAdd _ -> throw problems.onlyGradients(v);
    };
  }

  private Form divide(Value v, Value x, Value y) {
    Form obstacle = obstacle(v, List.of(x, y));
    if (obstacle != null) {
      return floatOnly(v, obstacle);
    }
    Tensor divisor = LowerActivations.constant(y);
    try {
      Arithmetic.Fraction quotient = divisor == null ? null : arithmetic.divide(twin(x), divisor);
      return quotient == null ? new Form.FloatOnly(problems.noFixedForm(v), false) : fraction(v, quotient, inFloat(x));
    } catch (FixedException e) {
      return new Form.FloatOnly(problems.tooWide(v, e), true);
    }
  }

  private Form fraction(Value v, Arithmetic.Fraction quotient, boolean inFloat) {
    return quotient.divisor() == null
        ? exact(v, quotient.dividend())
        : new Form.Quotient(quotient.dividend(), quotient.divisor(), inFloat);
  }

  private Form averagePool(Value v, Op.AveragePool2d o) {
    FixedValue sum = b.add(new FixedOp.SumPool2d(twin(o.x()), o.kernelH(), o.kernelW(), o.window()));
    Form summed = exact(v, sum);
    Shape image = o.x().shape();
    Window w = o.window();
    int height = v.shape().dim(1);
    int width = v.shape().dim(2);
    int[] counts = new int[height * width];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = inside(i / width, w.strideH(), w.top(), o.kernelH(), image.dim(1))
          * inside(i % width, w.strideW(), w.left(), o.kernelW(), image.dim(2));
    }
    Arithmetic.Fraction quotient = arithmetic.divide(sum, counts, Shape.of(1, height, width, 1));
    boolean inFloat = summed instanceof Form.Exact(_, var exactly) && exactly;
    return quotient.divisor() == null
        ? new Form.Exact(quotient.dividend(), inFloat && VerifyExact.holds(quotient.dividend().precision()))
        : new Form.Quotient(quotient.dividend(), quotient.divisor(), inFloat);
  }

  /// How many of a window's positions along one axis lie inside the image.
  private static int inside(int position, int stride, int before, int kernel, int extent) {
    int from = position * stride - before;
    return Math.min(extent, from + kernel) - Math.max(0, from);
  }

  /// A gather; the positions may be an input that has passed no quantizer, since they are whole numbers.
  private Form gather(Value v, Value x, Value indices, int axis) {
    FixedValue positions;
    if (indices.op() instanceof Op.Input(var name, var shape)) {
      int last = x.shape().dim(axis) - 1;
      int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(last));
      FixedType type = new FixedType(false, bits, bits, Rounding.RND_CONV, Overflow.SAT);
      positions = b.min(input(v, name, shape, Targets.of(type)), b.constant(last, 0));
    } else {
      positions = twin(indices);
    }
    return exact(v, b.add(new FixedOp.Gather(twin(x), positions, axis)));
  }

  private Form move(Value v) {
    List<Value> operands = Moves.operands(v.op());
    if (operands.size() == 1 && form(operands.getFirst()) instanceof Form.Quotient(var dividend, var divisor, var inFloat)
        && divisor.size() == 1 && !(v.op() instanceof Op.Pad)) {
      // One positive divisor for all: what is moved or chosen may as well be the dividends.
      FixedOp moved = Objects.requireNonNull(Moves.fixed(v.op(), o -> dividend, c -> c));
      return new Form.Quotient(b.add(moved), divisor, inFloat);
    }
    findNatural(operands);
    Form obstacle = obstacle(v, operands);
    return obstacle != null ? obstacle
        : exact(v, b.add(Objects.requireNonNull(Moves.fixed(v.op(), this::twin, x -> x))));
  }

  // ---- quantizers -------------------------------------------------------------------------------------------------

  /// The bits of an element are those of its type; fewer integer bits than this stand for a range that is not known yet.
  private Targets targets(Value v, Op.QuantizeBits o) {
    Tensor integer = LowerActivations.constant(o.integer());
    Tensor fraction = LowerActivations.constant(o.fraction());
    if (integer == null || fraction == null) {
      throw Refusal.of(problems.of(v, "its bits depend on the data", "compute them from parameters alone"));
    }
    for (float bits : integer.data()) {
      if (bits < LEAST_INTEGER) {
        throw Refusal.of(problems.of(v, "its tracked integer bits have not seen data",
            "train the model, whose ranges follow the numbers, before it is deployed"));
      }
    }
    return Targets.of(o, integer, fraction);
  }

  private Form quantize(Value v, Value x, Targets targets) {
    Form.Exact q = quantized(v, x, targets);
    if (!q.inFloat() && inFloat(x)) {
      roundings.putIfAbsent(
          q.value(), new Inexact(v.layer(), problems.text(v), VerifyExact.bits(q.value().precision())));
    }
    return q;
  }

  /// The quantizer of value `v` applied to `x`, which is the quantizer's operand or one that was moved to become it.
  private Form.Exact quantized(Value v, Value x, Targets t) {
    return switch (form(x)) {
      case Form.Broken() -> throw Refusal.consequence();
      case Form.Known() -> result(rounded(constant(x), t), true);
      case Form.Exact(var value, var inFloat) when inFloat -> result(rounded(value, t), true);
      case Form.Exact(var value, _) -> {
        Form.Exact table = table(x, t, SMALL_TABLE);
        yield table == null ? result(rounded(value, t), false) : table;
      }
      case Form.Quotient(var dividend, var divisor, var inFloat) -> {
        boolean safe = inFloat && VerifyExact.holdsQuotient(dividend.precision(), t.types());
        Form.Exact table = safe ? null : table(x, t, SMALL_TABLE);
        yield table == null
            ? result(masked(b.add(new FixedOp.Divide(dividend, divisor, t.types())), t), safe)
            : table;
      }
      case Form.FloatOnly(var why, _) -> fromFloat(v, x, t, why);
    };
  }

  private Form.Exact fromFloat(Value v, Value x, Targets t, Diagnostic why) {
    if (x.op() instanceof Op.Input(var name, var shape)) {
      return result(input(v, name, shape, t), true);
    }
    if (!Moves.operands(x.op()).isEmpty() && t.isUniform() && Moves.commutesWith(x.op(), t.type().overflow())) {
      boolean[] inFloat = {true};
      FixedOp moved = Moves.fixed(x.op(), o -> {
        Form.Exact operand = quantized(v, o, t);
        inFloat[0] &= operand.inFloat();
        return operand.value();
      }, c -> FixedMath.quantize(c, t.type()));
      if (moved != null) {
        return result(b.add(moved), inFloat[0]);
      }
    }
    Form.Exact table = table(x, t, tableEntries);
    if (table == null) {
      throw Refusal.of(noTable(v, x, why));
    }
    return table;
  }

  private static Form.Exact result(FixedValue value, boolean inFloat) {
    return new Form.Exact(value, inFloat && VerifyExact.holds(value.precision()));
  }

  private FixedValue rounded(FixedValue x, Targets t) {
    return b.add(new FixedOp.Quantize(masked(x, t), t.types()));
  }

  /// `x`, but 0 where the targets have no bits.
  private FixedValue masked(FixedValue x, Targets t) {
    return t.mask() == null ? x : b.add(new FixedOp.Multiply(x, b.add(new FixedOp.Constant(t.mask()))));
  }

  private FixedValue input(Value v, String name, Shape shape, Targets t) {
    Input known = inputs.get(name);
    if (known == null) {
      FixedValue value = b.within("", () -> b.add(new FixedOp.Input(name, shape, t.types())));
      known = new Input(value, t.types());
      inputs.put(name, known);
    } else if (!known.types.equals(t.types())) {
      throw Refusal.of(problems.of(v, "the input '" + name + "' has the types " + distinct(known.types)
          + " of another quantizer that reads it, and cannot have " + distinct(t.types()) + " as well",
          "let one quantizer read the input, and the other one its result"));
    }
    return masked(known.value, t);
  }

  private static List<FixedType> distinct(ElementTypes types) {
    return types.types().stream().distinct().toList();
  }

  // ---- tables -----------------------------------------------------------------------------------------------------

  private Form.@Nullable Exact table(Value x, Targets t, int limit) {
    LowerActivations.Region region = region(x, limit);
    if (region == null) {
      return null;
    }
    return result(b.add(LowerActivations.lookup(region, argument(region), t)), inFloat(region.source()));
  }

  /// What a table with this result may look up.
  private @Nullable FixedValue argumentOrNull(Value v) {
    return form(v) instanceof Form.Quotient(var dividend, _, _) ? dividend : twinOrNull(v);
  }

  private LowerActivations.@Nullable Region region(Value result, int limit) {
    LowerActivations.Region region = LowerActivations.find(result, this::argumentOrNull, limit).region();
    return region != null && form(region.source()) instanceof Form.Quotient(_, var divisor, _)
        ? region.dividing(Dyadic.floats(divisor))
        : region;
  }

  /// What the region's tables look up: its source with the shape of its result, without low bits that are always 0.
  private FixedValue argument(LowerActivations.Region region) {
    FixedValue source = Objects.requireNonNull(argumentOrNull(region.source()));
    FixedType exact = source.precision().type();
    FixedValue narrow = exact.fraction() < source.precision().fraction() ? b.quantize(source, exact) : source;
    return b.broadcast(narrow, region.result().shape());
  }

  private Diagnostic noTable(Value v, Value x, Diagnostic why) {
    LowerActivations.Search search = LowerActivations.find(x, this::argumentOrNull, tableEntries);
    if (search.entries() > 0) {
      return problems.of(v, "a table of what it quantizes, from the fixed-point value before it, needs " + search.entries()
          + " entries, more than " + tableEntries,
          "quantize the argument of " + problems.text(x) + " to fewer bits, or allow larger tables");
    }
    if (form(search.obstacle()) instanceof Form.Exact) {
      return problems.of(v, "what it quantizes depends on more than one fixed-point value and has no exact form",
          "quantize the result of every function that fixed point does not have before it meets another value");
    }
    return switch (form(search.obstacle())) {
      case Form.FloatOnly(var reason, _) -> reason;
      case Form.Quotient _ -> problems.noFixedForm(search.obstacle());
      case Form.Exact _, Form.Known _, Form.Broken _ -> why;
    };
  }
}
