package org.burin.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;
import org.burin.text.GraphText;

/// Reads the form that [IrText] prints, line by line.
final class IrParser {
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern HEADER = Pattern.compile("graph " + STRING + " \\{");
  private static final Pattern VALUE =
      Pattern.compile("%(\\d+) = (\\w+)((?: \\S+)*?|(?: " + STRING + "))? : (f32\\[[^\\]]*\\])(?: @" + STRING + ")?");
  private static final Pattern RESULT = Pattern.compile("(output|update) " + STRING + " = (%\\d+)");

  private static final int SHOWN = 100;

  private final List<String> lines;
  private final List<Value> values = new ArrayList<>();

  IrParser(String text) {
    lines = text.lines().toList();
  }

  Graph parse() {
    GraphBuilder b = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("//")) {
        continue;
      }
      try {
        if (b == null) {
          Matcher m = matched(HEADER, line, "graph \"name\" {");
          b = new GraphBuilder(GraphText.unquote(m.group(1)));
        } else if (line.equals("}")) {
          return finished(b, i);
        } else if (line.startsWith("%")) {
          value(b, line);
        } else {
          Matcher m = matched(RESULT, line, "a value, an output or an update");
          Value v = value(id(m.group(3)));
          if (m.group(1).equals("output")) {
            b.output(GraphText.unquote(m.group(2)), v);
          } else {
            b.update(GraphText.unquote(m.group(2)), v);
          }
        }
      } catch (IllegalArgumentException e) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        throw new GraphException("line " + (i + 1) + " '" + shown + "': " + e.getMessage(), e);
      }
    }
    throw new GraphException("the graph's text ends after line " + lines.size() + " without a closing '}'");
  }

  private Graph finished(GraphBuilder b, int last) {
    for (String rest : lines.subList(last + 1, lines.size())) {
      if (!rest.isBlank()) {
        throw new GraphException("text after the graph's closing '}' in line " + (last + 1) + ": '" + rest + "'");
      }
    }
    Graph graph = b.build();
    Verifier.verify(graph);
    return graph;
  }

  private void value(GraphBuilder b, String line) {
    Matcher m = matched(VALUE, line, "%id = operation operands key=value : type @\"layer\"");
    if (!m.group(1).equals(Integer.toString(values.size()))) {
      throw new GraphException("expected value %" + values.size());
    }
    TensorType type = TensorType.parse(m.group(5));
    String words = m.group(3) == null ? "" : m.group(3).strip();
    Op op = op(m.group(2), new Words(words), type);
    Value v = b.append(op, m.group(6) == null ? "" : GraphText.unquote(m.group(6)));
    if (!v.type().equals(type)) {
      throw new GraphException("the operation gives type " + v.type() + ", the text says " + type);
    }
    values.add(v);
  }

  private Op op(String mnemonic, Words w, TensorType type) {
    Op op = switch (mnemonic) {
      case "input" -> new Op.Input(w.string(), type.shape());
      case "parameter" -> new Op.Parameter(w.string(), type.shape());
      case "constant" -> new Op.Constant(Tensor.of(type.shape(), w.floats("value")));
      case "random" -> new Op.RandomUniform(w.value(), w.number("stream"), type.shape());
      case "select" -> new Op.Select(w.value(), w.value(), w.value());
      case "quantize" -> new Op.Quantize(w.value(), FixedType.parse(w.attribute("to")));
      case "quantize_bits" -> new Op.QuantizeBits(w.value(), w.value(), w.value(), w.flag("signed"),
          w.choice("rounding", Rounding.class), w.choice("overflow", Overflow.class));
      case "stop_gradient" -> new Op.StopGradient(w.value());
      case "straight_through" -> new Op.StraightThrough(w.value(), w.value());
      case "matmul" -> new Op.MatMul(w.value(), w.value(), w.flag("ta"), w.flag("tb"));
      case "conv2d" -> new Op.Conv2d(w.value(), w.value(), w.window(), w.number("groups"));
      case "conv2d_transpose" -> new Op.Conv2dTranspose(
          w.value(), w.value(), w.window(), w.number("groups"), w.pair("image", 0), w.pair("image", 1));
      case "conv2d_kernel" -> new Op.Conv2dKernel(
          w.value(), w.value(), w.window(), w.number("groups"), w.pair("kernel", 0), w.pair("kernel", 1));
      case "max_pool2d" -> new Op.MaxPool2d(w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "max_pool2d_scatter" -> new Op.MaxPool2dScatter(
          w.value(), w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "max_pool2d_gather" -> new Op.MaxPool2dGather(
          w.value(), w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "average_pool2d" -> new Op.AveragePool2d(
          w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "average_pool2d_adjoint" -> new Op.AveragePool2dAdjoint(
          w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window(), w.pair("image", 0), w.pair("image", 1));
      case "upsample2d" -> new Op.Upsample2d(w.value(), w.pair("factor", 0), w.pair("factor", 1));
      case "reduce_sum", "reduce_mean", "reduce_max" -> new Op.Reduce(
          ReduceFn.valueOf(mnemonic.substring(7).toUpperCase(Locale.ROOT)), w.value(), w.numbers("axes"),
          w.flag("keep"));
      case "argmax" -> new Op.ArgMax(w.value(), w.number("axis"));
      case "softmax" -> new Op.Softmax(w.value());
      case "log_softmax" -> new Op.LogSoftmax(w.value());
      case "gather" -> new Op.Gather(w.value(), w.value(), w.number("axis"));
      case "scatter_add" -> new Op.ScatterAdd(w.value(), w.value(), w.number("axis"), w.number("extent"));
      case "concat" -> new Op.Concat(w.values(), w.number("axis"));
      case "slice" -> new Op.Slice(w.value(), w.numbers("starts"), w.numbers("sizes"), w.numbers("steps"));
      case "pad" -> new Op.Pad(
          w.value(), w.numbers("low"), w.numbers("high"), w.numbers("interior"), w.real("value"));
      case "reshape" -> new Op.Reshape(w.value(), type.shape());
      case "transpose" -> new Op.Transpose(w.value(), w.numbers("permutation"));
      case "broadcast" -> new Op.Broadcast(w.value(), type.shape());
      default -> elementwise(mnemonic, w);
    };
    w.finish();
    return op;
  }

  private static Op elementwise(String mnemonic, Words w) {
    for (UnaryFn fn : UnaryFn.values()) {
      if (IrText.mnemonic(fn).equals(mnemonic)) {
        return new Op.Unary(fn, w.value());
      }
    }
    for (BinaryFn fn : BinaryFn.values()) {
      if (IrText.mnemonic(fn).equals(mnemonic)) {
        return new Op.Binary(fn, w.value(), w.value());
      }
    }
    throw new GraphException("unknown operation '" + mnemonic + "'");
  }

  private static int id(String word) {
    try {
      return Integer.parseInt(word.substring(1));
    } catch (NumberFormatException e) {
      throw new GraphException("expected an operand %id, found '" + word + "'", e);
    }
  }

  private Value value(int id) {
    if (id < 0 || id >= values.size()) {
      throw new GraphException("value %" + id + " is used before it is defined");
    }
    return values.get(id);
  }

  private static Matcher matched(Pattern pattern, String line, String expected) {
    Matcher m = pattern.matcher(line);
    if (!m.matches()) {
      throw new GraphException("expected " + expected);
    }
    return m;
  }

  /// The operands and attributes of one line, taken in order and by name.
  private final class Words {
    private final List<Value> operands = new ArrayList<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final String text;
    private final List<String> used = new ArrayList<>();
    private int next;
    private boolean stringTaken;

    Words(String text) {
      this.text = text;
      if (text.isEmpty() || text.startsWith("\"")) {
        return;
      }
      for (String word : text.split(" ", -1)) {
        int eq = word.indexOf('=');
        if (word.startsWith("%")) {
          operands.add(IrParser.this.value(id(word)));
        } else if (eq > 0) {
          if (attributes.put(word.substring(0, eq), word.substring(eq + 1)) != null) {
            throw new GraphException("attribute " + word.substring(0, eq) + "= stands twice");
          }
        } else {
          throw new GraphException("expected an operand %id or key=value, found '" + word + "'");
        }
      }
    }

    String string() {
      if (!text.startsWith("\"") || !text.endsWith("\"") || text.length() < 2) {
        throw new GraphException("expected a name in double quotes, found '" + text + "'");
      }
      stringTaken = true;
      return GraphText.unquote(text.substring(1, text.length() - 1));
    }

    Value value() {
      if (next == operands.size()) {
        throw new GraphException("an operand is missing");
      }
      return operands.get(next++);
    }

    List<Value> values() {
      next = operands.size();
      return List.copyOf(operands);
    }

    String attribute(String key) {
      String found = attributes.get(key);
      if (found == null) {
        throw new GraphException("attribute " + key + "= is missing");
      }
      used.add(key);
      return found;
    }

    boolean flag(String key) {
      if (!attributes.containsKey(key)) {
        return false;
      }
      if (!attribute(key).equals("true")) {
        throw new GraphException("attribute " + key + "= must be true or left out, found '" + attribute(key) + "'");
      }
      return true;
    }

    <E extends Enum<E>> E choice(String key, Class<E> choices) {
      for (E choice : choices.getEnumConstants()) {
        if (IrText.mnemonic(choice).equals(attribute(key))) {
          return choice;
        }
      }
      throw new GraphException("attribute " + key + "= must be one of "
          + Arrays.toString(choices.getEnumConstants()).toLowerCase(Locale.ROOT) + ", found '" + attribute(key) + "'");
    }

    int number(String key) {
      return GraphText.whole(key, attribute(key));
    }

    private static float real(String text, String key) {
      try {
        return Float.parseFloat(text);
      } catch (NumberFormatException e) {
        throw new GraphException("attribute " + key + "= must hold numbers, found '" + text + "'", e);
      }
    }

    float real(String key) {
      return real(attribute(key), key);
    }

    int pair(String key, int which) {
      return GraphText.ofPair(key, attribute(key), which);
    }

    List<Integer> numbers(String key) {
      return GraphText.numbers(key, attribute(key));
    }

    float[] floats(String key) {
      List<String> parts = GraphText.elements(key, attribute(key));
      float[] out = new float[parts.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = real(parts.get(i), key);
      }
      return out;
    }

    Window window() {
      return GraphText.window(this::attribute);
    }

    void finish() {
      if (next < operands.size()) {
        throw new GraphException("the operation takes " + next + " operand(s), found " + operands.size());
      }
      for (String key : attributes.keySet()) {
        if (!used.contains(key)) {
          throw new GraphException("the operation has no attribute '" + key + "'");
        }
      }
      if (text.startsWith("\"") && !stringTaken) {
        throw new GraphException("the operation has no name");
      }
    }
  }
}
