package org.burin.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Named results in order, printed as aligned lines for people or as one JSON object for programs.
///
/// The object begins with `"schema": "burin.COMMAND/VERSION"`. Entries may be added without another version; taking one
/// away, or giving it another meaning, needs one. docs/command-line.md lists them.
final class Report {
  private static final int VERSION = 1;

  private final Map<String, Object> entries = new LinkedHashMap<>();
  private final String schema;

  /// The results of a command.
  ///
  /// @param command its name, such as `train`
  Report(String command) {
    schema = "burin." + command + "/" + VERSION;
  }

  /// Adds a text, a number, a truth value, or a collection or map of these, which only programs see.
  Report add(String name, Object value) {
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
    Map<String, Object> shown = new LinkedHashMap<>(entries);
    shown.values().removeIf(value -> value instanceof Collection || value instanceof Map);
    int width = shown.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder s = new StringBuilder();
    shown.forEach((name, value) ->
        s.append(name).repeat(' ', width - name.length() + 2)
            .append(value instanceof Double d ? String.format(Locale.ROOT, "%.4f", d) : value)
            .append('\n'));
    return s.toString();
  }

  /// A JSON object on one line, numbers in full; what is not a number is null.
  String toJson() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", schema);
    object.putAll(entries);
    return Json.text(object) + "\n";
  }
}
