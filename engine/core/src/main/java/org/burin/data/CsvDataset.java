package org.burin.data;

import de.siegmar.fastcsv.reader.CsvIndex;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.IndexedCsvReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// The samples of a [CsvFile], read page by page. A page is [CsvFormat#PAGE] lines, so that it has as many samples
/// unless some lines are empty, comments or the header.
final class CsvDataset implements Dataset {
  private final CsvFormat format;
  private final CsvLayout layout;
  private final List<CsvLabels> labels;
  private final List<Column> columns;
  private final CsvIndex index;

  /// The number of the first sample of every page, and at last the number of samples.
  private final long[] starts;
  private final int headerPage;

  private CsvDataset(
      CsvFormat format, CsvLayout layout, List<CsvLabels> labels, CsvIndex index, long[] starts, int headerPage) {
    this.format = format;
    this.layout = layout;
    this.labels = labels;
    this.columns = layout.columns(labels);
    this.index = index;
    this.starts = starts;
    this.headerPage = headerPage;
  }

  /// Reads the file once from end to end: counts samples, checks every cell that is used, and finds class names.
  static CsvDataset open(CsvFormat format, CsvLayout layout) throws IOException {
    List<CsvLabels> labels = layout.uses().stream()
        .map(u -> u.classes() == null || !u.classes().isEmpty()
            ? CsvLabels.fixed(u.classes() == null ? List.of() : u.classes())
            : CsvLabels.found())
        .toList();
    CsvPageHandler handler = new CsvPageHandler(format, layout, labels);
    try (IndexedCsvReader<Void> reader = format.open(handler, null)) {
      int pages = reader.getIndex().pages().size();
      long[] starts = new long[pages + 1];
      int headerPage = -1;
      boolean header = layout.hasHeader();
      for (int p = 0; p < pages; p++) {
        readPage(format, reader, handler, p, header);
        if (header && !handler.awaitsHeader()) {
          header = false;
          headerPage = p;
        }
        starts[p + 1] = starts[p] + handler.count();
      }
      if (starts[pages] == 0) {
        throw new DataException(format.path() + ": the file has a header but no samples; expected one sample per line");
      }
      List<CsvLabels> sorted = labels.stream().map(CsvLabels::sorted).toList();
      return new CsvDataset(format, layout, sorted, reader.getIndex(), starts, headerPage);
    }
  }

  private static void readPage(
      CsvFormat format, IndexedCsvReader<Void> reader, CsvPageHandler handler, int page, boolean header)
      throws IOException {
    handler.begin(header);
    try {
      reader.readPage(page);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException found) {
        throw found;
      }
      throw CsvFormat.malformed(format.path(), e);
    }
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public long size() {
    return starts[starts.length - 1];
  }

  @Override
  public int blockSize() {
    return CsvFormat.PAGE;
  }

  @Override
  public Reader open() {
    CsvPageHandler handler = new CsvPageHandler(format, layout, labels);
    try {
      return new PageReader(this, handler, format.open(handler, index));
    } catch (IOException e) {
      throw FileErrors.unreadable(format.path(), e);
    } catch (IllegalArgumentException e) {
      throw changed(format, e);
    }
  }

  private static DataException changed(CsvFormat format, Exception e) {
    return new DataException(format.path() + ": the file has changed since it was opened; open it again", e);
  }

  private static final class PageReader implements Reader {
    private final CsvDataset data;
    private final CsvPageHandler handler;
    private final IndexedCsvReader<Void> reader;
    private final ArrayReader rows;
    private int page = -1;

    PageReader(CsvDataset data, CsvPageHandler handler, IndexedCsvReader<Void> reader) {
      this.data = data;
      this.handler = handler;
      this.reader = reader;
      this.rows = new ArrayReader(handler.rows(), Columns.sizes(data.columns));
    }

    @Override
    public void read(long first, int count, float[][] into, int row) {
      int p = pageOf(first);
      for (int done = 0; done < count; p++) {
        long at = first + done;
        int n = (int) Math.min(count - done, data.starts[p + 1] - at);
        if (n > 0) {
          load(p);
          rows.read(at - data.starts[p], n, into, row + done);
          done += n;
        }
      }
    }

    private int pageOf(long sample) {
      int i = Arrays.binarySearch(data.starts, sample);
      return i >= 0 ? i : -i - 2;
    }

    private void load(int p) {
      if (p == page) {
        return;
      }
      page = -1; // until it is loaded: reading may fail
      try {
        readPage(data.format, reader, handler, p, p == data.headerPage);
      } catch (IOException e) {
        throw FileErrors.unreadable(data.format.path(), e);
      }
      if (handler.count() != data.starts[p + 1] - data.starts[p]) {
        throw changed(data.format, new IllegalStateException("page " + p + " has " + handler.count() + " samples"));
      }
      page = p;
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw FileErrors.unreadable(data.format.path(), e);
      }
    }
  }
}
