package org.burin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.data.Column.Role;
import org.burin.data.CsvFile.CsvUse;
import org.burin.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Which cell of a line goes to which place of a sample.
final class CsvLayout {
  private static final int LISTED = 40;

  private final CsvFormat format;
  private final List<CsvUse> uses;
  private final List<int[]> chosen = new ArrayList<>();
  private final @Nullable List<String> names;
  private final int width;

  private CsvLayout(CsvFormat format, List<CsvUse> uses, @Nullable List<String> names, int width) {
    this.format = format;
    this.uses = List.copyOf(uses);
    this.names = names;
    this.width = width;
  }

  /// @param first the cells of the first line that is neither empty nor a comment
  /// @param line its number
  static CsvLayout of(CsvFormat format, List<CsvUse> uses, List<String> first, long line, boolean header) {
    if (header && first.stream().allMatch(CsvLayout::isNumber)) {
      throw new DataException(format.path() + ":" + line + ": expected the names of the columns, but every cell is a"
          + " number; if the file has no header, say so (noHeader)");
    }
    CsvLayout layout = new CsvLayout(format, uses, header ? List.copyOf(first) : null, first.size());
    layout.resolve();
    return layout;
  }

  private static boolean isNumber(String cell) {
    return Float.isFinite(FloatText.parse(cell.toCharArray(), 0, cell.length()));
  }

  boolean hasHeader() {
    return names != null;
  }

  /// The number of cells of every line.
  int width() {
    return width;
  }

  List<CsvUse> uses() {
    return uses;
  }

  /// The file's columns, counted from 0, that the use with this number reads.
  int[] chosen(int use) {
    return chosen.get(use);
  }

  /// A column of the file for a message: its number, counted from 1, and its name.
  String describe(int column) {
    return "column " + (column + 1) + (names == null ? "" : " " + FileErrors.quote(names.get(column)));
  }

  private void resolve() {
    boolean[] named = new boolean[width];
    for (CsvUse use : uses) {
      int[] columns = switch (use.columns()) {
        case CsvColumns.Named n -> n.names().stream().mapToInt(this::find).toArray();
        case CsvColumns.At a -> a.positions().stream().mapToInt(this::position).toArray();
        case CsvColumns.Others _ -> new int[0];
      };
      Arrays.stream(columns).forEach(c -> named[c] = true);
      chosen.add(columns);
    }
    int[] others = IntStream.range(0, width).filter(c -> !named[c]).toArray();
    for (int u = 0; u < uses.size(); u++) {
      if (uses.get(u).columns() instanceof CsvColumns.Others) {
        chosen.set(u, others);
      }
      check(uses.get(u), chosen.get(u));
    }
  }

  private void check(CsvUse use, int[] columns) {
    String what = use.role().name().toLowerCase(Locale.ROOT) + " '" + use.name() + "'";
    if (columns.length == 0) {
      throw new DataException(format.path() + ": no column is left for the " + what + listing());
    }
    if (columns.length > 1 && (use.classes() != null || use.role() == Role.WEIGHT)) {
      throw new DataException(format.path() + ": " + columns.length + " columns are chosen for the " + what
          + "; expected one");
    }
    if (use.classes() != null && new HashSet<>(use.classes()).size() < use.classes().size()) {
      throw new DataException(format.path() + ": the class names " + use.classes() + " are not all different");
    }
  }

  private int find(String name) {
    if (names == null) {
      throw new DataException(format.path() + ": column " + FileErrors.quote(name)
          + " is chosen by name, but the file is read without a header; choose it by position");
    }
    int first = names.indexOf(name);
    if (first < 0) {
      throw new DataException(format.path() + ": there is no column " + FileErrors.quote(name) + listing());
    }
    int last = names.lastIndexOf(name);
    if (last != first) {
      throw new DataException(format.path() + ": columns " + (first + 1) + " and " + (last + 1) + " are both called "
          + FileErrors.quote(name) + "; choose by position");
    }
    return first;
  }

  private int position(int position) {
    if (position < 1 || position > width) {
      throw new DataException(format.path() + ": there is no column " + position + "; the file has " + width
          + " columns, counted from 1");
    }
    return position - 1;
  }

  private String listing() {
    if (names == null) {
      return "; the file has " + width + " columns";
    }
    String list = names.stream().limit(LISTED).collect(Collectors.joining(", "));
    return "; the header has " + list + (names.size() > LISTED ? ", ... (" + names.size() + " columns)" : "");
  }

  /// The columns of the dataset.
  ///
  /// @param labels the class names of every use
  List<Column> columns(List<CsvLabels> labels) {
    List<Column> columns = new ArrayList<>();
    for (int u = 0; u < uses.size(); u++) {
      CsvUse use = uses.get(u);
      boolean single = use.classes() != null || use.role() == Role.WEIGHT;
      Shape shape = single ? Shape.SCALAR : Shape.of(chosen.get(u).length);
      columns.add(new Column(use.role(), use.name(), shape, labels.get(u).names()));
    }
    return Columns.check(columns);
  }
}
