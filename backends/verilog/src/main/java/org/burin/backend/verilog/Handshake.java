package org.burin.backend.verilog;

/// How a design says when its numbers count.
public enum Handshake {
  /// not at all: outputs belong to the inputs `LATENCY` cycles before
  NONE,
  /// `in_valid` travels with the numbers to `out_valid`
  VALID,
  /// also `in_ready` and `out_ready`: the receiver may hold the design up, without losing a number
  VALID_READY
}
