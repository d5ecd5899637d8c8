package org.burin.codegen.html;

/// Text made safe for HTML and SVG.
final class Markup {
  private Markup() {}

  /// The text with the characters replaced that mean something in element content or in a quoted attribute.
  static String escape(String text) {
    StringBuilder s = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> s.append("&amp;");
        case '<' -> s.append("&lt;");
        case '>' -> s.append("&gt;");
        case '"' -> s.append("&quot;");
        default -> s.append(c);
      }
    }
    return s.toString();
  }
}
