package org.burin.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/// Writes values as JSON: maps with names, collections, texts, numbers, truth values.
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /// The value on one line. Decimal numbers are written so that reading them gives the same bits; what is not a number
  /// is null.
  static String text(Object value) {
    Json json = new Json();
    json.write(value);
    return json.out.toString();
  }

  private void write(Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> e : map.entrySet()) {
          out.append(separator);
          quote(String.valueOf(e.getKey()));
          out.append(": ");
          write(e.getValue());
          separator = ", ";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case Collection<?> list -> {
        String separator = "[";
        for (Object element : list) {
          out.append(separator);
          write(element);
          separator = ", ";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Double d when !Double.isFinite(d) -> out.append("null");
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> quote(value.toString());
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
