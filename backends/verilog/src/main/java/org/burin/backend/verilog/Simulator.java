package org.burin.backend.verilog;

/// What runs a design on this machine.
public enum Simulator {
  /// Verilator: slow to build, hundreds of thousands of samples a second
  VERILATOR,
  /// Icarus Verilog: quick to build, hundreds to thousands of samples a second
  IVERILOG
}
