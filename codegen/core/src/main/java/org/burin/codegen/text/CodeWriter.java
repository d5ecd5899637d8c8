package org.burin.codegen.text;

/// Text of source code, line by line, with indentation. Lines end with one line feed on every machine, blank lines hold
/// no blanks.
public final class CodeWriter {
  private final String unit;
  private final StringBuilder text = new StringBuilder();
  private int depth;

  /// An empty text.
  ///
  /// @param unit what a line is indented by at every depth, such as two blanks
  public CodeWriter(String unit) {
    this.unit = unit;
  }

  /// Adds lines at the present depth.
  ///
  /// @param lines one line or several; the last line end may be left out
  public CodeWriter line(String lines) {
    String body = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    for (String line : body.split("\n", -1)) {
      if (line.isBlank()) {
        text.append('\n');
      } else {
        text.repeat(unit, depth).append(line.stripTrailing()).append('\n');
      }
    }
    return this;
  }

  /// Adds a blank line.
  public CodeWriter line() {
    text.append('\n');
    return this;
  }

  /// Adds a line, what `body` adds one deeper, and another line.
  ///
  /// @param head the line before, such as `module net (`
  /// @param tail the line after, such as `);`
  public CodeWriter block(String head, Runnable body, String tail) {
    line(head);
    indented(body);
    return line(tail);
  }

  /// Adds what `body` adds, one deeper.
  public CodeWriter indented(Runnable body) {
    depth++;
    try {
      body.run();
    } finally {
      depth--;
    }
    return this;
  }

  /// What was added so far.
  @Override
  public String toString() {
    return text.toString();
  }
}
