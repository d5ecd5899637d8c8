package org.burin.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.burin.data.Column.Role;
import org.jspecify.annotations.Nullable;

/// A text file of samples, one per line: which of its columns to read, and how.
///
/// The format is that of RFC 4180 in UTF-8, with a delimiter of choice; empty lines are skipped. Unless [#noHeader] is
/// called, the first line names the columns. Numbers are decimal, such as `-1.5` or `1e-3`, and become the nearest
/// float32.
///
/// ```java
/// Dataset jets = CsvFile.of(Path.of("jets.csv"))
///     .labels("class", CsvColumns.named("class"), "g", "q", "t", "w", "z")
///     .input("features", CsvColumns.others())
///     .read();
/// ```
public final class CsvFile {
  private final Path path;
  private final List<CsvUse> uses = new ArrayList<>();
  private boolean header = true;
  private char delimiter = ',';
  private @Nullable Character comment;
  private @Nullable Float missing;
  private boolean nonFinite;

  private CsvFile(Path path) {
    this.path = path;
  }

  /// The file at this path; nothing is opened yet.
  public static CsvFile of(Path path) {
    return new CsvFile(path);
  }

  /// The first line is a sample, not the names of the columns.
  public CsvFile noHeader() {
    header = false;
    return this;
  }

  /// What stands between two cells, such as `';'` or `'\t'`; without this call a comma.
  public CsvFile delimiter(char character) {
    delimiter = character;
    return this;
  }

  /// Skips the lines that start with this character; without this call there are no comments.
  public CsvFile comments(char character) {
    comment = character;
    return this;
  }

  /// The number that an empty cell stands for; without this call an empty cell is an error.
  public CsvFile missing(float value) {
    missing = value;
    return this;
  }

  /// Accepts `nan`, `inf` and `infinity`, in any case, and numbers too large for a float32, which become infinite;
  /// without this call they are errors.
  public CsvFile allowNonFinite() {
    nonFinite = true;
    return this;
  }

  /// Reads columns of numbers as an input of shape `[number of columns]`.
  public CsvFile input(String name, CsvColumns columns) {
    return input(name, columns, Float.NEGATIVE_INFINITY);
  }

  /// Reads columns of numbers as an input of shape `[number of columns]`; a number that is less than `least` is an error.
  public CsvFile input(String name, CsvColumns columns, float least) {
    return use(new CsvUse(Role.INPUT, name, columns, null, least));
  }

  /// Reads columns of numbers as a target of shape `[number of columns]`.
  public CsvFile target(String name, CsvColumns columns) {
    return use(new CsvUse(Role.TARGET, name, columns, null, Float.NEGATIVE_INFINITY));
  }

  /// Reads one column of class names as a target of class indices, shape `[]`.
  ///
  /// @param classes the class names, index 0 first. None for those that occur in the file: in numeric order if all are
  ///     integers, otherwise in the order of their characters; [Column#classes] tells them
  public CsvFile labels(String name, CsvColumns column, String... classes) {
    return use(new CsvUse(Role.TARGET, name, column, List.of(classes), Float.NEGATIVE_INFINITY));
  }

  /// Reads one column of numbers as the factors for the loss of every target.
  public CsvFile weight(CsvColumns column) {
    return use(new CsvUse(Role.WEIGHT, Column.EVERY_TARGET, column, null, Float.NEGATIVE_INFINITY));
  }

  private CsvFile use(CsvUse use) {
    uses.add(use);
    return this;
  }

  /// Reads the whole file into memory.
  ///
  /// @throws DataException when the file is missing, empty or too large, or has a bad header, line or cell
  public Dataset read() {
    return stream().load();
  }

  /// Opens the file as a dataset that reads samples from it when they are asked for. The whole file is read and checked
  /// once here, so that a bad cell is found before training starts and not hours later. The file must not change while
  /// in use.
  ///
  /// @throws DataException when the file is missing or empty, or has a bad header, line or cell
  public Dataset stream() {
    if (uses.isEmpty()) {
      throw new DataException(path + ": no column is chosen; call input, target, labels or weight");
    }
    CsvFormat format = new CsvFormat(path, delimiter, comment, missing, nonFinite);
    try (CsvReader<CsvRecord> reader = reader()) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new DataException(path + ": the file is empty; expected "
            + (header ? "a line with the names of the columns, then samples" : "one sample per line"));
      }
      CsvRecord first = records.next();
      CsvLayout layout = CsvLayout.of(format, uses, first.getFields(), first.getStartingLineNumber(), header);
      return CsvDataset.open(format, layout);
    } catch (IOException | UncheckedIOException e) {
      throw FileErrors.unreadable(path, e);
    } catch (CsvParseException e) {
      throw CsvFormat.malformed(path, e);
    }
  }

  private CsvReader<CsvRecord> reader() throws IOException {
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder().fieldSeparator(delimiter).allowUnclosedQuote(false).detectBomHeader(true);
    if (comment != null) {
      builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment);
    }
    return builder.ofCsvRecord(path);
  }

  /// What a choice of columns is read as.
  ///
  /// @param classes null for numbers; for labels the class names, or none to find them in the file
  /// @param least the least number that is not an error
  record CsvUse(Role role, String name, CsvColumns columns, @Nullable List<String> classes, float least) {}
}
