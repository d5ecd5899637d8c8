package org.burin.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvIndex;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.IndexedCsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the text of a [CsvFile] is to be understood.
record CsvFormat(
    Path path, char delimiter, @Nullable Character comment, @Nullable Float missing, boolean nonFinite) {
  /// Records per page: what is read and decoded at a time.
  static final int PAGE = 4096;

  IndexedCsvReader<Void> open(CsvCallbackHandler<Void> handler, @Nullable CsvIndex index) throws IOException {
    IndexedCsvReader.IndexedCsvReaderBuilder builder =
        IndexedCsvReader.builder().fieldSeparator(delimiter).allowUnclosedQuote(false).pageSize(PAGE);
    if (comment != null) {
      builder.commentStrategy(CommentStrategy.READ).commentCharacter(comment);
    }
    if (index != null) {
      builder.index(index);
    }
    return builder.build(handler, path);
  }

  static DataException unreadable(Path path, Exception e) {
    if (e instanceof NoSuchFileException || Files.notExists(path)) {
      return new DataException(path + ": there is no such file", e);
    }
    if (Files.isDirectory(path)) {
      return new DataException(path + ": is a folder; expected a file", e);
    }
    return new DataException(path + ": cannot be read: " + e.getMessage(), e);
  }

  static DataException malformed(Path path, CsvParseException e) {
    return new DataException(path + ": is not well-formed CSV: " + e.getMessage() + "; correct the line", e);
  }

  /// A cell for a message: quoted, and cut when long.
  static String quote(String cell) {
    return "'" + (cell.length() > 40 ? cell.substring(0, 40) + "..." : cell) + "'";
  }
}
