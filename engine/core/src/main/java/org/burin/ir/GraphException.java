package org.burin.ir;

/// A graph that cannot be built, read or run: where (layer path, operation or line), what was expected, what was found.
public final class GraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// An error with its whole text.
  public GraphException(String message) {
    super(message);
  }

  /// An error with its whole text and its cause.
  public GraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
