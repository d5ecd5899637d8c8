package org.burin.codegen.html;

import java.util.Locale;

/// A drawing. Coordinates are in units of which the drawing is `width` wide; it grows and shrinks with the window.
///
/// Colours are named by role, so that the page decides on them for light and dark windows: `ink` for lines and text,
/// `faint` for grids, `series0` to `series5` for data, `heat0` (nothing) to `heat9` (most) for quantities.
public final class Svg {
  /// How many colours there are for series of data.
  public static final int SERIES = 6;

  /// How many colours there are for quantities.
  public static final int HEATS = 10;

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String title;

  /// An empty drawing.
  ///
  /// @param title what it shows, for those who cannot see it
  public Svg(String title, double width, double height) {
    this.title = title;
    this.width = width;
    this.height = height;
  }

  /// Where a text stands relative to its point.
  public enum Anchor {
    /// it begins there
    START,
    /// its middle is there
    MIDDLE,
    /// it ends there
    END
  }

  /// A straight line in a colour.
  public Svg line(double x1, double y1, double x2, double y2, String colour) {
    body.append("<line class=\"s-").append(colour).append("\" x1=\"").append(number(x1)).append("\" y1=\"")
        .append(number(y1)).append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2))
        .append("\"/>\n");
    return this;
  }

  /// A line through points in a colour.
  ///
  /// @param points `x0, y0, x1, y1, ...`
  public Svg path(double[] points, String colour) {
    body.append("<polyline class=\"s-").append(colour).append("\" points=\"").append(list(points)).append("\"/>\n");
    return this;
  }

  /// A filled polygon, with a text that shows when one points at it.
  ///
  /// @param points `x0, y0, x1, y1, ...`
  public Svg polygon(double[] points, String colour, String hint) {
    body.append("<polygon class=\"f-").append(colour).append("\" points=\"").append(list(points)).append("\">");
    if (!hint.isEmpty()) {
      body.append("<title>").append(Markup.escape(hint)).append("</title>");
    }
    body.append("</polygon>\n");
    return this;
  }

  /// A text of 12 units in height, in the colour of the ink.
  public Svg text(double x, double y, Anchor anchor, String text) {
    body.append("<text class=\"a-").append(anchor.name().toLowerCase(Locale.ROOT)).append("\" x=\"").append(number(x))
        .append("\" y=\"").append(number(y)).append("\">").append(Markup.escape(text)).append("</text>\n");
    return this;
  }

  /// A text that is read from below upwards, with its middle at the point.
  public Svg upright(double x, double y, String text) {
    body.append("<text class=\"a-middle\" transform=\"translate(").append(number(x)).append(' ').append(number(y))
        .append(") rotate(-90)\">").append(Markup.escape(text)).append("</text>\n");
    return this;
  }

  /// The drawing as an element of a page.
  String text() {
    return "<svg viewBox=\"0 0 " + number(width) + " " + number(height) + "\" role=\"img\" aria-label=\""
        + Markup.escape(title) + "\">\n" + body + "</svg>\n";
  }

  private static String list(double[] points) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      s.append(i == 0 ? "" : i % 2 == 0 ? " " : ",").append(number(points[i]));
    }
    return s.toString();
  }

  /// Two decimals at most: a hundredth of a unit cannot be seen.
  private static String number(double x) {
    long hundredths = Math.round(x * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String s = String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
    return s.endsWith("0") ? s.substring(0, s.length() - 1) : s;
  }
}
