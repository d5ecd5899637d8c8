package org.burin.fixed;

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
import org.burin.tensor.Window;

/// The textual form of fixed graphs.
public final class FixedText {
  /// The elements of a list that an error text shows.
  private static final int SHOWN = 8;

  private final int limit;

  private FixedText(int limit) {
    this.limit = limit;
  }

  /// One operation with its operands and attributes, as in a line of a graph.
  public static String print(FixedOp op) {
    return new FixedText(Integer.MAX_VALUE).text(op);
  }

  /// The same with long lists cut, for error texts.
  static String brief(FixedOp op) {
    return new FixedText(SHOWN).text(op);
  }

  private String text(FixedOp op) {
    return switch (op) {
      case Input(var name, _, var types) -> "input " + quote(name) + types(types);
      case Constant(var value) -> "constant raw=" + integers(value.raw()) + " fraction=" + value.fraction();
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

  static String quote(String s) {
    String escaped = s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return '"' + escaped + '"';
  }

  private static String flag(String key, boolean value) {
    return value ? " " + key + "=true" : "";
  }

  private static String pair(String key, int a, int b) {
    return " " + key + "=" + a + "x" + b;
  }

  private static String list(String key, List<Integer> numbers) {
    return " " + key + "=" + numbers.toString().replace(" ", "");
  }

  private static String window(Window w) {
    return pair("stride", w.strideH(), w.strideW())
        + list("padding", List.of(w.top(), w.bottom(), w.left(), w.right()))
        + pair("dilation", w.dilationH(), w.dilationW());
  }

  /// Types: one for all, or a shape and a list.
  private String types(ElementTypes types) {
    return " types=" + (types.grid().rank() == 0 ? types.types().getFirst().toString()
        : types.grid() + runs(types.types().size(), i -> types.types().get(i).toString()));
  }

  /// A tensor: shape, raw integers, fraction.
  private String tensor(String key, FixedTensor t) {
    return " " + key + "=" + t.shape() + integers(t.raw()) + "*2^" + -t.fraction();
  }

  private String tables(List<LookupTable> tables) {
    return tables.stream().map(t -> " table=" + quote(t.function()) + "[" + t.first() + ".."
        + (t.first() + t.entries().length - 1) + "]*2^" + -t.argumentFraction() + "->" + integers(t.entries()) + "*2^"
        + -t.fraction() + "~" + t.worstError()).collect(Collectors.joining());
  }

  private String integers(long[] raw) {
    return runs(raw.length, i -> Long.toString(raw[i]));
  }

  /// A list in braces; `x*3` stands for three times x.
  private String runs(int length, IntFunction<String> element) {
    StringBuilder s = new StringBuilder("{");
    int shown = 0;
    for (int i = 0; i < length; shown++) {
      if (shown == limit) {
        s.append(";...");
        break;
      }
      String text = element.apply(i);
      int run = 1;
      while (i + run < length && element.apply(i + run).equals(text)) {
        run++;
      }
      s.append(i == 0 ? "" : ";").append(text).append(run == 1 ? "" : "*" + run);
      i += run;
    }
    return s.append('}').toString();
  }
}
