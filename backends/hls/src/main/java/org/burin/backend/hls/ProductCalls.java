package org.burin.backend.hls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.burin.backend.hls.Design.Call;
import org.burin.backend.hls.HlsSettings.Choice;
import org.burin.codegen.netlist.AdderGraph;
import org.burin.codegen.netlist.AdderGraphs;
import org.burin.codegen.netlist.AdderOptions;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// The calls of the kernel library that compute products: layers with weights.
final class ProductCalls {
  private final DesignBuilder design;
  private final FixedValue v;
  private final String name;
  private final Shape shape;
  private final Choice choice;
  private final List<String> config = new ArrayList<>();

  ProductCalls(DesignBuilder design, FixedValue v, String name) {
    this.design = design;
    this.v = v;
    this.name = name;
    shape = v.shape().bind(1);
    choice = design.settings().choice(v.layer());
  }

  Call matMul(MatMul o) {
    Shape a = o.a().shape().bind(1);
    Shape b = o.b().shape().bind(1);
    int rows = shape.dim(-2);
    int inputs = a.dim(o.transA() ? -2 : -1);
    int outputs = shape.dim(-1);
    int[] walk = Views.head(shape.dims(), shape.rank() - 1);
    config.add(Calls.count("n_rows", shape.size() / outputs));
    config.add(Calls.count("n_in", inputs));
    config.add(Calls.count("n_out", outputs));
    config.add(Calls.alias("a_at", Views.of(0, walk, leading(a, shape.rank(), o.transA() ? 1 : a.dim(-1)))));
    config.add(Calls.count("a_step", o.transA() ? rows : 1));
    boolean packed = DesignBuilder.isConstant(o.b()) && b.size() == inputs * outputs;
    boolean outputMajor = packed || o.transB();
    config.add(Calls.alias("b_at", Views.of(0, walk, leading(b, shape.rank(), 0))));
    config.add(Calls.count("b_column", outputMajor ? inputs : 1));
    config.add(Calls.count("b_step", outputMajor ? 1 : outputs));
    types("a", o.a(), "b", o.b());
    strategy(inputs, outputs);
    if (packed && choice.strategy() == Strategy.DISTRIBUTED_ARITHMETIC) {
      long[] raw = DesignBuilder.raw(o.b());
      long[][] matrix = matrix(o.transB() ? transposed(raw, outputs) : raw, outputs);
      return adders("dense_adders", o.a(), o.b(), matrix);
    }
    String weights = packed ? weights(o.b(), "[" + outputs + " outputs][" + inputs + " inputs]",
        o.transB() ? DesignBuilder.raw(o.b()) : transposed(DesignBuilder.raw(o.b()), inputs))
        : design.array(o.b(), name);
    return call(choice.strategy() == Strategy.RESOURCE ? "dense_resource" : "dense_latency", o.a(), weights);
  }

  /// For the axes before the last the distances in an operand whose rows are `row` apart.
  private static int[] leading(Shape operand, int rank, int row) {
    int[] distances = Views.distances(operand, rank);
    int[] leading = Arrays.copyOf(distances, rank - 1);
    leading[rank - 2] = row;
    return leading;
  }

  private static long[] transposed(long[] raw, int inputs) {
    int outputs = raw.length / inputs;
    long[] t = new long[raw.length];
    for (int i = 0; i < raw.length; i++) {
      t[i % outputs * inputs + i / outputs] = raw[i];
    }
    return t;
  }

  Call conv2d(Conv2d o) {
    Shape image = o.x().shape().bind(1);
    window(image, shape, o.w(), o.window(), o.groups());
    types("x", o.x(), "w", o.w());
    Shape w = o.w().shape();
    int taps = w.dim(0) * w.dim(1) * w.dim(2);
    config.add(Calls.count("n_taps", taps));
    strategy(taps, w.dim(3));
    if (choice.strategy() == Strategy.DISTRIBUTED_ARITHMETIC && o.groups() == 1 && DesignBuilder.isConstant(o.w())) {
      return adders("conv2d_adders", o.x(), o.w(), matrix(DesignBuilder.raw(o.w()), w.dim(3)));
    }
    return call(choice.strategy() == Strategy.RESOURCE ? "conv2d_resource" : "conv2d_latency", o.x(), kernel(o.w()));
  }

  Call conv2dTranspose(Conv2dTranspose o) {
    Shape image = o.y().shape().bind(1);
    window(shape, image, o.w(), o.window(), o.groups());
    types("x", o.y(), "w", o.w());
    return call("conv2d_transpose", o.y(), kernel(o.w()));
  }

  /// A convolution of `image` to `result`.
  private void window(Shape image, Shape result, FixedValue w, Window window, int groups) {
    config.addAll(Calls.window(image, result, w.shape().dim(0), w.shape().dim(1), window));
    config.add(Calls.count("n_pixels", (long) shape.dim(1) * shape.dim(2)));
    config.add(Calls.count("channels", image.dim(3)));
    config.add(Calls.count("group_channels", w.shape().dim(2)));
    config.add(Calls.count("filters", w.shape().dim(3)));
    config.add(Calls.count("groups", groups));
  }

  private String kernel(FixedValue w) {
    return DesignBuilder.isConstant(w)
        ? weights(w, "[kernel_h][kernel_w][channels][filters] = " + w.shape(), DesignBuilder.raw(w))
        : design.array(w, name);
  }

  private String weights(FixedValue w, String layout, long[] raw) {
    return design.constant(w, name + "_w", v.layer(), layout, raw, choice.strategy() == Strategy.RECONFIGURABLE);
  }

  /// Rows of inputs, columns of outputs.
  private static long[][] matrix(long[] raw, int outputs) {
    long[][] matrix = new long[raw.length / outputs][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = Arrays.copyOfRange(raw, i * outputs, (i + 1) * outputs);
    }
    return matrix;
  }

  /// A product with a constant matrix as a table of additions.
  private Call adders(String function, FixedValue x, FixedValue weights, long[][] matrix) {
    AdderGraph graph = AdderGraphs.solve(matrix, AdderOptions.FAST);
    FixedType y = Containers.of(v);
    int fraction = Containers.of(x).fraction() + Containers.of(weights).fraction();
    config.add(Calls.alias("word_type", "burin::whole<" + (Containers.sum(y, fraction).width() + 1) + ">"));
    config.add(Calls.integer("n_inputs", graph.inputs()));
    config.add(Calls.integer("n_adders", graph.adders().size()));
    config.add(Calls.integer("dropped", Math.max(0, fraction - y.fraction())));
    config.add("static const burin::adder *adders() {");
    config.add("  static const burin::adder table[n_adders + 1] = {" + rows(Stream.concat(
        graph.adders().stream().map(a -> "{" + a.a().node() + ", " + a.a().shift() + ", " + a.b().node() + ", "
            + a.b().shift() + ", " + a.subtract() + "}"), Stream.of("{0, 0, 0, 0, false}")).toList()) + "};");
    config.add("  return table;");
    config.add("}");
    config.add("static const burin::sum_at *sums() {");
    config.add("  static const burin::sum_at table[" + graph.outputs().size() + "] = {" + rows(graph.outputs().stream()
        .map(o -> "{" + o.node() + ", " + o.shift() + ", " + o.negated() + "}").toList()) + "};");
    config.add("  return table;");
    config.add("}");
    return new Call(name, v.layer(), function, config, List.of(design.array(x, name), design.array(v, name)));
  }

  private static String rows(List<String> entries) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      s.append(i == 0 ? "" : ",").append(i % 6 == 5 ? "\n      " : i == 0 ? "" : " ").append(entries.get(i));
    }
    return s.toString();
  }

  private void types(String letterA, FixedValue a, String letterB, FixedValue b) {
    FixedType ta = Containers.of(a);
    FixedType tb = Containers.of(b);
    config.add(Calls.alias(letterA + "_type", design.type(a)));
    config.add(Calls.alias(letterB + "_type", design.type(b)));
    FixedType sum = Containers.sum(Containers.of(v), ta.fraction() + tb.fraction());
    config.add(Calls.alias("accum_type", design.dialect().type(sum)));
  }

  private void strategy(int inputs, int outputs) {
    if (choice.strategy() == Strategy.RESOURCE) {
      config.add(Calls.count("reuse", choice.reuse()));
      config.add(Calls.count("n_multipliers", (long) inputs * outputs / choice.reuse()));
    }
  }

  private Call call(String function, FixedValue x, String weights) {
    return new Call(name, v.layer(), function, config,
        List.of(design.array(x, name), weights, design.array(v, name)));
  }

  /// The reuse factors that a product of so many inputs and outputs allows: a multiplier serves one output at a time.
  static List<Integer> reuseFactors(int inputs, int outputs) {
    return IntStream.concat(
            IntStream.rangeClosed(1, inputs).filter(r -> inputs % r == 0),
            IntStream.rangeClosed(2, outputs).filter(r -> outputs % r == 0).map(r -> r * inputs))
        .boxed()
        .toList();
  }
}
