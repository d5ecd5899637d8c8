package org.burin.codegen.html;

import java.util.List;

/// Pictures with a caption; they stand side by side where the window is wide enough.
///
/// @param caption what they show, in one sentence
/// @param pictures one or more
public record Figure(String caption, List<Svg> pictures) implements Block {
  /// Copies the list.
  public Figure {
    pictures = List.copyOf(pictures);
  }

  /// One picture.
  public static Figure of(String caption, Svg picture) {
    return new Figure(caption, List.of(picture));
  }

  @Override
  public String html() {
    StringBuilder s = new StringBuilder("<figure>\n<div class=\"pictures\">\n");
    pictures.forEach(p -> s.append(p.text()));
    s.append("</div>\n<figcaption>").append(Markup.escape(caption)).append("</figcaption>\n</figure>\n");
    return s.toString();
  }
}
