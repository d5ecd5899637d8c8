package org.burin.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the parts of YAML and JSON of which hls4ml's configurations consist: mappings, by indentation or in braces, of
/// plain and quoted scalars.
final class ConfigText {
  private static final Pattern ENTRY = Pattern.compile("( *)(\"[^\"]*\"|'[^']*'|[^\\s:#'\"][^:]*?) *:(?: +(.*?))? *");
  private static final Pattern JSON_TOKEN =
      Pattern.compile("\\s*(?:([{}:,])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s{}:,\"]+))", Pattern.DOTALL);

  /// A mapping, or a scalar if it has no entries of its own.
  ///
  /// @param line where it stands, from 1 on
  /// @param text the scalar's text; empty for a mapping
  record Node(int line, String text, Map<String, Node> entries) {
    boolean isScalar() {
      return entries.isEmpty() && !text.isEmpty();
    }
  }

  private final String source;
  private final String text;

  private ConfigText(String source, String text) {
    this.source = source;
    this.text = text;
  }

  static Node read(String text, String source) {
    ConfigText t = new ConfigText(source, text);
    return text.stripLeading().startsWith("{") ? t.json() : t.yaml();
  }

  // ---- YAML -----------------------------------------------------------------------------------------------------

  private Node yaml() {
    Node root = new Node(1, "", new LinkedHashMap<>());
    List<Node> open = new ArrayList<>(List.of(root));
    List<Integer> indents = new ArrayList<>(List.of(-1));
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = withoutComment(lines[i]);
      if (line.isBlank() || line.equals("---")) {
        continue;
      }
      Matcher m = ENTRY.matcher(line);
      if (!m.matches()) {
        throw error(i + 1, "expected 'key: value' or 'key:', found '" + line.strip() + "'");
      }
      int indent = m.group(1).length();
      while (indents.getLast() >= indent) {
        indents.removeLast();
        open.removeLast();
      }
      Node parent = open.getLast();
      if (!parent.text.isEmpty()) {
        throw error(i + 1, "'" + line.strip() + "' lies inside of a value");
      }
      String value = m.group(3) == null ? "" : m.group(3);
      Node node = new Node(i + 1, value.equals("{}") ? "" : unquoted(value), new LinkedHashMap<>());
      put(parent, unquoted(m.group(2)), node);
      open.add(node);
      indents.add(indent);
    }
    return root;
  }

  private static String withoutComment(String line) {
    int at = line.startsWith("#") ? 0 : line.indexOf(" #");
    return (at < 0 ? line : line.substring(0, at)).stripTrailing();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))
        && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private void put(Node parent, String key, Node node) {
    if (parent.entries.putIfAbsent(key, node) != null) {
      throw error(node.line, "key '" + key + "' stands here a second time");
    }
  }

  private HlsConfigException error(int line, String message) {
    return new HlsConfigException(source + ":" + line + ": " + message);
  }

  // ---- JSON -----------------------------------------------------------------------------------------------------

  private int position;

  private Node json() {
    Node root = value();
    if (!text.substring(position).isBlank()) {
      throw error(line(), "expected the end of the text, found '" + text.substring(position).strip() + "'");
    }
    return root;
  }

  private int line() {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private Matcher token() {
    Matcher m = JSON_TOKEN.matcher(text).region(position, text.length());
    if (!m.lookingAt()) {
      throw error(line(), position >= text.length() ? "the text ends too early"
          : "found '" + text.substring(position).strip() + "'");
    }
    position = m.end();
    return m;
  }

  private Node value() {
    Matcher m = token();
    int line = line();
    if (m.group(1) == null) {
      return new Node(line, m.group(2) != null ? m.group(2) : m.group(3), new LinkedHashMap<>());
    }
    if (!m.group(1).equals("{")) {
      throw error(line, "expected a value, found '" + m.group(1) + "'");
    }
    Node node = new Node(line, "", new LinkedHashMap<>());
    Matcher next = token();
    while (!"}".equals(next.group(1))) {
      if (next.group(2) == null) {
        throw error(line(), "expected a key in quotes, found '" + next.group().strip() + "'");
      }
      expect(":");
      put(node, next.group(2), value());
      next = token();
      if (",".equals(next.group(1))) {
        next = token();
      } else if (!"}".equals(next.group(1))) {
        throw error(line(), "expected ',' or '}', found '" + next.group().strip() + "'");
      }
    }
    return node;
  }

  private void expect(String sign) {
    Matcher m = token();
    if (!sign.equals(m.group(1))) {
      throw error(line(), "expected '" + sign + "', found '" + m.group().strip() + "'");
    }
  }
}
