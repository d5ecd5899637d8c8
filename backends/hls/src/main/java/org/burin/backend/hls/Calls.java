package org.burin.backend.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.burin.backend.hls.Design.Call;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedOp.Absolute;
import org.burin.fixed.FixedOp.Add;
import org.burin.fixed.FixedOp.ArgMax;
import org.burin.fixed.FixedOp.Broadcast;
import org.burin.fixed.FixedOp.Compare;
import org.burin.fixed.FixedOp.Comparison;
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
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// The calls of the kernel library that compute one value.
final class Calls {
  private final DesignBuilder design;
  private final FixedValue v;
  private final String name;
  private final Shape shape;
  private final FixedType type;
  private final List<String> config = new ArrayList<>();

  Calls(DesignBuilder design, FixedValue v, String name) {
    this.design = design;
    this.v = v;
    this.name = name;
    shape = v.shape().bind(1);
    type = Containers.of(v);
  }

  List<Call> of() {
    return switch (v.op()) {
      case Input _, Constant _, Reshape _ -> List.of(move(v.op() instanceof Reshape(var x, _) ? x : v, "burin::same"));
      case Quantize(var x, var types) -> List.of(quantize(x, types));
      case Divide o -> List.of(divide(o));
      case Lookup o -> List.of(lookup(o));
      case Add(var a, var b) -> List.of(binary("add", a, b));
      case Subtract(var a, var b) -> List.of(binary("subtract", a, b));
      case Multiply(var a, var b) -> List.of(binary("multiply", a, b));
      case Negate(var x) -> List.of(unary("negate", x));
      case Absolute(var x) -> List.of(unary("absolute", x));
      case Shift(var x, _) -> List.of(unary("scale", x));
      case Maximum(var a, var b) -> List.of(binary("maximum", a, b));
      case Minimum(var a, var b) -> List.of(binary("minimum", a, b));
      case Compare(var comparison, var a, var b) -> List.of(binary(comparison(comparison), a, b));
      case Select(var c, var a, var b) -> List.of(select(c, a, b));
      case MatMul o -> List.of(new ProductCalls(design, v, name).matMul(o));
      case Conv2d o -> List.of(new ProductCalls(design, v, name).conv2d(o));
      case Conv2dTranspose o -> List.of(new ProductCalls(design, v, name).conv2dTranspose(o));
      case MaxPool2d(var x, var kh, var kw, var window) -> List.of(pool("max", x, kh, kw, window));
      case SumPool2d(var x, var kh, var kw, var window) -> List.of(pool("sum", x, kh, kw, window));
      case Upsample2d(var x, var fh, var fw) -> List.of(move(x, upsample(x, fh, fw)));
      case Sum(var x, var axes, _) -> List.of(reduce("reduce_sum", x, axes));
      case Max(var x, var axes, _) -> List.of(reduce("reduce_max", x, axes));
      case ArgMax(var x, var axis) -> List.of(reduce("arg_max", x, List.of(axis)));
      case Gather o -> List.of(gather(o));
      case Concat(var parts, var axis) -> concat(parts, axis);
      case Slice o -> List.of(move(o.x(), slice(o)));
      case Pad o -> List.of(pad(o));
      case Transpose(var x, var permutation) -> List.of(move(x,
          Views.of(0, shape.dims(), Views.pick(x.shape().bind(1).strides(), permutation))));
      case Broadcast(var x, _) -> List.of(move(x, Views.broadcast(x.shape().bind(1), shape)));
    };
  }

  // ---- lines of configurations --------------------------------------------------------------------------------------

  static String count(String constant, long number) {
    return "static constexpr unsigned " + constant + " = " + number + ";";
  }

  static String integer(String constant, long number) {
    return "static constexpr int " + constant + " = " + number + ";";
  }

  static String alias(String alias, String type) {
    return "typedef " + type + " " + alias + ";";
  }

  /// A function of an index that is a table, or a number if all entries are the same.
  private static List<String> table(String function, String result, long[] entries) {
    if (LongStream.of(entries).distinct().count() <= 1) {
      return List.of("static constexpr " + result + " " + function + "(unsigned) { return " + entries[0] + "; }");
    }
    return List.of("static " + result + " " + function + "(unsigned i) {",
        "  static const " + IntegerArrays.element(entries) + " table[" + entries.length + "] = {"
        + IntegerArrays.list(entries) + "};", "  return table[i];", "}");
  }

  private Call call(String function, FixedValue... operands) {
    List<String> arguments = new ArrayList<>();
    for (FixedValue o : operands) {
      arguments.add(design.array(o, name));
    }
    arguments.add(design.array(v, name));
    return new Call(name, v.layer(), function, config, arguments);
  }

  // ---- element by element -------------------------------------------------------------------------------------------

  private Call unary(String function, FixedValue x) {
    config.add(count("n", shape.size()));
    config.add(alias("x_type", design.type(x)));
    return call(function, x);
  }

  private Call move(FixedValue x, String at) {
    config.add(count("n", shape.size()));
    config.add(alias("x_type", design.type(x)));
    config.add(alias("x_at", at));
    return call("rearrange", x);
  }

  private void operand(String letter, FixedValue x) {
    config.add(alias(letter + "_type", design.type(x)));
    config.add(alias(letter + "_at", Views.broadcast(x.shape().bind(1), shape)));
  }

  private Call binary(String function, FixedValue a, FixedValue b) {
    config.add(count("n", shape.size()));
    config.add(alias("function", "burin::" + function));
    operand("a", a);
    operand("b", b);
    return call("binary", a, b);
  }

  private static String comparison(Comparison comparison) {
    return switch (comparison) {
      case LT -> "less";
      case LE -> "less_or_equal";
      case GT -> "greater";
      case GE -> "greater_or_equal";
      case EQ -> "equal";
      case NE -> "not_equal";
    };
  }

  private Call select(FixedValue c, FixedValue a, FixedValue b) {
    config.add(count("n", shape.size()));
    operand("c", c);
    operand("a", a);
    operand("b", b);
    return call("select", c, a, b);
  }

  // ---- where information is lost ------------------------------------------------------------------------------------

  private Call quantize(FixedValue x, ElementTypes types) {
    FixedType to = types.types().getFirst();
    if (types.isUniform() && design.dialect().rounds(to.rounding())) {
      config.add(alias("quantized_type", design.dialect().type(to)));
      return unary("quantize", x);
    }
    FixedType from = Containers.of(x);
    int word = type.width() + 1;
    for (FixedType t : types.types()) {
      int shift = shift(from, t);
      word = Math.max(word, Math.max(from.width() + Math.max(shift, 0), t.width()) + 2);
    }
    grid(types, from, word);
    return unary("quantize_each", x);
  }

  /// How far the raw integers of a type are moved, no farther than makes a difference.
  private static int shift(FixedType from, FixedType to) {
    return Math.clamp((long) to.fraction() - from.fraction(), -from.width() - 1, to.width() + 1);
  }

  private void grid(ElementTypes types, FixedType from, int word) {
    List<FixedType> all = types.isUniform() ? List.of(types.types().getFirst()) : types.types();
    config.add(alias("word_type", "burin::whole<" + word + ">"));
    config.add(alias("grid_at", types.isUniform() ? "burin::scalar" : Views.broadcast(types.grid(), shape)));
    config.addAll(table("shift", "int", numbers(all, t -> v.op() instanceof Divide
        ? t.fraction() - from.fraction() : shift(from, t))));
    config.addAll(table("width", "int", numbers(all, FixedType::width)));
    config.addAll(table("is_signed", "int", numbers(all, t -> t.signed() ? 1 : 0)));
    config.addAll(table("rounding", "int", numbers(all, t -> t.rounding().compareTo(Rounding.TRN))));
    config.addAll(table("overflow", "int", numbers(all, t -> t.overflow().compareTo(Overflow.WRAP))));
    config.addAll(table("align", "int", numbers(all, t ->
        Math.clamp((long) type.fraction() - t.fraction(), 1 - word, word - 1))));
  }

  private static long[] numbers(List<FixedType> types, ToLongFunction<FixedType> f) {
    return types.stream().mapToLong(f).toArray();
  }

  private Call divide(Divide o) {
    FixedType from = Containers.of(o.x());
    long most = LongStream.of(o.divisor().raw()).max().orElse(1);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(most);
    int word = type.width() + 1;
    for (FixedType t : o.types().types()) {
      int shift = t.fraction() - from.fraction();
      word = Math.max(word, Math.max(from.width() + Math.max(shift, 0), bits + Math.max(-shift, 0)) + 3);
      word = Math.max(word, t.width() + 2);
    }
    grid(o.types(), from, word);
    config.add(alias("divisor_at", Views.broadcast(o.divisor().shape(), shape)));
    config.add("static const " + IntegerArrays.element(o.divisor().raw()) + " *divisors() {");
    config.add("  static const " + IntegerArrays.element(o.divisor().raw()) + " table[" + o.divisor().size() + "] = {"
        + IntegerArrays.list(o.divisor().raw()) + "};");
    config.add("  return table;");
    config.add("}");
    return unary("divide", o.x());
  }

  private Call lookup(Lookup o) {
    FixedType from = Containers.of(o.x());
    int step = o.x().precision().fraction() - from.fraction();
    long low = o.x().precision().low();
    long high = o.x().precision().high();
    List<Long> entries = new ArrayList<>();
    long[] first = new long[o.tables().size()];
    int shift = v.precision().fraction() - type.fraction();
    for (int t = 0; t < first.length; t++) {
      LookupTable table = o.tables().get(t);
      long begin = Math.max(low, table.first());
      long end = Math.min(high, table.first() + table.entries().length - 1);
      long k = step < 0 ? 0 : -Math.floorDiv(-begin, 1L << step);
      first[t] = entries.size() - k;
      for (; step < 0 ? k == 0 && begin <= 0 : k << step <= end; k++) {
        long raw = table.entries()[(int) ((step < 0 ? 0 : k << step) - table.first())];
        entries.add(IntegerArrays.wrapped(shift < 0 ? raw << -shift : raw >> shift, type));
      }
    }
    long[] all = entries.stream().mapToLong(Long::longValue).toArray();
    long[] which = o.which().raw();
    config.addAll(table("first", "long long", first));
    config.add(alias("which_at", first.length == 1 ? "burin::scalar" : Views.broadcast(o.which().shape(), shape)));
    config.addAll(table("which", "unsigned", first.length == 1 ? new long[1] : which));
    config.add(count("n_entries", all.length));
    config.add("static const " + IntegerArrays.element(all) + " *entries() {");
    config.add("  // " + String.join(", ", o.tables().stream().map(LookupTable::toString).toList()));
    config.add("  static const " + IntegerArrays.element(all) + " table[n_entries] = {" + IntegerArrays.list(all) + "};");
    config.add("  return table;");
    config.add("}");
    return unary("lookup", o.x());
  }

  // ---- windows and reductions ---------------------------------------------------------------------------------------

  private Call pool(String function, FixedValue x, int kernelH, int kernelW, Window window) {
    FixedType from = Containers.of(x);
    Shape image = x.shape().bind(1);
    config.addAll(window(image, shape, kernelH, kernelW, window));
    config.add(count("channels", image.dim(3)));
    config.add(alias("function", "burin::pool_" + function));
    config.add(alias("x_type", design.type(x)));
    config.add(alias("accum_type", function.equals("max") ? design.type(x)
        : design.dialect().type(Containers.sum(type, from.fraction()))));
    return call("pool2d", x);
  }

  /// How a window walks from `image` to `result`.
  static List<String> window(Shape image, Shape result, int kernelH, int kernelW, Window w) {
    return List.of(integer("height", image.dim(1)), integer("width", image.dim(2)),
        integer("kernel_h", kernelH), integer("kernel_w", kernelW), integer("stride_h", w.strideH()),
        integer("stride_w", w.strideW()), integer("dilation_h", w.dilationH()), integer("dilation_w", w.dilationW()),
        integer("top", w.top()), integer("left", w.left()), integer("out_height", result.dim(1)),
        integer("out_width", result.dim(2)));
  }

  private static String upsample(FixedValue x, int factorH, int factorW) {
    Shape from = x.shape().bind(1);
    int rows = from.dim(1);
    int columns = from.dim(2);
    int channels = from.dim(3);
    return Views.of(0, new int[] {rows, factorH, columns, factorW, channels},
        new int[] {columns * channels, 0, channels, 0, 1});
  }

  private Call reduce(String function, FixedValue x, List<Integer> axes) {
    Shape from = x.shape().bind(1);
    List<Integer> kept = IntStream.range(0, from.rank()).filter(i -> !axes.contains(i)).boxed().toList();
    config.add(count("n_out", shape.size()));
    config.add(count("n_in", from.size() / shape.size()));
    config.add(alias("o_at", Views.of(0, Views.pick(from.dims(), kept), Views.pick(from.strides(), kept))));
    config.add(alias("i_at", Views.of(0, Views.pick(from.dims(), axes), Views.pick(from.strides(), axes))));
    config.add(alias("x_type", design.type(x)));
    if (function.equals("reduce_sum")) {
      config.add(alias("accum_type",
          design.dialect().type(Containers.sum(type, Containers.of(x).fraction()))));
    }
    return call(function, x);
  }

  // ---- moving data --------------------------------------------------------------------------------------------------

  private Call gather(Gather o) {
    Shape from = o.x().shape().bind(1);
    int[] dims = from.dims();
    FixedType index = Containers.of(o.indices());
    config.add(count("n_outer", IntStream.of(dims).limit(o.axis()).reduce(1, (a, b) -> a * b)));
    config.add(count("n_axis", dims[o.axis()]));
    config.add(count("n_inner", IntStream.of(dims).skip(o.axis() + 1L).reduce(1, (a, b) -> a * b)));
    config.add(count("n_index", o.indices().shape().bind(1).size()));
    config.add(integer("index_shift", Math.max(0, -index.fraction())));
    config.add(alias("x_type", design.type(o.x())));
    config.add(alias("index_type", design.type(o.indices())));
    return call("gather", o.x(), o.indices());
  }

  private List<Call> concat(List<FixedValue> parts, int axis) {
    if (parts.size() == 1) {
      return List.of(move(parts.getFirst(), "burin::same"));
    }
    List<Call> calls = new ArrayList<>();
    int inner = shape.strides()[axis];
    int outer = shape.size() / (shape.dim(axis) * inner);
    String joined = design.array(parts.getFirst(), name);
    String joinedType = design.type(parts.getFirst());
    int extent = parts.getFirst().shape().dim(axis);
    for (int i = 1; i < parts.size(); i++) {
      FixedValue part = parts.get(i);
      boolean last = i == parts.size() - 1;
      String to = last ? design.array(v, name) : design.names().unique(name + "_part");
      String step = last ? name : to;
      if (!last) {
        design.addArray(to, v, type);
      }
      calls.add(new Call(step, v.layer(), "concatenate", List.of(count("n_outer", outer),
          count("n_a", (long) extent * inner), count("n_b", (long) part.shape().dim(axis) * inner),
          alias("a_type", joinedType), alias("b_type", design.type(part))),
          List.of(joined, design.array(part, name), to)));
      joined = to;
      joinedType = to + "_t";
      extent += part.shape().dim(axis);
    }
    return calls;
  }

  private String slice(Slice o) {
    int[] strides = o.x().shape().bind(1).strides();
    int first = 0;
    int[] distances = new int[strides.length];
    for (int i = 0; i < strides.length; i++) {
      first += o.starts().get(i) * strides[i];
      distances[i] = o.steps().get(i) * strides[i];
    }
    return Views.of(first, shape.dims(), distances);
  }

  private Call pad(Pad o) {
    int[] strides = shape.strides();
    int first = 0;
    int[] distances = new int[strides.length];
    for (int i = 0; i < strides.length; i++) {
      first += o.low().get(i) * strides[i];
      distances[i] = (o.interior().get(i) + 1) * strides[i];
    }
    Shape from = o.x().shape().bind(1);
    config.add(count("n_out", shape.size()));
    config.add(alias("y_at", Views.of(first, from.dims(), distances)));
    config.add(alias("x_type", design.type(o.x())));
    config.add(count("n", from.size()));
    int shift = type.fraction() - o.value().fraction();
    long raw = o.value().raw()[0];
    config.addAll(table("value", "long long", new long[] {shift < 0 ? raw >> -shift : raw << shift}));
    config.replaceAll(line -> line.replace("value(unsigned)", "value()"));
    return call("pad", o.x());
  }
}
