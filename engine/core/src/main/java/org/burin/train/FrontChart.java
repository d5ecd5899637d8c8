package org.burin.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.burin.train.ParetoFront.Point;

/// Draws a [ParetoFront] as an SVG image. The same front gives the same text on every machine.
final class FrontChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 460;
  private static final int LEFT = 80;
  private static final int RIGHT = 24;
  private static final int TOP = 48;
  private static final int BOTTOM = 60;
  private static final int MOST_TICKS = 7;

  private final ParetoFront front;
  private final Axis ebops;
  private final Axis metric;

  FrontChart(ParetoFront front) {
    this.front = front;
    // Beaten epochs far from the front, such as the first ones, would only make it small.
    List<Point> shown = front.front().isEmpty() ? front.beaten() : front.front();
    this.ebops = Axis.logarithmic(shown, Point::ebops, LEFT, WIDTH - RIGHT);
    this.metric = Axis.linear(shown, Point::metric, HEIGHT - BOTTOM, TOP);
  }

  /// From numbers to pixels.
  ///
  /// @param low the number at the beginning; its logarithm, if the axis has logarithms
  /// @param high the number at the end, or its logarithm
  /// @param ticks the numbers that are written at the axis
  private record Axis(boolean logarithms, double low, double high, double from, double to, List<Double> ticks) {
    static Axis linear(List<Point> points, ToDoubleFunction<Point> value, double from, double to) {
      double least = points.stream().mapToDouble(value).min().orElse(0);
      double most = points.stream().mapToDouble(value).max().orElse(1);
      double room = most > least ? (most - least) * 0.08 : Math.max(Math.abs(most), 1) * 0.01;
      double low = least - room;
      double high = most + room;
      double step = step((high - low) / (MOST_TICKS - 1));
      List<Double> ticks = new ArrayList<>();
      for (double n = Math.ceil(low / step); n * step <= high; n++) {
        ticks.add(n * step);
      }
      return new Axis(false, low, high, from, to, ticks);
    }

    static Axis logarithmic(List<Point> points, ToDoubleFunction<Point> value, double from, double to) {
      double least = Math.max(1, points.stream().mapToDouble(value).min().orElse(1));
      double most = Math.max(least, points.stream().mapToDouble(value).max().orElse(10));
      double room = Math.max(0.05, StrictMath.log(most / least) * 0.06);
      double low = StrictMath.log(least) - room;
      double high = StrictMath.log(most) + room;
      List<Double> ticks = new ArrayList<>();
      for (double decade = 1; decade < most * 10; decade *= 10) {
        for (double digit : high - low > 4 ? new double[] {1} : new double[] {1, 2, 5}) {
          double position = StrictMath.log(decade * digit);
          if (position >= low && position <= high) {
            ticks.add(decade * digit);
          }
        }
      }
      return new Axis(true, low, high, from, to, ticks);
    }

    /// The smallest of 1, 2 and 5 times a power of ten that is at least this.
    private static double step(double least) {
      double unit = 1e-12;
      while (unit * 10 <= least) {
        unit *= 10;
      }
      return unit * (least <= unit ? 1 : least <= 2 * unit ? 2 : least <= 5 * unit ? 5 : 10);
    }

    double at(double x) {
      double position = logarithms ? StrictMath.log(Math.max(1, x)) : x;
      return from + (to - from) * (position - low) / (high - low);
    }

    boolean shows(double x) {
      double position = logarithms ? StrictMath.log(Math.max(1, x)) : x;
      return position >= low && position <= high;
    }
  }

  String toSvg() {
    StringBuilder s = new StringBuilder();
    s.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(WIDTH).append("\" height=\"").append(HEIGHT)
        .append("\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT)
        .append("\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#333\">\n");
    s.append("<rect width=\"").append(WIDTH).append("\" height=\"").append(HEIGHT).append("\" fill=\"white\"/>\n");
    text(s, WIDTH / 2.0, TOP - 22, "middle", front.metric() + " over EBOPs: " + front.front().size()
        + " models that no other one beats, of " + (front.front().size() + front.beaten().size()) + " epochs");
    axes(s);
    dots(s, front.beaten(), 2.5, "#c4c4c4");
    line(s);
    dots(s, front.front(), 4, "#1f5fa8");
    return s.append("</svg>\n").toString();
  }

  private void axes(StringBuilder s) {
    double bottom = HEIGHT - BOTTOM;
    for (double x : ebops.ticks) {
      stroke(s, ebops.at(x), TOP, ebops.at(x), bottom, "#e4e4e4");
      text(s, ebops.at(x), bottom + 20, "middle", number(x));
    }
    for (double y : metric.ticks) {
      stroke(s, LEFT, metric.at(y), WIDTH - RIGHT, metric.at(y), "#e4e4e4");
      text(s, LEFT - 8, metric.at(y) + 4, "end", number(y));
    }
    stroke(s, LEFT, bottom, WIDTH - RIGHT, bottom, "#333");
    stroke(s, LEFT, TOP, LEFT, bottom, "#333");
    text(s, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", "EBOPs (logarithmic)");
    s.append("<text transform=\"translate(20,").append(number((TOP + bottom) / 2))
        .append(") rotate(-90)\" text-anchor=\"middle\">").append(escape(front.metric())).append("</text>\n");
  }

  /// A staircase: up to the next model, the one before it is the best that the EBOPs allow.
  private void line(StringBuilder s) {
    StringBuilder path = new StringBuilder();
    double height = Double.NaN;
    for (Point p : front.front()) {
      String x = pixel(ebops.at(p.ebops()));
      if (!path.isEmpty()) {
        path.append(" L").append(x).append(',').append(pixel(height));
      }
      height = metric.at(p.metric());
      path.append(path.isEmpty() ? "M" : " L").append(x).append(',').append(pixel(height));
    }
    if (!path.isEmpty()) {
      s.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.5\"/>\n");
    }
  }

  private void dots(StringBuilder s, List<Point> points, double radius, String colour) {
    Stream<Point> visible = points.stream().filter(p -> ebops.shows(p.ebops()) && metric.shows(p.metric()));
    visible.forEach(p -> s.append("<circle cx=\"").append(pixel(ebops.at(p.ebops()))).append("\" cy=\"")
        .append(pixel(metric.at(p.metric()))).append("\" r=\"").append(number(radius)).append("\" fill=\"")
        .append(colour).append("\"><title>epoch ").append(p.epoch()).append(": ").append(number(p.ebops()))
        .append(" EBOPs, ").append(escape(front.metric())).append(' ').append(number(p.metric()))
        .append("</title></circle>\n"));
  }

  private static void stroke(StringBuilder s, double x1, double y1, double x2, double y2, String colour) {
    s.append("<line x1=\"").append(pixel(x1)).append("\" y1=\"").append(pixel(y1)).append("\" x2=\"").append(pixel(x2))
        .append("\" y2=\"").append(pixel(y2)).append("\" stroke=\"").append(colour).append("\"/>\n");
  }

  private static void text(StringBuilder s, double x, double y, String anchor, String text) {
    s.append("<text x=\"").append(pixel(x)).append("\" y=\"").append(pixel(y)).append("\" text-anchor=\"")
        .append(anchor).append("\">").append(escape(text)).append("</text>\n");
  }

  private static String pixel(double x) {
    return number(Math.rint(x * 10) / 10);
  }

  /// At most six decimals, without zeros at the end.
  private static String number(double x) {
    String text = String.format(Locale.ROOT, "%.6f", x).replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
