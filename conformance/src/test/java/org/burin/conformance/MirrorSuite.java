package org.burin.conformance;

import java.nio.file.Path;
import java.util.List;
import org.burin.codegen.spi.Emitter;

/// The suite for [MirrorBackend], small.
final class MirrorSuite extends BackendSuite {
  private final String wrong;
  private final Path failures;

  /// @param wrong the operation that goes wrong; empty for none
  MirrorSuite(String wrong, Path failures) {
    this.wrong = wrong;
    this.failures = failures;
  }

  @Override
  protected Emitter<?> emitter() {
    return Emitter.of(new MirrorBackend(), List.of("wrong=" + wrong));
  }

  @Override
  protected Path failures() {
    return failures;
  }

  @Override
  protected int programsPerOperation() {
    return 3;
  }

  @Override
  protected int nets() {
    return 3;
  }
}
