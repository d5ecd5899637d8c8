package org.burin.compat;

/// A configuration that cannot be read, or a model that does not fit to it: where, what was found, what was expected.
public final class HlsConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// An error with its whole text.
  public HlsConfigException(String message) {
    super(message);
  }
}
