package org.burin.pass;

import java.util.List;

/// Rows of text in columns that line up.
public final class TextTable {
  private TextTable() {}

  /// The table: titles, a rule, rows, a rule, and the last row.
  ///
  /// @param cells rows of as many texts as there are titles, the titles first
  /// @param leftAligned how many columns are aligned left; the others are aligned right
  public static String of(List<List<String>> cells, int leftAligned) {
    int[] widths = new int[cells.getFirst().size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder s = new StringBuilder();
    for (int r = 0; r < cells.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = cells.get(r).get(i);
        String blanks = " ".repeat(widths[i] - text.length());
        line.append(i == 0 ? "" : "  ").append(i < leftAligned ? text + blanks : blanks + text);
      }
      String rule = "-".repeat(line.length()) + "\n";
      s.append(r == cells.size() - 1 ? rule : "").append(line.toString().stripTrailing()).append('\n')
          .append(r == 0 ? rule : "");
    }
    return s.toString();
  }
}
