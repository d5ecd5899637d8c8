package org.burin.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.tensor.Window;

/// Names and attributes as they stand in a line of a graph's text: `"name"`, `flag=true`, `pair=3x3`, `list=[1,2]`.
///
/// Reading throws [IllegalArgumentException] with the attribute's name, what was expected and what was found; the parsers
/// add the line.
public final class GraphText {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private GraphText() {}

  // ---- writing ----------------------------------------------------------------------------------------------------

  /// A name in double quotes, on one line.
  public static String quote(String s) {
    String escaped = s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return '"' + escaped + '"';
  }

  /// ` key=true`, or nothing.
  public static String flag(String key, boolean value) {
    return value ? " " + key + "=true" : "";
  }

  /// ` key=axb`.
  public static String pair(String key, int a, int b) {
    return " " + key + "=" + a + "x" + b;
  }

  /// ` key=[..]`.
  public static String list(String key, List<Integer> numbers) {
    return " " + key + "=" + numbers.toString().replace(" ", "");
  }

  /// The attributes `stride`, `padding` and `dilation`.
  public static String window(Window w) {
    return pair("stride", w.strideH(), w.strideW())
        + list("padding", List.of(w.top(), w.bottom(), w.left(), w.right()))
        + pair("dilation", w.dilationH(), w.dilationW());
  }

  // ---- reading ----------------------------------------------------------------------------------------------------

  /// What [#quote] put between the quotes.
  public static String unquote(String s) {
    return ESCAPE.matcher(s).replaceAll(m -> Matcher.quoteReplacement(switch (m.group(1)) {
      case "n" -> "\n";
      case "r" -> "\r";
      default -> m.group(1);
    }));
  }

  /// A whole number of an attribute.
  public static int whole(String key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("attribute " + key + "= must hold whole numbers, found '" + text + "'", e);
    }
  }

  /// One number of a pair: the first (0) or the second (1).
  public static int ofPair(String key, String text, int which) {
    String[] parts = text.split("x", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("attribute " + key + "= must be two numbers such as 3x3");
    }
    return whole(key, parts[which]);
  }

  /// The elements of a list.
  public static List<String> elements(String key, String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw new IllegalArgumentException("attribute " + key + "= must be a list such as [1,2]");
    }
    String body = text.substring(1, text.length() - 1);
    return body.isEmpty() ? List.of() : Arrays.asList(body.split(",", -1));
  }

  /// The whole numbers of a list.
  public static List<Integer> numbers(String key, String text) {
    return elements(key, text).stream().map(n -> whole(key, n)).toList();
  }

  /// What [#window(Window)] printed.
  ///
  /// @param attributes the text of each attribute, by name
  public static Window window(UnaryOperator<String> attributes) {
    List<Integer> p = numbers("padding", attributes.apply("padding"));
    if (p.size() != 4) {
      throw new IllegalArgumentException("attribute padding= must be [top,bottom,left,right]");
    }
    String stride = attributes.apply("stride");
    String dilation = attributes.apply("dilation");
    return new Window(ofPair("stride", stride, 0), ofPair("stride", stride, 1), p.get(0), p.get(1), p.get(2), p.get(3),
        ofPair("dilation", dilation, 0), ofPair("dilation", dilation, 1));
  }
}
