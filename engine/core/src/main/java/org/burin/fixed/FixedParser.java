package org.burin.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.tensor.Shape;
import org.burin.text.GraphText;

/// Reads the form that [FixedText] prints.
final class FixedParser {
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern HEADER = Pattern.compile("fixed_graph " + STRING + " \\{");
  private static final Pattern VALUE = Pattern.compile("%(\\d{1,9}) = (\\w+)");
  private static final Pattern LAYER = Pattern.compile("@" + STRING);
  private static final Pattern OUTPUT = Pattern.compile("output " + STRING + " = (%\\d+)");

  private static final int SHOWN = 100;

  private final List<String> lines;
  private final List<FixedValue> values = new ArrayList<>();
  private int next;

  FixedParser(String text) {
    lines = text.lines().toList();
  }

  FixedGraph parse() {
    FixedGraphBuilder b = null;
    while (next < lines.size()) {
      int number = next + 1;
      String line = lines.get(next++).strip();
      if (line.isEmpty() || line.startsWith("//")) {
        continue;
      }
      try {
        if (b == null) {
          b = new FixedGraphBuilder(GraphText.unquote(matched(HEADER, line, "fixed_graph \"name\" {").group(1)));
        } else if (line.equals("}")) {
          return finished(b);
        } else if (line.startsWith("%")) {
          value(b, whole(line));
        } else {
          Matcher m = matched(OUTPUT, line, "a value or an output");
          b.output(GraphText.unquote(m.group(1)), value(m.group(2)));
        }
      } catch (IllegalArgumentException e) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        throw new FixedException("line " + number + " '" + shown + "': " + e.getMessage(), e);
      }
    }
    throw new FixedException("the graph's text ends after line " + lines.size() + " without a closing '}'");
  }

  private FixedGraph finished(FixedGraphBuilder b) {
    for (String rest : lines.subList(next, lines.size())) {
      if (!rest.isBlank()) {
        throw new FixedException("the graph ends here, yet text follows: '" + rest + "'");
      }
    }
    return b.build();
  }

  /// The line with those that follow as long as a list in braces is open.
  private String whole(String first) {
    StringBuilder s = new StringBuilder(first);
    int open = openBraces(first);
    while (open > 0 && next < lines.size()) {
      String line = lines.get(next++).strip();
      s.append(line);
      open += openBraces(line);
    }
    return s.toString();
  }

  private static int openBraces(String line) {
    int open = 0;
    for (char c : line.replaceAll(STRING, "").toCharArray()) {
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return open;
  }

  private void value(FixedGraphBuilder b, String line) {
    List<String> words = words(line);
    int colon = words.indexOf(":");
    if (words.size() < 3 || colon < 0 || colon + 1 >= words.size()) {
      throw new FixedException("expected %id = operation operands key=value : shape");
    }
    Matcher m = matched(VALUE, String.join(" ", words.subList(0, 3)), "%id = operation");
    if (!m.group(1).equals(Integer.toString(values.size()))) {
      throw new FixedException("expected value %" + values.size());
    }
    Matcher layer = LAYER.matcher(words.getLast());
    boolean hasLayer = layer.matches();
    Shape shape = Shape.parse(words.get(colon + 1));
    FixedWords attributes = new FixedWords(words.subList(3, colon), this::value);
    FixedOp op = op(m.group(2), attributes, shape);
    attributes.finish();
    FixedValue v = b.append(op, hasLayer ? GraphText.unquote(layer.group(1)) : "");
    if (!v.shape().equals(shape)) {
      throw new FixedException("the operation gives shape " + v.shape() + ", the text says " + shape);
    }
    String said = String.join(" ", words.subList(colon + 2, words.size() - (hasLayer ? 1 : 0)));
    if (!said.isEmpty() && !said.equals(v.precision().toString())) {
      throw new FixedException("the inference finds " + v.precision() + ", the text says " + said);
    }
    values.add(v);
  }

  /// The parts between blanks; a string in quotes is not divided.
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
        continue;
      }
      word.append(c);
      if (c == '\\' && quoted && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    words.add(word.toString());
    return words;
  }

  private static FixedOp op(String mnemonic, FixedWords w, Shape shape) {
    return switch (mnemonic) {
      case "input" -> new FixedOp.Input(w.string(), shape, w.types());
      case "constant" -> new FixedOp.Constant(FixedTensor.of(shape, w.number("fraction"), w.integers("raw")));
      case "quantize" -> new FixedOp.Quantize(w.value(), w.types());
      case "divide" -> new FixedOp.Divide(w.value(), w.tensor("divisor"), w.types());
      case "lookup" -> new FixedOp.Lookup(w.value(), w.tensor("which"), w.tables());
      case "add" -> new FixedOp.Add(w.value(), w.value());
      case "sub" -> new FixedOp.Subtract(w.value(), w.value());
      case "mul" -> new FixedOp.Multiply(w.value(), w.value());
      case "neg" -> new FixedOp.Negate(w.value());
      case "abs" -> new FixedOp.Absolute(w.value());
      case "shift" -> new FixedOp.Shift(w.value(), w.number("bits"));
      case "max" -> new FixedOp.Maximum(w.value(), w.value());
      case "min" -> new FixedOp.Minimum(w.value(), w.value());
      case "lt", "le", "gt", "ge", "eq", "ne" -> new FixedOp.Compare(
          FixedOp.Comparison.valueOf(mnemonic.toUpperCase(Locale.ROOT)), w.value(), w.value());
      case "select" -> new FixedOp.Select(w.value(), w.value(), w.value());
      case "matmul" -> new FixedOp.MatMul(w.value(), w.value(), w.flag("ta"), w.flag("tb"));
      case "conv2d" -> new FixedOp.Conv2d(w.value(), w.value(), w.window(), w.number("groups"));
      case "conv2d_transpose" -> new FixedOp.Conv2dTranspose(
          w.value(), w.value(), w.window(), w.number("groups"), w.pair("image", 0), w.pair("image", 1));
      case "max_pool2d" -> new FixedOp.MaxPool2d(w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "sum_pool2d" -> new FixedOp.SumPool2d(w.value(), w.pair("kernel", 0), w.pair("kernel", 1), w.window());
      case "upsample2d" -> new FixedOp.Upsample2d(w.value(), w.pair("factor", 0), w.pair("factor", 1));
      case "reduce_sum" -> new FixedOp.Sum(w.value(), w.numbers("axes"), w.flag("keep"));
      case "reduce_max" -> new FixedOp.Max(w.value(), w.numbers("axes"), w.flag("keep"));
      case "argmax" -> new FixedOp.ArgMax(w.value(), w.number("axis"));
      case "gather" -> new FixedOp.Gather(w.value(), w.value(), w.number("axis"));
      case "concat" -> new FixedOp.Concat(w.values(), w.number("axis"));
      case "slice" -> new FixedOp.Slice(w.value(), w.numbers("starts"), w.numbers("sizes"), w.numbers("steps"));
      case "pad" -> new FixedOp.Pad(
          w.value(), w.numbers("low"), w.numbers("high"), w.numbers("interior"), w.tensor("value"));
      case "reshape" -> new FixedOp.Reshape(w.value(), shape);
      case "transpose" -> new FixedOp.Transpose(w.value(), w.numbers("permutation"));
      case "broadcast" -> new FixedOp.Broadcast(w.value(), shape);
      default -> throw new FixedException("unknown operation '" + mnemonic + "'");
    };
  }

  private FixedValue value(String word) {
    int id;
    try {
      id = Integer.parseInt(word.substring(1));
    } catch (NumberFormatException e) {
      throw new FixedException("expected an operand %id, found '" + word + "'", e);
    }
    if (id < 0 || id >= values.size()) {
      throw new FixedException("value %" + id + " is used before it is defined");
    }
    return values.get(id);
  }

  private static Matcher matched(Pattern pattern, String line, String expected) {
    Matcher m = pattern.matcher(line);
    if (!m.matches()) {
      throw new FixedException("expected " + expected);
    }
    return m;
  }
}
