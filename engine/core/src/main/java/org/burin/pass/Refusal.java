package org.burin.pass;

import org.jspecify.annotations.Nullable;

/// Ends the lowering of one value. Never leaves this package.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Diagnostic diagnostic;

  private Refusal(@Nullable Diagnostic diagnostic) {
    super(null, null, false, false);
    this.diagnostic = diagnostic;
  }

  /// A value that depends on one that was refused before.
  static Refusal consequence() {
    return new Refusal(null);
  }

  /// A value that is refused for this reason.
  static Refusal of(Diagnostic diagnostic) {
    return new Refusal(diagnostic);
  }

  /// The reason, if it has not been reported before.
  @Nullable Diagnostic diagnostic() {
    return diagnostic;
  }
}
