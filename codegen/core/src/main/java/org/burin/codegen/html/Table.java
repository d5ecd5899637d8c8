package org.burin.codegen.html;

import java.util.ArrayList;
import java.util.List;

/// A table. The first column is aligned to the left, the others to the right, as numbers are.
///
/// @param caption what the table shows, in one sentence; may be empty
/// @param header the names of the columns
/// @param rows the cells, as many in each row as there are columns
public record Table(String caption, List<String> header, List<List<String>> rows) implements Block {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException when a row does not have a cell for each column
  public Table {
    header = List.copyOf(header);
    List<List<String>> copy = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException("table '" + caption + "' has " + header.size() + " columns " + header
            + ", found a row with " + row.size() + " cells " + row);
      }
      copy.add(List.copyOf(row));
    }
    rows = List.copyOf(copy);
  }

  @Override
  public String html() {
    StringBuilder s = new StringBuilder("<table>\n");
    if (!caption.isEmpty()) {
      s.append("<caption>").append(Markup.escape(caption)).append("</caption>\n");
    }
    row(s.append("<thead>"), header, "th").append("</thead>\n<tbody>\n");
    rows.forEach(r -> row(s, r, "td").append('\n'));
    return s.append("</tbody>\n</table>\n").toString();
  }

  private static StringBuilder row(StringBuilder s, List<String> cells, String element) {
    s.append("<tr>");
    for (String cell : cells) {
      s.append('<').append(element).append('>').append(Markup.escape(cell)).append("</").append(element).append('>');
    }
    return s.append("</tr>");
  }
}
