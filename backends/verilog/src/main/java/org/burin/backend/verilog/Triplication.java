package org.burin.backend.verilog;

/// What exists three times, so that the upset of one register does no harm.
public enum Triplication {
  /// nothing
  NONE,
  /// every register, with a majority voter behind it
  REGISTERS,
  /// the whole pipeline, with majority voters at its outputs
  FULL
}
