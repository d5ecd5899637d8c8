package org.burin.fixed;

import static org.burin.text.GraphText.flag;
import static org.burin.text.GraphText.list;
import static org.burin.text.GraphText.pair;
import static org.burin.text.GraphText.quote;
import static org.burin.text.GraphText.window;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
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

/// The textual form of fixed graphs. Printing and parsing are inverse: `parse(print(g))` prints the same text.
///
/// ```
/// fixed_graph "net" {
///   %0 = input "x" types=fixed<4,2,rnd,sat> : [N,2] fixed<4,2> -8..7*2^-2
///   %1 = constant raw={3;-1*2;0} fraction=1 : [2,2] fixed<3,2> -1..3*2^-1 grid=[2,2]{3;-1;-1;0} @"fc"
///   %2 = matmul %0 %1 : [N,2] fixed<6,3> -31..29*2^-3 grid=[1,2]{-31..29;-7..8} @"fc"
///   output "y" = %2
/// }
/// ```
///
/// A value is its number, the operation with its operands and then its attributes as `key=value`, its shape, its
/// [Precision], and the layer that it belongs to. What follows the shape may be left out; what is there must be what
/// the inference finds. Lists are in braces, with `x*3` for three times x; a long one goes over several lines. A tensor
/// is `shape{raw;raw;...}*2^exponent`, a table `"function"[first..last]*2^exponent->{raw;...}*2^exponent~worst_error`.
/// Strings are in double quotes, with `\"`, `\\`, `\n` and `\r` for what they could not hold.
public final class FixedText {
  /// The elements of a list that an error text shows.
  private static final int SHOWN = 8;

  /// The longest list that stays on one line.
  private static final int LINE = 100;

  private static final int ENTRIES_PER_LINE = 16;

  private final boolean brief;

  private FixedText(boolean brief) {
    this.brief = brief;
  }

  /// The graph as text.
  public static String print(FixedGraph graph) {
    StringBuilder s = new StringBuilder("fixed_graph ").append(quote(graph.name())).append(" {\n");
    for (FixedValue v : graph.values()) {
      s.append("  ").append(v).append(" = ").append(print(v.op())).append(" : ").append(v.shape()).append(' ')
          .append(v.precision());
      if (!v.layer().isEmpty()) {
        s.append(" @").append(quote(v.layer()));
      }
      s.append('\n');
    }
    graph.outputs().forEach((key, v) ->
        s.append("  output ").append(quote(key)).append(" = ").append(v).append('\n'));
    return s.append("}\n").toString();
  }

  /// Reads what [#print(FixedGraph)] prints.
  ///
  /// @throws FixedException when the text has another form, the graph is not well formed, or a precision is not what
  ///     the inference finds: line, what was found
  public static FixedGraph parse(String text) {
    return new FixedParser(text).parse();
  }

  /// One operation with its operands and attributes, as in a graph.
  public static String print(FixedOp op) {
    return new FixedText(false).text(op);
  }

  /// The same with long lists cut, for error texts.
  static String brief(FixedOp op) {
    return new FixedText(true).text(op);
  }

  private String text(FixedOp op) {
    return switch (op) {
      case Input(var name, _, var types) -> "input " + quote(name) + types(types);
      case Constant(var value) ->
          "constant raw=" + integers(value.raw(), row(value.shape())) + " fraction=" + value.fraction();
      case Quantize(var x, var types) -> "quantize " + x + types(types);
      case Divide(var x, var divisor, var types) -> "divide " + x + tensor("divisor", divisor) + types(types);
      case Lookup(var x, var which, var tables) -> "lookup " + x + tensor("which", which) + tables(tables);
      case Add(var a, var b) -> "add " + a + " " + b;
      case Subtract(var a, var b) -> "sub " + a + " " + b;
      case Multiply(var a, var b) -> "mul " + a + " " + b;
      case Negate(var x) -> "neg " + x;
      case Absolute(var x) -> "abs " + x;
      case Shift(var x, var bits) -> "shift " + x + " bits=" + bits;
      case Maximum(var a, var b) -> "max " + a + " " + b;
      case Minimum(var a, var b) -> "min " + a + " " + b;
      case Compare(var comparison, var a, var b) ->
          comparison.name().toLowerCase(Locale.ROOT) + " " + a + " " + b;
      case Select(var c, var a, var b) -> "select " + c + " " + a + " " + b;
      case MatMul(var a, var b, var ta, var tb) -> "matmul " + a + " " + b + flag("ta", ta) + flag("tb", tb);
      case Conv2d(var x, var w, var window, var groups) ->
          "conv2d " + x + " " + w + window(window) + " groups=" + groups;
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          "conv2d_transpose " + y + " " + w + window(window) + " groups=" + groups + pair("image", height, width);
      case MaxPool2d(var x, var kh, var kw, var window) ->
          "max_pool2d " + x + pair("kernel", kh, kw) + window(window);
      case SumPool2d(var x, var kh, var kw, var window) ->
          "sum_pool2d " + x + pair("kernel", kh, kw) + window(window);
      case Upsample2d(var x, var fh, var fw) -> "upsample2d " + x + pair("factor", fh, fw);
      case Sum(var x, var axes, var keep) -> "reduce_sum " + x + list("axes", axes) + flag("keep", keep);
      case Max(var x, var axes, var keep) -> "reduce_max " + x + list("axes", axes) + flag("keep", keep);
      case ArgMax(var x, var axis) -> "argmax " + x + " axis=" + axis;
      case Gather(var x, var indices, var axis) -> "gather " + x + " " + indices + " axis=" + axis;
      case Concat(var values, var axis) -> "concat "
          + values.stream().map(FixedValue::toString).collect(Collectors.joining(" ")) + " axis=" + axis;
      case Slice(var x, var starts, var sizes, var steps) ->
          "slice " + x + list("starts", starts) + list("sizes", sizes) + list("steps", steps);
      case Pad(var x, var low, var high, var interior, var value) -> "pad " + x + list("low", low)
          + list("high", high) + list("interior", interior) + tensor("value", value);
      case Reshape(var x, _) -> "reshape " + x;
      case Transpose(var x, var permutation) -> "transpose " + x + list("permutation", permutation);
      case Broadcast(var x, _) -> "broadcast " + x;
    };
  }

  /// Types: one for all, or a shape and a list.
  private String types(ElementTypes types) {
    return " types=" + (types.grid().rank() == 0 ? types.types().getFirst().toString()
        : types.grid() + braced(types.types().size(), row(types.grid()), i -> types.types().get(i).toString()));
  }

  private String tensor(String key, FixedTensor t) {
    return " " + key + "=" + t.shape() + integers(t.raw(), row(t.shape())) + "*2^" + -t.fraction();
  }

  private String tables(List<LookupTable> tables) {
    return tables.stream().map(t -> " table=" + quote(t.function()) + "[" + t.first() + ".."
        + (t.first() + t.entries().length - 1) + "]*2^" + -t.argumentFraction() + "->"
        + integers(t.entries(), ENTRIES_PER_LINE) + "*2^" + -t.fraction() + "~" + t.worstError())
        .collect(Collectors.joining());
  }

  private static int row(Shape shape) {
    return shape.rank() == 0 ? 1 : shape.dim(-1);
  }

  private String integers(long[] raw, int row) {
    return braced(raw.length, row, i -> Long.toString(raw[i]));
  }

  private String braced(int length, int row, IntFunction<String> element) {
    if (brief && length > SHOWN) {
      return "{" + runs(0, SHOWN, element) + ";...}";
    }
    String line = runs(0, length, element);
    if (line.length() <= LINE) {
      return "{" + line + "}";
    }
    StringBuilder s = new StringBuilder("{");
    for (int i = 0; i < length; i += row) {
      s.append(i == 0 ? "" : ";").append("\n      ").append(runs(i, Math.min(length, i + row), element));
    }
    return s.append('}').toString();
  }

  /// Elements with semicolons between; `x*3` stands for three times x.
  private static String runs(int from, int to, IntFunction<String> element) {
    StringBuilder s = new StringBuilder();
    for (int i = from; i < to;) {
      String text = element.apply(i);
      int end = i + 1;
      while (end < to && element.apply(end).equals(text)) {
        end++;
      }
      s.append(i == from ? "" : ";").append(text).append(end - i == 1 ? "" : "*" + (end - i));
      i = end;
    }
    return s.toString();
  }
}
