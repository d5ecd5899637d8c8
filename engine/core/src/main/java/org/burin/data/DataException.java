package org.burin.data;

/// Data that cannot be used: a missing or damaged file, a bad cell, an empty dataset, columns that do not fit together.
///
/// The message is written for the person who owns the data: it says where (file, line, column), what was expected, what
/// was found, and what to do. The command line prints it alone and ends with exit code 3.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An exception with this message.
  public DataException(String message) {
    super(message);
  }

  /// An exception with this message, caused by another.
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
