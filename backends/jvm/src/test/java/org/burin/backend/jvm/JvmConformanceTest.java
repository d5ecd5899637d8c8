package org.burin.backend.jvm;

import java.util.List;
import org.burin.codegen.spi.Emitter;
import org.burin.conformance.BackendSuite;

final class JvmConformanceTest extends BackendSuite {
  @Override
  protected Emitter<?> emitter() {
    return Emitter.of(new JvmBackend(), List.of());
  }
}
