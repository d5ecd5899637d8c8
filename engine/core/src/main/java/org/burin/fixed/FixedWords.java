package org.burin.fixed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.burin.text.GraphText;

/// The operands and attributes of one line of a fixed graph's text, taken in order and by name.
final class FixedWords {
  private static final String LIST = "\\{([^{}]*)\\}";
  private static final Pattern NAME = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern BRACES = Pattern.compile(LIST);
  private static final Pattern TENSOR = Pattern.compile("(\\[[^\\]]*\\])" + LIST + "\\*2\\^(-?\\d{1,9})");
  private static final Pattern TYPES = Pattern.compile("(\\[[^\\]]*\\])" + LIST);
  private static final Pattern TABLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\[(-?\\d+)\\.\\.(-?\\d+)\\]\\*2\\^"
      + "(-?\\d{1,9})->" + LIST + "\\*2\\^(-?\\d{1,9})~(\\S+)");
  private static final Pattern ELEMENT = Pattern.compile("([^*]+)(?:\\*(\\d{1,9}))?");

  private record Attribute(String key, String text) {}

  private final List<FixedValue> operands = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private int next;

  FixedWords(List<String> words, Function<String, FixedValue> values) {
    for (String word : words) {
      int eq = word.indexOf('=');
      if (word.startsWith("%")) {
        operands.add(values.apply(word));
      } else if (NAME.matcher(word).matches()) {
        names.add(GraphText.unquote(word.substring(1, word.length() - 1)));
      } else if (eq > 0) {
        attributes.add(new Attribute(word.substring(0, eq), word.substring(eq + 1)));
      } else {
        throw new FixedException("expected an operand %id or key=value, found '" + word + "'");
      }
    }
  }

  String string() {
    if (names.size() != 1) {
      throw new FixedException("expected a name in double quotes");
    }
    return names.removeFirst();
  }

  FixedValue value() {
    if (next == operands.size()) {
      throw new FixedException("an operand is missing");
    }
    return operands.get(next++);
  }

  List<FixedValue> values() {
    next = operands.size();
    return List.copyOf(operands);
  }

  private List<String> all(String key) {
    List<String> found = attributes.stream().filter(a -> a.key.equals(key)).map(Attribute::text).toList();
    used.add(key);
    return found;
  }

  private String attribute(String key) {
    List<String> found = all(key);
    if (found.size() != 1) {
      throw new FixedException("attribute " + key + "= " + (found.isEmpty() ? "is missing" : "stands twice"));
    }
    return found.getFirst();
  }

  boolean flag(String key) {
    if (all(key).isEmpty()) {
      return false;
    }
    if (!attribute(key).equals("true")) {
      throw new FixedException("attribute " + key + "= must be true or left out, found '" + attribute(key) + "'");
    }
    return true;
  }

  int number(String key) {
    return GraphText.whole(key, attribute(key));
  }

  int pair(String key, int which) {
    return GraphText.ofPair(key, attribute(key), which);
  }

  List<Integer> numbers(String key) {
    return GraphText.numbers(key, attribute(key));
  }

  Window window() {
    return GraphText.window(this::attribute);
  }

  long[] integers(String key) {
    return integers(matched(BRACES, attribute(key), key, "{1;2*3}").group(1), key);
  }

  FixedTensor tensor(String key) {
    Matcher m = matched(TENSOR, attribute(key), key, "[2]{1;2}*2^-3");
    return FixedTensor.of(Shape.parse(m.group(1)), -GraphText.whole(key, m.group(3)), integers(m.group(2), key));
  }

  ElementTypes types() {
    String text = attribute("types");
    if (!text.startsWith("[")) {
      return ElementTypes.of(FixedType.parse(text));
    }
    Matcher m = matched(TYPES, text, "types", "[2]{fixed<4,2>;fixed<3,2>}");
    return new ElementTypes(Shape.parse(m.group(1)),
        elements(m.group(2), "types").stream().map(FixedType::parse).toList());
  }

  List<LookupTable> tables() {
    return all("table").stream().map(text -> {
      Matcher m = matched(TABLE, text, "table", "\"f\"[-1..1]*2^0->{1;2;3}*2^0~0.5");
      long[] entries = integers(m.group(5), "table");
      long first = integer(m.group(2), "table");
      if (integer(m.group(3), "table") != first + entries.length - 1) {
        throw new FixedException("a table from " + first + " to " + m.group(3) + " has " + entries.length + " entries");
      }
      return new LookupTable(GraphText.unquote(m.group(1)), -GraphText.whole("table", m.group(4)), first,
          -GraphText.whole("table", m.group(6)), entries, error(m.group(7)));
    }).toList();
  }

  private static double error(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new FixedException("attribute table= must end with a number, found '" + text + "'", e);
    }
  }

  private static long[] integers(String list, String key) {
    return elements(list, key).stream().mapToLong(text -> integer(text, key)).toArray();
  }

  private static long integer(String text, String key) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new FixedException("attribute " + key + "= must hold whole numbers of 64 bits, found '" + text + "'", e);
    }
  }

  /// The elements of a list with `x*3` for three times x.
  private static List<String> elements(String list, String key) {
    List<String> elements = new ArrayList<>();
    for (String text : list.isEmpty() ? new String[0] : list.split(";", -1)) {
      Matcher m = matched(ELEMENT, text, key, "elements such as 1 or 2*3");
      int times = m.group(2) == null ? 1 : GraphText.whole(key, m.group(2));
      for (int i = 0; i < times; i++) {
        elements.add(m.group(1));
      }
    }
    return elements;
  }

  private static Matcher matched(Pattern pattern, String text, String key, String example) {
    Matcher m = pattern.matcher(text);
    if (!m.matches()) {
      throw new FixedException("attribute " + key + "= must have the form " + example + ", found '" + text + "'");
    }
    return m;
  }

  void finish() {
    if (next < operands.size()) {
      throw new FixedException("the operation takes " + next + " operand(s), found " + operands.size());
    }
    if (!names.isEmpty()) {
      throw new FixedException("the operation has no name, found \"" + names.getFirst() + "\"");
    }
    for (Attribute a : attributes) {
      if (!used.contains(a.key)) {
        throw new FixedException("the operation has no attribute '" + a.key + "'");
      }
    }
  }
}
