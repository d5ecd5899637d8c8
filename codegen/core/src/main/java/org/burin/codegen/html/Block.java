package org.burin.codegen.html;

/// A part of a [Page]: it stands on lines of its own.
public sealed interface Block permits Table, Figure, Paragraph {
  /// The part in HTML, lines ending with one line feed.
  String html();
}
