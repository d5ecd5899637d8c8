package org.burin.ir;

import static org.burin.text.GraphText.flag;
import static org.burin.text.GraphText.list;
import static org.burin.text.GraphText.pair;
import static org.burin.text.GraphText.quote;
import static org.burin.text.GraphText.window;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
import org.burin.tensor.Tensor;

/// The textual form of graphs. Printing and parsing are inverse: `parse(print(g))` prints the same text.
///
/// ```
/// graph "net" {
///   %0 = input "x" : f32[N,2]
///   %1 = parameter "dense/kernel" : f32[2,3]
///   %2 = matmul %0 %1 : f32[N,3] @"dense"
///   %3 = relu %2 : f32[N,3] @"dense"
///   output "y" = %3
/// }
/// ```
///
/// A value is one line: its number, the operation with its operands and then its attributes as `key=value`, its type, and
/// the layer that it belongs to. Strings are in double quotes, with `\"`, `\\`, `\n` and `\r` for what they could not hold.
public final class IrText {
  private IrText() {}

  /// The graph as text.
  public static String print(Graph graph) {
    StringBuilder s = new StringBuilder("graph ").append(quote(graph.name())).append(" {\n");
    for (Value v : graph.values()) {
      s.append("  ").append(v).append(" = ").append(print(v.op())).append(" : ").append(v.type());
      if (!v.layer().isEmpty()) {
        s.append(" @").append(quote(v.layer()));
      }
      s.append('\n');
    }
    graph.outputs().forEach((key, v) ->
        s.append("  output ").append(quote(key)).append(" = ").append(v).append('\n'));
    graph.updates().forEach((key, v) ->
        s.append("  update ").append(quote(key)).append(" = ").append(v).append('\n'));
    return s.append("}\n").toString();
  }

  /// Reads what [#print(Graph)] prints.
  ///
  /// @throws GraphException when the text has another form or the graph is not well formed: line, what was found
  public static Graph parse(String text) {
    return new IrParser(text).parse();
  }

  /// One operation with its operands and attributes, as in a line of a graph.
  public static String print(Op op) {
    return switch (op) {
      case Input(var name, _) -> "input " + quote(name);
      case Parameter(var name, _) -> "parameter " + quote(name);
      case Constant(var value) -> "constant value=" + numbers(value);
      case RandomUniform(var key, var stream, _) -> "random " + key + " stream=" + stream;
      case Unary(var fn, var x) -> mnemonic(fn) + " " + x;
      case Binary(var fn, var a, var b) -> mnemonic(fn) + " " + a + " " + b;
      case Select(var c, var a, var b) -> "select " + c + " " + a + " " + b;
      case Quantize(var x, var type) -> "quantize " + x + " to=" + type;
      case QuantizeBits(var x, var integer, var fraction, var signed, var rounding, var overflow) ->
          "quantize_bits " + x + " " + integer + " " + fraction + flag("signed", signed)
              + " rounding=" + mnemonic(rounding) + " overflow=" + mnemonic(overflow);
      case StopGradient(var x) -> "stop_gradient " + x;
      case StraightThrough(var value, var surrogate) -> "straight_through " + value + " " + surrogate;
      case MatMul(var a, var b, var ta, var tb) -> "matmul " + a + " " + b + flag("ta", ta) + flag("tb", tb);
      case Conv2d(var x, var w, var window, var groups) ->
          "conv2d " + x + " " + w + window(window) + " groups=" + groups;
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          "conv2d_transpose " + y + " " + w + window(window) + " groups=" + groups + pair("image", height, width);
      case Conv2dKernel(var x, var y, var window, var groups, var kh, var kw) ->
          "conv2d_kernel " + x + " " + y + window(window) + " groups=" + groups + pair("kernel", kh, kw);
      case MaxPool2d(var x, var kh, var kw, var window) ->
          "max_pool2d " + x + pair("kernel", kh, kw) + window(window);
      case MaxPool2dScatter(var x, var y, var kh, var kw, var window) ->
          "max_pool2d_scatter " + x + " " + y + pair("kernel", kh, kw) + window(window);
      case MaxPool2dGather(var x, var v, var kh, var kw, var window) ->
          "max_pool2d_gather " + x + " " + v + pair("kernel", kh, kw) + window(window);
      case AveragePool2d(var x, var kh, var kw, var window) ->
          "average_pool2d " + x + pair("kernel", kh, kw) + window(window);
      case AveragePool2dAdjoint(var y, var kh, var kw, var window, var height, var width) ->
          "average_pool2d_adjoint " + y + pair("kernel", kh, kw) + window(window) + pair("image", height, width);
      case Upsample2d(var x, var fh, var fw) -> "upsample2d " + x + pair("factor", fh, fw);
      case Reduce(var fn, var x, var axes, var keep) ->
          "reduce_" + mnemonic(fn) + " " + x + list("axes", axes) + flag("keep", keep);
      case ArgMax(var x, var axis) -> "argmax " + x + " axis=" + axis;
      case Softmax(var x) -> "softmax " + x;
      case LogSoftmax(var x) -> "log_softmax " + x;
      case Gather(var x, var indices, var axis) -> "gather " + x + " " + indices + " axis=" + axis;
      case ScatterAdd(var updates, var indices, var axis, var extent) ->
          "scatter_add " + updates + " " + indices + " axis=" + axis + " extent=" + extent;
      case Concat(var values, var axis) -> "concat "
          + values.stream().map(Value::toString).collect(Collectors.joining(" ")) + " axis=" + axis;
      case Slice(var x, var starts, var sizes, var steps) ->
          "slice " + x + list("starts", starts) + list("sizes", sizes) + list("steps", steps);
      case Pad(var x, var low, var high, var interior, var value) ->
          "pad " + x + list("low", low) + list("high", high) + list("interior", interior) + " value=" + value;
      case Reshape(var x, _) -> "reshape " + x;
      case Transpose(var x, var permutation) -> "transpose " + x + list("permutation", permutation);
      case Broadcast(var x, _) -> "broadcast " + x;
    };
  }

  static String mnemonic(Enum<?> fn) {
    return fn.name().toLowerCase(Locale.ROOT);
  }

  private static String numbers(Tensor value) {
    StringBuilder s = new StringBuilder("[");
    for (int i = 0; i < value.size(); i++) {
      s.append(i == 0 ? "" : ",").append(value.data()[i]);
    }
    return s.append(']').toString();
  }
}
