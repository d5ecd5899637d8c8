package org.burin.data;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The texts that the file formats share.
final class FileErrors {
  private static final int QUOTED = 40;

  private FileErrors() {}

  /// A file that cannot be opened or read.
  static DataException unreadable(Path path, Exception e) {
    if (e instanceof NoSuchFileException || Files.notExists(path)) {
      return new DataException(path + ": there is no such file", e);
    }
    if (Files.isDirectory(path)) {
      return new DataException(path + ": is a folder; expected a file", e);
    }
    return new DataException(path + ": cannot be read: " + e.getMessage(), e);
  }

  /// A piece of a file for a message: quoted, and cut when long.
  static String quote(String text) {
    return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
  }
}
