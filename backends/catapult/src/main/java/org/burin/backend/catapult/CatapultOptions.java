package org.burin.backend.catapult;

import org.burin.backend.hls.HlsSettings;
import org.burin.backend.hls.Strategy;
import org.burin.codegen.spi.Setting;

/// The options of the backend for Catapult.
///
/// @param top the name of the top function
/// @param strategy how products become hardware
/// @param reuse the reuse factor of the strategy resource
/// @param layers exceptions for single layers
/// @param clock the clock period in nanoseconds
/// @param technology the base name of the technology library
/// @param memories the name of the memory library
/// @param corner the operating corner of the libraries
/// @param vectors the number of golden vectors for the test bench
/// @param acTypes a folder with the vendor's number types for simulation
public record CatapultOptions(
    @Setting("name of the top function; like the model's if empty") String top,
    @Setting("how products become hardware") Strategy strategy,
    @Setting("how often a multiplier is used for one result, with strategy=resource") int reuse,
    @Setting("other strategies for single layers, such as fc1:resource:4,fc2:latency") String layers,
    @Setting("clock period in ns") double clock,
    @Setting("technology library; the placeholder of library.tcl if empty") String technology,
    @Setting("memory library; none if empty") String memories,
    @Setting("operating corner of the libraries") String corner,
    @Setting("number of golden vectors for the test bench") int vectors,
    @Setting("folder of the vendor's ac_fixed.h for simulation; the project's own if empty") String acTypes) {
  /// Checks what can be checked without a model.
  ///
  /// @throws IllegalArgumentException when something is out of its range
  public CatapultOptions {
    HlsSettings.of(top, strategy, reuse, layers, vectors, acTypes);
    if (!(clock > 0)) {
      throw new IllegalArgumentException("expected a clock period above 0 ns, found " + clock);
    }
    for (String name : new String[] {technology, memories, corner}) {
      if (!name.matches("[A-Za-z0-9_./-]*")) {
        throw new IllegalArgumentException("expected the name of a library or corner, found '" + name + "'");
      }
    }
  }

  HlsSettings settings() {
    return HlsSettings.of(top, strategy, reuse, layers, vectors, acTypes);
  }
}
