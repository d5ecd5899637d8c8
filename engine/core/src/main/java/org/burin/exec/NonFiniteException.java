package org.burin.exec;

/// The guarded output of a plan came out as NaN or infinity; no parameter was changed.
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The guarded output.
  private final String output;

  /// What it came out as.
  private final float value;

  NonFiniteException(String output, float value) {
    super("output '" + output + "' is " + value);
    this.output = output;
    this.value = value;
  }

  /// The guarded output's name.
  public String output() {
    return output;
  }

  /// What it came out as.
  public float value() {
    return value;
  }
}
