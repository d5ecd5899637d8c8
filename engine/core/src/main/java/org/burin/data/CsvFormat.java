package org.burin.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvIndex;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.IndexedCsvReader;
import java.io.IOException;
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

  static DataException malformed(Path path, CsvParseException e) {
    return new DataException(path + ": is not well-formed CSV: " + e.getMessage() + "; correct the line", e);
  }
}
