package org.burin.codegen.spi;

/// A program of somebody else's that is missing, fails, or takes too long. The text says which, how it was called, what
/// it said and what to do.
public final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with its whole text.
  public ToolException(String message) {
    super(message);
  }

  /// An error with its whole text and its cause.
  public ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
