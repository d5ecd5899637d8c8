package org.burin.fixed;

/// A fixed graph that cannot be built, read or run: where (layer path, operation or line), what was expected, what was
/// found, what to do.
public final class FixedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// An error with its whole text.
  public FixedException(String message) {
    super(message);
  }

  /// An error with its whole text and its cause.
  public FixedException(String message, Throwable cause) {
    super(message, cause);
  }
}
