package org.burin.train;

/// Training cannot begin or go on: where, what was expected, what was found, what to do.
///
/// Files that were there stay as they were; the last good checkpoint is named if there is one.
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with its whole text.
  public TrainingException(String message) {
    super(message);
  }

  /// An error with its whole text and its cause.
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
