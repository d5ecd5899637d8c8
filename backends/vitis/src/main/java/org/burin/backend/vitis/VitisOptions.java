package org.burin.backend.vitis;

import org.burin.backend.hls.HlsSettings;
import org.burin.backend.hls.Strategy;
import org.burin.codegen.spi.Setting;

/// The options of the backend for Vitis HLS.
///
/// @param top the name of the top function
/// @param strategy how products become hardware
/// @param reuse the reuse factor of the strategy resource
/// @param layers exceptions for single layers
/// @param part the FPGA
/// @param clock the clock period in nanoseconds
/// @param uncertainty the part of the period, in percent, that is kept in reserve
/// @param vectors the number of golden vectors for the test bench
/// @param apTypes a folder with the vendor's number types for simulation
public record VitisOptions(
    @Setting("name of the top function; like the model's if empty") String top,
    @Setting("how products become hardware") Strategy strategy,
    @Setting("how often a multiplier is used for one result, with strategy=resource") int reuse,
    @Setting("other strategies for single layers, such as fc1:resource:4,fc2:latency") String layers,
    @Setting("the FPGA") String part,
    @Setting("clock period in ns") double clock,
    @Setting("clock uncertainty in percent of the period") double uncertainty,
    @Setting("number of golden vectors for the test bench") int vectors,
    @Setting("folder of the vendor's ap_fixed.h for simulation; the project's own if empty") String apTypes) {
  /// Checks what can be checked without a model.
  ///
  /// @throws IllegalArgumentException when something is out of its range
  public VitisOptions {
    HlsSettings.of(top, strategy, reuse, layers, vectors, apTypes);
    if (!(clock > 0) || !(uncertainty >= 0 && uncertainty < 100)) {
      throw new IllegalArgumentException("expected a clock period above 0 ns and an uncertainty of 0 to 99 percent, found "
          + clock + " ns and " + uncertainty + " percent");
    }
    if (!part.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("expected a part such as xcvu13p-flga2577-2-e, found '" + part + "'");
    }
  }

  HlsSettings settings() {
    return HlsSettings.of(top, strategy, reuse, layers, vectors, apTypes);
  }
}
