package org.burin.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a graph's text after every stage to files such as `02-constant-fold.txt`.
final class Dump {
  private final @Nullable Path folder;
  private int written;

  /// @param folder where to write, created if need be; null to write nothing
  Dump(@Nullable Path folder) {
    this.folder = folder;
  }

  /// Writes the text of a graph.
  ///
  /// @param stage what has been done last
  void write(String stage, Object graph) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(String.format(Locale.ROOT, "%02d-%s.txt", ++written, stage)), graph.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
