package org.burin.demo;

import java.util.Locale;
import org.burin.codegen.html.Svg;
import org.burin.codegen.html.Svg.Anchor;

/// The numbers that an encoder sends for a module, as squares in rows of four.
final class CodePicture {
  private static final double WIDTH = 300;
  private static final double SIDE = 50;
  private static final int COLUMNS = 4;
  private static final double TOP = 40;

  private CodePicture() {}

  /// A picture of latents, coloured from nothing to `most`, each with its raw integer.
  ///
  /// @param raw the integers that are sent
  /// @param most the largest that can be sent
  static Svg draw(String title, long[] raw, long most) {
    int rows = Math.ceilDiv(raw.length, COLUMNS);
    Svg svg = new Svg(title, WIDTH, TOP + rows * (SIDE + 16));
    svg.text(WIDTH / 2, 14, Anchor.MIDDLE, title);
    double left = (WIDTH - COLUMNS * SIDE) / 2;
    for (int i = 0; i < raw.length; i++) {
      int row = i / COLUMNS;
      double x = left + (i - row * COLUMNS) * SIDE;
      double y = TOP + row * (SIDE + 16);
      long step = raw[i] == 0 ? 0 : 1 + raw[i] * (Svg.HEATS - 1) / (most + 1);
      svg.polygon(new double[] {x, y, x + SIDE, y, x + SIDE, y + SIDE, x, y + SIDE},
          "heat" + Math.min(step, Svg.HEATS - 1), String.format(Locale.ROOT, "latent %d: %d", i, raw[i]));
      svg.text(x + SIDE / 2, y - 3, Anchor.MIDDLE, Long.toString(raw[i]));
    }
    return svg;
  }
}
