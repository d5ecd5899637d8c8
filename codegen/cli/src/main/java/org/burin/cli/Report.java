package org.burin.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Named results in order, printed as aligned lines for people or as one JSON object for programs.
final class Report {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  /// Adds a text.
  Report add(String name, String value) {
    entries.put(name, value);
    return this;
  }

  /// Adds an integer.
  Report add(String name, long value) {
    entries.put(name, value);
    return this;
  }

  /// Adds numbers.
  Report addAll(Map<String, Double> values) {
    entries.putAll(values);
    return this;
  }

  /// Prints the results in one of the two forms.
  void print(PrintWriter out, boolean json) {
    out.print(json ? toJson() : toText());
    out.flush();
  }

  /// A line per result, numbers with four decimals.
  String toText() {
    int width = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder s = new StringBuilder();
    entries.forEach((name, value) ->
        s.append(name).repeat(' ', width - name.length() + 2)
            .append(value instanceof Double d ? String.format(Locale.ROOT, "%.4f", d) : value)
            .append('\n'));
    return s.toString();
  }

  /// A JSON object on one line, numbers in full; what is not a number is null.
  String toJson() {
    StringBuilder s = new StringBuilder("{");
    entries.forEach((name, value) -> {
      s.append(s.length() > 1 ? ", " : "");
      quote(s, name);
      s.append(": ");
      switch (value) {
        case String text -> quote(s, text);
        case Double d when !Double.isFinite(d) -> s.append("null");
        default -> s.append(value);
      }
    });
    return s.append("}\n").toString();
  }

  private static void quote(StringBuilder s, String text) {
    s.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        s.append('\\').append(c);
      } else if (c < ' ') {
        s.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        s.append(c);
      }
    }
    s.append('"');
  }
}
