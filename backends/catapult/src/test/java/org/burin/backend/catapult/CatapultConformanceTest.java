package org.burin.backend.catapult;

import java.util.List;
import org.burin.codegen.spi.Emitter;
import org.burin.conformance.BackendSuite;

/// Every operation and random networks, compiled by g++, against the definition.
final class CatapultConformanceTest extends BackendSuite {
  @Override
  protected Emitter<?> emitter() {
    return Emitter.of(new CatapultBackend(), List.of("vectors=1"));
  }

  @Override
  protected int programsPerOperation() {
    return 2;
  }

  @Override
  protected int nets() {
    return 100;
  }

  @Override
  protected int netsAtATime() {
    return 25;
  }

  @Override
  protected int vectors() {
    return 50;
  }
}
