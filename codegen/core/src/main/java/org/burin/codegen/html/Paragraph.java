package org.burin.codegen.html;

/// A paragraph of plain text.
///
/// @param text without markup: every character is shown as it is
public record Paragraph(String text) implements Block {
  @Override
  public String html() {
    return "<p>" + Markup.escape(text) + "</p>\n";
  }
}
