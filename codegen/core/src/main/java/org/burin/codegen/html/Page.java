package org.burin.codegen.html;

import java.util.ArrayList;
import java.util.List;

/// A report in one HTML file, which needs neither network nor script and reads well in narrow and wide windows.
///
/// The text depends on what was added alone: no date, no machine.
public final class Page {
  private static final String STYLE = """
      :root {
        color-scheme: light dark;
        --paper: #fff; --ink: #1c2733; --dim: #5b6875; --faint: #dfe5ea; --stripe: #f4f7f9;
        --series0: #1764ab; --series1: #c8501e; --series2: #2c8a4b; --series3: #7a4fb3; --series4: #b08900;
        --series5: #7b8794;
        --heat0: #eef2f5; --heat1: #fdeec2; --heat2: #fbdc92; --heat3: #f8c466; --heat4: #f3a544; --heat5: #ea842f;
        --heat6: #d96226; --heat7: #bf4322; --heat8: #992b20; --heat9: #6b181b;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #12181e; --ink: #e3e9ee; --dim: #9aa7b3; --faint: #2c3741; --stripe: #19212a;
          --series0: #6cb2f2; --series1: #f08a5b; --series2: #6cc98b; --series3: #b798e6; --series4: #dcbc4c;
          --series5: #97a3af;
          --heat0: #222c35; --heat1: #4d2b20; --heat2: #6b3220; --heat3: #8b3d20; --heat4: #ab4d22; --heat5: #c9642a;
          --heat6: #e08039; --heat7: #efa04f; --heat8: #f8c26f; --heat9: #fde7a6;
        }
      }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 68rem; padding: 1rem; background: var(--paper); color: var(--ink);
        font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
      h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0 1rem; }
      h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; padding-top: 0.5rem; border-top: 1px solid var(--faint); }
      p { margin: 0.5rem 0; max-width: 48rem; }
      table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
      caption, figcaption { color: var(--dim); font-size: 0.9rem; text-align: left; padding: 0.25rem 0; }
      th, td { text-align: right; padding: 0.25rem 0.6rem; vertical-align: top; overflow-wrap: break-word; }
      th:first-child, td:first-child { text-align: left; padding-left: 0.3rem; }
      th { border-bottom: 2px solid var(--ink); font-weight: 600; vertical-align: bottom; }
      tbody tr:nth-child(even) { background: var(--stripe); }
      figure { margin: 1rem 0; }
      .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: 1rem; }
      svg { width: 100%; max-width: 36rem; height: auto; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
      svg .a-middle { text-anchor: middle; }
      svg .a-end { text-anchor: end; }
      svg line, svg polyline { fill: none; stroke-width: 1; }
      svg polyline { stroke-width: 1.8; stroke-linejoin: round; }
      svg polygon { stroke: var(--paper); stroke-width: 1; }
      @media (max-width: 40rem) {
        table { font-size: 0.75rem; width: 100%; }
        th, td { padding: 0.2rem 0.25rem; }
      }
      """;

  private final String title;
  private final List<String> parts = new ArrayList<>();

  /// A page with a heading and nothing under it.
  public Page(String title) {
    this.title = title;
  }

  /// Adds the heading of a section.
  public Page section(String heading) {
    parts.add("<h2>" + Markup.escape(heading) + "</h2>\n");
    return this;
  }

  /// Adds a table, figure or paragraph.
  public Page add(Block block) {
    parts.add(block.html());
    return this;
  }

  /// Adds a paragraph of plain text.
  public Page text(String text) {
    return add(new Paragraph(text));
  }

  /// The file.
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>" + Markup.escape(title) + "</title>\n<style>\n" + STYLE + colours() + "</style>\n</head>\n<body>\n"
        + "<h1>" + Markup.escape(title) + "</h1>\n" + String.join("", parts) + "</body>\n</html>\n";
  }

  /// The classes by which drawings name colours: `s-` for strokes, `f-` for fills.
  private static String colours() {
    StringBuilder s = new StringBuilder("svg .s-ink { stroke: var(--ink); }\nsvg .s-faint { stroke: var(--faint); }\n");
    for (int i = 0; i < Svg.SERIES; i++) {
      s.append("svg .s-series").append(i)
          .append(" { stroke: var(--series").append(i).append("); stroke-width: 1.8; }\n");
    }
    for (int i = 0; i < Svg.HEATS; i++) {
      s.append("svg .f-heat").append(i).append(" { fill: var(--heat").append(i).append("); }\n");
    }
    return s.toString();
  }
}
