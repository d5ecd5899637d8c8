package org.burin.io;

import java.io.IOException;
import java.nio.file.Path;

/// A file whose content cannot be used: which file, what was expected, what was found, what to do.
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /// An error in a file.
  public FileFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /// An error in a file with its cause.
  public FileFormatException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
