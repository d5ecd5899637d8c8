package org.burin.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes the cells of a page of a [CsvFile] into arrays, straight from the parser's buffer.
final class CsvPageHandler extends AbstractBaseCsvCallbackHandler<Void> {
  private final CsvFormat format;
  private final CsvLayout layout;
  private final List<CsvLabels> labels;
  private final float[][] rows;
  private final int[] sizes;

  /// For every column of the file the uses that read it, and the place in a sample of each.
  private final int[][] uses;
  private final int[][] places;
  private boolean skipHeader;
  private int count;
  private @Nullable String problem;

  /// @param labels for every use the class names
  CsvPageHandler(CsvFormat format, CsvLayout layout, List<CsvLabels> labels) {
    this.format = format;
    this.layout = layout;
    this.labels = labels;
    this.sizes = Columns.sizes(layout.columns(labels));
    this.rows = new float[sizes.length][];
    List<List<int[]>> targets = new ArrayList<>();
    for (int c = 0; c < layout.width(); c++) {
      targets.add(new ArrayList<>());
    }
    for (int u = 0; u < sizes.length; u++) {
      rows[u] = new float[sizes[u] * CsvFormat.PAGE];
      int[] chosen = layout.chosen(u);
      for (int k = 0; k < chosen.length; k++) {
        targets.get(chosen[k]).add(new int[] {u, k});
      }
    }
    this.uses = targets.stream().map(t -> t.stream().mapToInt(p -> p[0]).toArray()).toArray(int[][]::new);
    this.places = targets.stream().map(t -> t.stream().mapToInt(p -> p[1]).toArray()).toArray(int[][]::new);
  }

  /// Prepares for a page.
  ///
  /// @param withHeader whether the first line that is neither empty nor a comment is the header
  void begin(boolean withHeader) {
    skipHeader = withHeader;
    count = 0;
    problem = null;
  }

  /// Whether the header is still to come.
  boolean awaitsHeader() {
    return skipHeader;
  }

  /// The number of samples of the page so far.
  int count() {
    return count;
  }

  /// The samples of the page: one array per column of the dataset.
  float[][] rows() {
    return rows;
  }

  @Override
  protected void handleField(int column, char[] text, int offset, int length, boolean quoted) {
    if (skipHeader || column >= uses.length) {
      return;
    }
    int[] users = uses[column];
    for (int i = 0; i < users.length; i++) {
      int use = users[i];
      float value = layout.uses().get(use).classes() == null
          ? number(column, layout.uses().get(use).least(), text, offset, length)
          : label(use, column, text, offset, length);
      rows[use][count * sizes[use] + places[column][i]] = value;
    }
  }

  @Override
  protected @Nullable Void buildRecord() {
    if (getRecordType() != RecordType.DATA) {
      return null;
    }
    if (skipHeader) {
      skipHeader = false;
      return null;
    }
    if (getFieldCount() != layout.width()) {
      throw new DataException(format.path() + ":" + getStartingLineNumber() + ": found " + columns(getFieldCount())
          + ", expected " + layout.width() + (layout.hasHeader() ? " as in the header" : " as in the first line")
          + "; correct the line, or check the delimiter " + FileErrors.quote("" + format.delimiter()));
    }
    if (problem != null) {
      throw new DataException(problem);
    }
    count++;
    return null;
  }

  private float number(int column, float least, char[] text, int offset, int length) {
    float value = FloatText.parse(text, offset, length);
    if (Float.isFinite(value)) {
      return value >= least ? value : fail(column, "expected a number of at least " + least + ", found "
          + FileErrors.quote(new String(text, offset, length)) + "; correct the cell or remove the line");
    }
    String cell = new String(text, offset, length);
    if (cell.isBlank()) {
      if (format.missing() != null) {
        return format.missing();
      }
      return fail(column, "expected a number, found an empty cell; fill it in, or say what it stands for (missing)");
    }
    if (Float.isNaN(value) && !FloatText.isNonFinite(cell)) {
      return fail(column, "expected a number, found " + FileErrors.quote(cell)
          + "; correct the cell or leave the column out");
    }
    if (!format.nonFinite()) {
      return fail(column, "expected a finite float32, found " + FileErrors.quote(cell)
          + "; remove the line, or allow such numbers (allowNonFinite)");
    }
    return value;
  }

  private float label(int use, int column, char[] text, int offset, int length) {
    String cell = new String(text, offset, length).strip();
    if (cell.isEmpty()) {
      return fail(column, "expected a class name, found an empty cell; fill it in or remove the line");
    }
    int index = labels.get(use).indexOf(cell);
    if (index < 0) {
      return fail(column, "expected one of the classes " + String.join(", ", labels.get(use).names()) + "; found "
          + FileErrors.quote(cell));
    }
    return index;
  }

  /// Keeps the first problem of a line until its end, because a line with too few cells is the better explanation.
  private float fail(int column, String what) {
    if (problem == null) {
      boolean perhapsHeader = !layout.hasHeader() && getStartingLineNumber() == 1;
      problem = format.path() + ":" + getStartingLineNumber() + ": " + layout.describe(column) + ": " + what
          + (perhapsHeader ? "; if this line is a header, do not say that there is none (noHeader)" : "");
    }
    return Float.NaN;
  }

  private static String columns(int n) {
    return n == 1 ? "1 column" : n + " columns";
  }
}
