package org.burin.backend.verilog;

import java.util.List;
import org.burin.codegen.spi.Emitter;
import org.burin.conformance.BackendSuite;

/// Every operation and random networks in Icarus Verilog, at 1 GHz so that nets cross many registers.
final class VerilogConformanceTest extends BackendSuite {
  @Override
  protected Emitter<?> emitter() {
    return Emitter.of(new VerilogBackend(), List.of("simulator=iverilog", "clock-mhz=1000", "golden-vectors=5"));
  }

  @Override
  protected int programsPerOperation() {
    return 1;
  }

  @Override
  protected int nets() {
    return 5;
  }

  @Override
  protected int vectors() {
    return 40;
  }
}
